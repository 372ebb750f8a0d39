"""Captions held against hypotheses of other captions that sound alike: pairs nobody has written.

Two like scenes exclude each other, or do not; people wrote both sentences. (Semantic search sampling of
Augmented SBERT: Thakur et al. 2021.) What was found is kept as (premise, hypothesis): vectors may round
otherwise on another machine, and the pairs have to be the same ones there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from samovar.models.base import Encoder
from training.corpora.crossed import ORIGIN, Texts
from training.corpora.pair import NliPair

MOST = 18
"""Hypotheses a premise; some five of them are those of its own group, which are crossed anyway."""

Places = NDArray[np.uint16]
"""Numbers of premise and hypothesis, [pairs, 2], among the different ones in their order."""


def retrieved(pairs: Sequence[NliPair], encoder: Encoder, most: int = MOST) -> Places:
    """Return the `most` hypotheses nearest to each premise, by the cosine of their vectors."""
    premises, hypotheses = _texts(pairs)
    if not premises:
        return np.zeros((0, 2), np.uint16)
    cosines = encoder.encode(premises) @ encoder.encode(hypotheses).T
    near = np.argsort(-cosines, axis=1, kind="stable")[:, :most]
    owners = np.repeat(np.arange(len(premises)), near.shape[1])
    return np.stack([owners, near.ravel()], axis=1).astype(np.uint16)


def paired(pairs: Sequence[NliPair], places: Places) -> Iterator[Texts]:
    """Yield the texts that `places` mean, found by `retrieved` in the same `pairs`."""
    premises, hypotheses = _texts(pairs)
    for premise, hypothesis in places.tolist():
        yield premises[premise], hypotheses[hypothesis]


def _texts(pairs: Sequence[NliPair]) -> tuple[list[str], list[str]]:
    own = [pair for pair in pairs if pair.origin == ORIGIN]
    return (
        [*dict.fromkeys(pair.premise for pair in own)],
        [*dict.fromkeys(pair.hypothesis for pair in own)],
    )
