"""The filter by meaning: a text too close to another one, or too far from its own sheet, does not train.

Vectors of multilingual-e5-small lie close together: any two texts of a language have a cosine of some 0.8. So
what counts is how much nearer a text is to its own sheet than to the others on average.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from samovar.marketing.facts.brief import Brief
from samovar.marketing.texts import Ad
from samovar.models.base import Encoder

Reason = Literal["", "near", "far"]
NEAREST = 0.967
"""Cosine to a text that was kept before from which a text says the same again: read above it, two texts tell
the same facts in the same order; below it they begin and choose otherwise."""
FARTHEST = 0.035
"""How much nearer its own sheet is than the others, at the least: of the texts written for this project the
lowest, a slogan, has 0.038, and 97 of 100 would fall out beside another sheet."""


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one text with what the filter measured and decided."""

    ad: Ad
    near: float
    """Cosine to the nearest text that was kept before; -1 for the first."""
    like: str
    """That text."""
    lead: float
    """Cosine to its own sheet less the mean cosine to the other sheets of the language."""
    others: tuple[float, ...]
    """The same of every other sheet: what it would be beside a wrong one."""
    dropped: Reason


def rows(
    ads: Sequence[Ad],
    sheets: Mapping[str, Brief],
    encoder: Encoder,
    nearest: float = NEAREST,
    farthest: float = FARTHEST,
) -> list[Row]:
    """Return `ads`, all of one language, in their order, each with the filter's verdict."""
    known = [brief.id for brief in sheets.values() if brief.language == ads[0].language]
    said = encoder.encode([ad.text for ad in ads])
    told = encoder.encode([sheets[id].said for id in known])
    to_sheets = said @ told.T
    kept: list[int] = []
    found = []
    for at, ad in enumerate(ads):
        near, like = _nearest(said, at, kept)
        leads = _leads(to_sheets[at])
        own = known.index(ad.sheet)
        lead = float(leads[own])
        dropped: Reason = "far" if lead < farthest else "near" if near > nearest else ""
        if not dropped:
            kept.append(at)
        others = tuple(np.delete(leads, own).round(4).tolist())
        found.append(Row(ad, near, ads[like].text if like >= 0 else "", lead, others, dropped))
    return found


def _nearest(said: NDArray[np.float32], at: int, kept: Sequence[int]) -> tuple[float, int]:
    if not kept:
        return -1.0, -1
    closeness = said[list(kept)] @ said[at]
    best = int(closeness.argmax())
    return float(closeness[best]), kept[best]


def _leads(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each sheet its cosine less the mean of all others."""
    count = len(cosines)
    if count < 2:
        return cosines
    rest: NDArray[np.float32] = (cosines.sum() - cosines) / (count - 1)
    return cosines - rest
