"""Find the facts that a message is about.

Plain cosines do not work here: e5's lie between 0.7 and 0.9 for everything, and a few facts come
near every message (a faith healer answered "Hi, how are you?"). So each fact's mean similarity to
small talk is taken off, and a fact counts only when it stands out further than any fact does for
most of the small talk. Names are the lexical ranking's: n-grams of characters, which forgive
endings and typing errors. Nothing here depends on the encoder's scale.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samovar.character.grounding.lexical import Lexicon
from samovar.models.base import Encoder
from samovar.models.files.weights import cached
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
    usual: Vectors
    """Mean cosine of each fact to small talk."""
    floor: float
    strict: float

    def nearest(
        self, encoder: Encoder, message: str, most: int = MOST, talk: str = "", asks: bool = True
    ) -> tuple[Fact, ...]:
        """Return up to `most` facts that `message` is about, best first; often there is none.

        The message names the character where it means him (`addressed`). `talk` is what was said
        before, of a message that cannot be understood without it; one that `asks` for nothing gets
        only a fact that stands out very far.
        """
        asked = [message, f"{talk} {message}"] if talk else [message]
        weights = (1 - TALK, TALK) if talk else (1,)
        cosines = np.average(self._cosines(encoder, asked), axis=0, weights=weights)
        lexical = LEXICAL * np.average(self.lexicon.similarities(asked), axis=0, weights=weights)
        outstanding = _centred(cosines - self.usual) + lexical
        best = np.argsort(-(cosines - USUAL * self.usual + lexical))[:most]
        least = max(
            self.floor if asks else self.strict, NEAR * float(outstanding[best].max(initial=0.0))
        )
        return tuple(
            replace(self.facts[i], score=round(float(cosines[i]), 4))
            for i in best
            if outstanding[i] >= least
        )

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
        asked = encoder.encode(texts, "query")
        better: Vectors = np.maximum(asked @ self.vectors.T, asked @ self.russian.T)
        return better


def fact_base(encoder: Encoder, facts: Sequence[Fact], cache: Path) -> FactBase:
    """Return the fact base for this encoder, its vectors computed once into `cache`.

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
    vectors, translated = np.load(folder / "facts.npy"), np.load(folder / "russian.npy")
    small = np.load(folder / "small_talk.npy")
    talk: Vectors = np.maximum(small @ vectors.T, small @ translated.T)
    lexicon = Lexicon.of([f"{fact.text} {fact.ru}" for fact in facts])
    others = (talk.sum(0) - talk) / (len(talk) - 1)  # each line is compared with the other lines
    lexical = LEXICAL * lexicon.similarities(SMALL_TALK)
    tops = [(_centred(row) + near).max() for row, near in zip(talk - others, lexical, strict=True)]
    floor, strict = np.quantile(tops, (FLOOR, STRICT)).tolist()
    return FactBase(tuple(facts), vectors, translated, lexicon, talk.mean(0), floor, strict)


def _centred(values: Vectors) -> Vectors:
    """Take off what the message has in common with all facts (a Russian one: less than others)."""
    centred: Vectors = values - values.mean()
    return centred
