"""Find the facts that a message is about.

Plain cosines do not work here: e5's lie between 0.7 and 0.9 for everything, and a few facts come
near every message (a faith healer answered "Hi, how are you?"). So each fact's mean similarity to
small talk is taken off, and a fact counts only when it stands out further than any fact does for
most of the small talk. Names are the lexical ranking's: n-grams of characters, which forgive
endings and typing errors; questions written for the facts count there as well. Where a matcher has
learned from those questions, it has its say, too. Nothing here depends on the encoder's scale.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from samovar.character.grounding.following import about, asked, chances, measures
from samovar.character.grounding.lexical import Lexicon
from samovar.character.grounding.matcher import Matcher
from samovar.character.grounding.people import People
from samovar.models.base import Encoder
from samovar.models.files.weights import cached
from samovar.phrases import LANGUAGES, Phrase
from samovar.records import Fact

Vectors = NDArray[np.float32]

SMALL_TALK = (
    "Hello there, good to see you!",
    "How are you doing today?",
    "What is the weather like tomorrow?",
    "Thanks, that is all for now.",
    "Can you help me with my homework?",
    "What is two plus two?",
    "Which country is the largest in the world?",
    "Tell me something funny, please.",
    "I think I will cook pasta tonight.",
    "Why is the sky blue?",
    "What are you thinking about?",
    "Who are you?",
    "Здравствуйте, рад вас видеть!",
    "Как ваши дела сегодня?",
    "Какая завтра будет погода?",
    "Спасибо, на этом всё.",
    "Поможете мне с домашним заданием?",
    "Сколько будет три плюс пять?",
    "Какая страна самая большая в мире?",
    "Расскажите что-нибудь смешное.",
    "Вечером я приготовлю макароны.",
    "Почему небо голубое?",
    "О чём вы думаете?",
    "Кто вы такой?",
)
"""Messages that no fact answers, in both languages of the page."""
NOBODY = People()
NO_SAYINGS: Mapping[str, Phrase] = MappingProxyType({})
NO_QUESTIONS: Mapping[str, Sequence[str]] = MappingProxyType({})
MOST = 3
FLOOR, STRICT = 0.75, 0.95
"""Share of the small talk whose best fact would be refused: to a question, and to what is none."""
NEAR = 0.6
"""A fact must stand out at least this much of what the best one does."""
USUAL = 0.5
"""How much of its similarity to small talk a fact loses in the ranking."""
LEXICAL = 0.3
"""Weight of the lexical similarity beside a cosine; 0.1 to 0.4 do nearly as well on the development
questions."""
MATCHED = 0.02
"""Weight of the matcher's logarithm beside a cosine; 0.01 to 0.03 do as well on the development questions."""
POSSIBLE = 0.02
"""How likely the best fact must be, else it has to stand out very far: what he cannot know has hardly a fact
above it among the development questions."""
CLEAR = 0.2
"""How likely a fact must be by the message alone to leave the talk before it aside."""
FOLLOWS, REMARKS = 0.2, 0.5
"""How likely a fact must be for a message that leans on the talk: a question, and what is none."""
BESIDE = 0.05
"""Share of the likeliest fact's chance from which on others stand beside it there."""
TALK = 0.7
"""Weight of the talk's last lines in a question that cannot be understood without them."""


@dataclass(frozen=True, slots=True)
class Near:
    """Hold a fact beside a statement and the cosine of both."""

    fact: Fact
    cosine: float


@dataclass(frozen=True, slots=True)
class FactBase:
    """Hold facts with their vectors [facts, dimensions] and what is normal for each of them."""

    facts: tuple[Fact, ...]
    vectors: Vectors
    russian: Vectors
    """Of the facts in Russian; of the English text where there is none."""
    lexicon: Lexicon
    """Of the facts."""
    wording: Lexicon
    """Of the facts with their questions."""
    usual: Vectors
    """How near each fact is to small talk, on the average."""
    floor: float
    strict: float
    matcher: Matcher | None = None
    people: People = NOBODY
    """Whom the facts name."""
    spoken: Mapping[str, str] = field(default_factory=dict)
    """How the character says a fact → its id."""

    def nearest(
        self,
        encoder: Encoder,
        message: str,
        most: int = MOST,
        talk: str = "",
        asks: bool = True,
        said: str = "",
    ) -> tuple[Fact, ...]:
        """Return up to `most` facts that `message` is about, best first; often there is none.

        The message names the character where it means him (`addressed`); `said` is how the visitor wrote it,
        as the questions are written. `talk` is what was said before, of a message that cannot be understood
        without it; one that `asks` for nothing gets only a fact that stands out very far.
        """
        if talk and self._clear(encoder, said or message):
            talk = ""
        first: tuple[Fact, ...] = ()
        if talk and self.matcher is not None and self.matcher.following:
            first = self._followed(encoder, message, most, talk, asks, said or message)
        near = self._standing_out(encoder, message, most, talk, asks, said or message)
        others = (fact for fact in near if fact.id not in {one.id for one in first})
        return (*first, *others)[:most]

    def _standing_out(
        self, encoder: Encoder, message: str, most: int, talk: str, asks: bool, said: str
    ) -> tuple[Fact, ...]:
        """Return the facts that stand out further for a message than any does for small talk."""
        asked, own = ([one, f"{talk} {one}"] if talk else [one] for one in (message, said))
        weights = (1 - TALK, TALK) if talk else (1,)
        matched = _matched(self.matcher, encoder, own, self.facts)
        several = self._cosines(encoder, asked), matched, self.wording.similarities(asked)
        cosines, logs, lexical = (np.average(one, axis=0, weights=weights) for one in several)
        near, lexical = cosines + MATCHED * logs, LEXICAL * lexical
        outstanding = _centred(near - self.usual) + lexical
        best = np.argsort(-(near - USUAL * self.usual + lexical))[:most]
        possible = self.matcher is None or math.exp(logs[best[0]]) >= POSSIBLE
        floor = self.floor if asks and possible else self.strict
        least = max(floor, NEAR * float(outstanding[best].max(initial=0.0)))
        likely = np.exp(logs).tolist() if self.matcher else None
        return self._told([i for i in best if outstanding[i] >= least], cosines, likely)

    def _followed(
        self, encoder: Encoder, message: str, most: int, talk: str, asks: bool, said: str
    ) -> tuple[Fact, ...]:
        """Return the facts that a message which leans on `talk` is about."""
        assert self.matcher is not None
        found = measures(
            self, self.matcher, encoder, [said], [message], [talk], [self._spoken(talk)]
        )
        ranked = chances(found, self.matcher.following["facts"])
        best = np.argsort(-ranked[0])[:most]
        sure = about(self, self.matcher, encoder, [said], found, best[:1])
        likely = (ranked * asked(sure, self.matcher.following["about"]))[0].tolist()
        least = max(FOLLOWS if asks else REMARKS, BESIDE * likely[best[0]])
        cosines = self._cosines(encoder, [message])[0]
        return self._told([i for i in best if likely[i] >= least], cosines, likely)

    def _spoken(self, talk: str) -> str:
        """Return the fact with whose saying `talk` ends; empty: with none."""
        return next((id for text, id in self.spoken.items() if talk.endswith(text)), "")

    def _told(
        self, places: Sequence[int], cosines: Vectors, likely: Sequence[float] | None
    ) -> tuple[Fact, ...]:
        """Return the facts of these places with their scores."""
        return tuple(
            replace(
                self.facts[i],
                score=round(float(cosines[i]), 4),
                likely=None if likely is None else round(float(likely[i]), 4),
            )
            for i in places
        )

    def _clear(self, encoder: Encoder, said: str) -> bool:
        """Tell whether a message is so likely about one fact that it needs no talk before it."""
        matched = _matched(self.matcher, encoder, [said], self.facts)
        return self.matcher is not None and math.exp(matched.max()) >= CLEAR

    def beside(
        self,
        encoder: Encoder,
        statements: Sequence[str],
        most: int,
        given: Sequence[Sequence[Fact]] = (),
    ) -> list[tuple[Near, ...]]:
        """Return for each statement the `most` facts nearest to it, whatever their distance.

        The nearest of those `given` for it is always among them: facts that the question has found, with
        which a statement that says the contrary may hardly share a word.
        """
        if not statements or not self.facts:
            return [() for _ in statements]
        cosines = self._cosines(encoder, statements)
        joined = cosines - USUAL * self.usual + LEXICAL * self.lexicon.similarities(statements)
        places = {fact.id: at for at, fact in enumerate(self.facts)}
        found = []
        listed = given or [()] * len(statements)
        for row, scores, own in zip(cosines, joined, listed, strict=True):
            best = np.argsort(-scores)[:most].tolist()
            wanted = [places[fact.id] for fact in own if fact.id in places]
            if wanted and not set(best) & set(wanted):
                best[-1] = max(wanted, key=scores.__getitem__)
            found.append(tuple(Near(self.facts[i], float(row[i])) for i in best))
        return found

    def _cosines(self, encoder: Encoder, texts: Sequence[str]) -> Vectors:
        """Return the better of the cosines to both languages of a fact, [texts, facts]."""
        return _better(encoder.encode(texts, "query"), self.vectors, self.russian)


def fact_base(
    encoder: Encoder,
    facts: Sequence[Fact],
    cache: Path,
    asked: Mapping[str, Sequence[str]] = NO_QUESTIONS,
    matcher: Matcher | None = None,
    people: People = NOBODY,
    sayings: Mapping[str, Phrase] = NO_SAYINGS,
) -> FactBase:
    """Return the fact base for this encoder, its vectors computed once into `cache`.

    `asked` holds questions by the id of the fact that answers them, `sayings` how the character says it.

    Raises:
        StoreError: the cache cannot be written.
    """
    texts, russian = [fact.text for fact in facts], [fact.said("ru") for fact in facts]
    lines = (encoder.name, encoder.revision, encoder.engine, *SMALL_TALK, *texts, *russian)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    def build(folder: Path) -> None:
        np.save(folder / "facts.npy", encoder.encode(texts, "passage"))
        np.save(folder / "russian.npy", encoder.encode(russian, "passage"))
        np.save(folder / "small_talk.npy", encoder.encode(SMALL_TALK, "query"))

    folder = cached(cache / "facts" / digest, build)
    vectors, translated, small = (
        np.load(folder / f"{name}.npy") for name in ("facts", "russian", "small_talk")
    )
    near = _better(small, vectors, translated)
    talk: Vectors = near + MATCHED * _matched(matcher, encoder, SMALL_TALK, facts)
    told = [f"{fact.text} {fact.ru}" for fact in facts]
    wording = Lexicon.of(
        [" ".join((text, *asked.get(fact.id, ()))) for text, fact in zip(told, facts, strict=True)]
    )
    spoken = {one.say(said): id for id, one in sayings.items() for said in LANGUAGES}
    held = vectors, translated, Lexicon.of(told), wording, talk.mean(0)
    return FactBase(tuple(facts), *held, *_floors(talk, wording), matcher, people, spoken)


def _floors(talk: Vectors, wording: Lexicon) -> tuple[float, float]:
    """Return how far a fact stands out for FLOOR and for STRICT of the small talk, [small talk, facts]."""
    others = (talk.sum(0) - talk) / (len(talk) - 1)  # each line is compared with the other lines
    lexical = LEXICAL * wording.similarities(SMALL_TALK)
    tops = [(_centred(row) + near).max() for row, near in zip(talk - others, lexical, strict=True)]
    floor, strict = np.quantile(tops, (FLOOR, STRICT)).tolist()
    return floor, strict


def _better(asked: Vectors, vectors: Vectors, russian: Vectors) -> Vectors:
    better: Vectors = np.maximum(asked @ vectors.T, asked @ russian.T)
    return better


def _matched(
    matcher: Matcher | None, encoder: Encoder, texts: Sequence[str], facts: Sequence[Fact]
) -> Vectors:
    """Return the matcher's logarithms, [texts, facts]; zeros where there is none."""
    if matcher is None:
        return np.zeros((len(texts), len(facts)), np.float32)
    return matcher.logs(encoder, texts, [fact.id for fact in facts])


def _centred(values: Vectors) -> Vectors:
    """Take off what the message has in common with all facts (a Russian one: less than others)."""
    centred: Vectors = values - values.mean()
    return centred
