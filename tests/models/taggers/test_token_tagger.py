"""Tags of a sentence from the logits of its words."""

from __future__ import annotations

import numpy as np

from samovar.models.taggers.token_tagger import TAGS, decoded


def test_tags_never_begin_inside_a_name() -> None:
    logits = np.zeros((3, len(TAGS)), np.float32)
    logits[0, TAGS.index("I-LOC")] = 5  # not allowed at the beginning
    logits[1, TAGS.index("B-PER")] = 5
    logits[2, TAGS.index("I-ORG")] = 3  # not allowed behind B-PER
    logits[2, TAGS.index("I-PER")] = 2
    assert decoded(logits) == ["O", "B-PER", "I-PER"]
    for tags in (decoded(np.random.default_rng(n).normal(size=(9, len(TAGS)))) for n in range(20)):
        for before, tag in zip(["O", *tags], tags, strict=False):
            assert not tag.startswith("I-") or before[2:] == tag[2:]
