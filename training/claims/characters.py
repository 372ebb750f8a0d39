"""The lessons of the judge of a character's claims."""

from __future__ import annotations

from collections import Counter

import numpy as np

from samovar.models.base import Encoder
from samovar.models.pairs.entailment import LABELS
from samovar.settings import Settings
from training.claims import corpus
from training.claims.duplicates import duplicated
from training.claims.pairs import Kind, claim_pairs, fact_bases
from training.lessons.inference.held_out import Lesson, Lessons
from training.lessons.inference.natural_inference import CLASSES

MEASURING: tuple[corpus.Name, ...] = ("development", "test")
"""Claims that nothing which trains may repeat: the first choose the thresholds, the second measure."""
VALIDATING: tuple[Kind, ...] = ("given", "other")


def lessons(held_out: int, settings: Settings, encoder: Encoder) -> Lessons:
    """Return the pairs of the claims that train, but of none that says what a measuring one says.

    A held-out claim stands as in serving behind the facts given, if these are all that decide, and behind
    others that say nothing of it.
    """
    found = corpus.claims(settings.data, "train")
    own = {name: corpus.claims(settings.data, name) for name in MEASURING}
    twice = duplicated(found, [claim for listed in own.values() for claim in listed], encoder)
    ends = np.cumsum([len(listed) for listed in own.values()])[:-1]
    repeat = dict(zip(own, np.split(twice, ends, axis=1), strict=True))
    left = np.asarray(twice.any(axis=1))
    kept = [claim for claim, out in zip(found, left, strict=True) if not out]
    training, held = corpus.parts(kept, held_out)
    bases = fact_bases(encoder, settings)
    learnt = claim_pairs(training, bases, encoder)
    asked = [
        Lesson(one.pair, f"{one.character}-{one.pair.language}")
        for one in claim_pairs(held, bases, encoder)
        if one.kind in VALIDATING and CLASSES[one.pair.label] < len(LABELS)
    ]
    facts = {
        "written": len(found),
        "repeat": {name: int(out.any(axis=1).sum()) for name, out in repeat.items()},
        "left_out": int(left.sum()),
        "training": len(training),
        "held_out": len(held),
        "validation": len(asked),
        "labels": dict(sorted(Counter(one.pair.label for one in learnt).items())),
        "kinds": dict(sorted(Counter(one.kind for one in learnt).items())),
    }
    return Lessons([one.pair for one in learnt], asked, facts)
