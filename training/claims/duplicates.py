"""Claims that train and say what a claim that measures says: they would flatter the figures.

Two claims of one character count as one when their letters are nearly the same, or when the encoder
puts them as near as a sentence and its close rewording or translation.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from samovar.character.grounding.lexical import Lexicon
from samovar.models.base import Encoder
from training.claims.corpus import CharacterClaim

LETTERS = 0.55
"""Cosine of the letter n-grams from which on two claims count as one."""
MEANING = 0.94
"""Cosine of the encoder's vectors from which on they do: of the pairs with a development claim read at .94
and above nearly all say the same or its near miss, of those at .93 about half."""
Numbers = NDArray[np.float32]


def duplicated(
    claims: Sequence[CharacterClaim], measuring: Sequence[CharacterClaim], encoder: Encoder
) -> NDArray[np.bool_]:
    """Tell of each of `claims` which of `measuring` it repeats or nearly, bool [claims, measuring]."""
    found = np.zeros((len(claims), len(measuring)), np.bool_)
    for slug in {claim.character for claim in measuring}:
        rows, columns = (
            [at for at, claim in enumerate(listed) if claim.character == slug]
            for listed in (claims, measuring)
        )
        own = [claims[at].claim for at in rows]
        others = [measuring[at].claim for at in columns]
        if own:
            near = (letters(own, others) >= LETTERS) | (meaning(own, others, encoder) >= MEANING)
            found[np.ix_(rows, columns)] = near
    return found


def letters(texts: Sequence[str], others: Sequence[str]) -> Numbers:
    """Return how like the letters of each of `texts` are to those of `others`, [texts, others]."""
    return Lexicon.of([*others, *texts]).similarities(texts)[:, : len(others)]


def meaning(texts: Sequence[str], others: Sequence[str], encoder: Encoder) -> Numbers:
    """Return the cosines of the vectors of `texts` and `others`, float32 [texts, others]."""
    first, second = (encoder.encode(listed, "symmetric") for listed in (texts, others))
    return np.asarray(first @ second.T, np.float32)
