"""The lessons of the judge of adverts: what people wrote, and what follows from it for free."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samovar.marketing.checks.judge import TextVectors, nearest, premise
from samovar.marketing.facts.brief import Brief
from samovar.marketing.facts.reading import Reader
from samovar.models.base import Encoder, TextKind
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES
from samovar.settings import Settings
from training.adverts import corpus
from training.adverts.corpus import Statement
from training.adverts.negatives import taken_out, unconditioned
from training.corpora.pair import Label, NliPair
from training.lessons.inference.held_out import Lesson, Lessons

SEED = 0
SENTENCES = 100
"""Sentences of the advertising texts that stand behind their sheet without their own fact, and then without
another one: more would outweigh what people judged."""
HARMLESS = 100
"""Sentences of the texts without a number, behind their whole sheet: greetings, calls to act."""
UNCONDITIONED = 120
"""Statements without their condition."""
ORIGIN = "samovar"


class Remembered:
    """Encode each text once: sheets without one fact have all others in common."""

    def __init__(self, encoder: TextVectors) -> None:
        """Take what encodes; nothing is encoded yet."""
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], kind: TextKind) -> NDArray[np.float32]:
        """Return unit vectors, float32 [texts, dimensions], always of the same `kind`."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= zip(new, self._encoder.encode(new, kind), strict=True)
        return np.stack([self._known[text] for text in texts])


@dataclass(frozen=True, slots=True)
class Told:
    """Hold a statement, the sheet behind which it stands, whether that supports it, and how it was made."""

    statement: Statement
    sheet: Brief
    supported: bool
    kind: str


def pairs_of(listed: Sequence[Told], encoder: TextVectors) -> list[NliPair]:
    """Return the pair of each of `listed`, as serving reads it."""
    by_sheet: dict[Brief, list[Told]] = defaultdict(list)
    for one in listed:
        by_sheet[one.sheet].append(one)
    found: dict[Told, NliPair] = {}
    for sheet, own in by_sheet.items():
        language = own[0].statement.language
        spoken = [one.statement.text for one in own]
        for one, near in zip(own, nearest(sheet, spoken, language, encoder), strict=True):
            label: Label = "entailment" if one.supported else "not_entailment"
            texts = premise(sheet, near), one.statement.text
            found[one] = NliPair(*texts, label, language, ORIGIN)
    return [found[one] for one in listed]


def lessons(held_out: int, settings: Settings, encoder: Encoder) -> Lessons:
    """Return the pairs about the sheets that train, and the statements people wrote about the others."""
    sheets, vectors = corpus.sheets(settings.data), Remembered(encoder)
    training, held = corpus.parts(corpus.written(settings.data), held_out)
    tried, _ = corpus.parts(corpus.development(settings.data), held_out)
    said, _ = corpus.parts(corpus.sentences_of_texts(settings.data), held_out)
    learnt = [
        *whole(training, sheets, "written"),
        *whole(tried, sheets, "development"),
        *made(training, said, sheets, vectors),
    ]
    validating = whole(held, sheets, "written")
    asked = [
        Lesson(pair, f"{'right' if one.supported else 'faulty'}-{pair.language}")
        for one, pair in zip(validating, pairs_of(validating, vectors), strict=True)
    ]
    pairs = pairs_of(learnt, vectors)
    facts = {
        "training": len(training),
        "held_out": len(held),
        "labels": dict(sorted(Counter(pair.label for pair in pairs).items())),
        "kinds": dict(sorted(Counter(one.kind for one in learnt).items())),
    }
    return Lessons(pairs, asked, facts)


def made(
    written: Sequence[Statement],
    said: Sequence[Statement],
    sheets: Mapping[str, Brief],
    encoder: TextVectors,
) -> list[Told]:
    """Return what follows for free from right statements, and from sentences `said` in adverts."""
    right = [one for one in written if one.fault is None]
    readers = {language: Reader(shelf().parser(language), language) for language in LANGUAGES}
    read = {
        id: readers[sheets[id].language or "en"].sheet(sheets[id])
        for id in {one.sheet for one in (*right, *said)}
    }
    own = [rest for rest in taken_out(right, sheets, encoder) if not rest.supported]
    drawn = _sample(said, 2 * SENTENCES + HARMLESS + UNCONDITIONED)
    rests = taken_out(drawn, sheets, encoder)
    clear = {rest.statement for rest in rests}
    harmless = [
        one for one in drawn if one not in clear and not any(char.isdigit() for char in one.text)
    ]
    lost = [
        made
        for one in (*right, *drawn)
        if (made := unconditioned(one, read[one.sheet])) is not None
    ]
    return [
        *(Told(one.statement, one.sheet, one.supported, "taken out") for one in own),
        *(
            Told(one.statement, one.sheet, one.supported, "sentence")
            for one in rests[: 2 * SENTENCES]
        ),
        *whole(harmless[:HARMLESS], sheets, "harmless"),
        *whole(lost[:UNCONDITIONED], sheets, "unconditioned"),
    ]


def whole(statements: Iterable[Statement], sheets: Mapping[str, Brief], kind: str) -> list[Told]:
    """Return statements behind their whole sheet."""
    return [Told(one, sheets[one.sheet], one.fault is None, kind) for one in statements]


def _sample(said: Sequence[Statement], size: int) -> list[Statement]:
    """Return `size` different sentences, the same ones each time."""
    distinct = list(dict.fromkeys(said))
    return random.Random(SEED).sample(distinct, min(size, len(distinct)))
