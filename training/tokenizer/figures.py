"""What the states of an experiment say together: means over seeds and texts, with intervals.

An interval holds both chances: which seed drew the training text and the random numbers, and which
texts, terms or gaps measure. Each draw takes seeds and cases anew, with repetitions, and the same ones
for two models that are compared. Three seeds are few: the spread between them is told coarsely.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.figures.statistics import LEVEL, Interval
from samovar.records import to_json
from training.tokenizer.plan import START, UNEXTENDED

DRAWS = 2000
Values = NDArray[np.float64]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """Hold what was measured of one state with each seed: arrays [seeds, cases]."""

    start: str
    stage: str
    seeds: tuple[int, ...]
    rows: tuple[Row, ...]

    def values(self, name: str, seeds: int = 0) -> Values:
        """Return the measure `name`, one row a seed, one column a case.

        A state that does not depend on the seed is measured once; it counts for as many as are asked.
        """
        found = np.array([row[name] for row in self.rows], np.float64)
        return found.repeat(seeds, 0) if len(found) == 1 and seeds else found


@dataclass(frozen=True, slots=True)
class Sizes:
    """Hold the characters of the texts that measure."""

    domain: NDArray[np.int64]
    general: NDArray[np.int64]


def states(rows: Sequence[Row]) -> list[State]:
    """Return the states in the order in which they were reached, the seeds of each together."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row["start"], row["stage"]), []).append(row)
    return [
        State(start, stage, tuple(row["seed"] for row in own), tuple(own))
        for (start, stage), own in found.items()
    ]


def mean(values: Values) -> Interval:
    """Return the mean of `values` [seeds, cases]."""
    return _interval(values, np.ones_like(values))


def per_character(losses: Values, sizes: NDArray[np.int64]) -> Interval:
    """Return the loss per character, of losses [seeds, texts] of texts with `sizes`."""
    return _interval(losses, np.broadcast_to(sizes, losses.shape).astype(np.float64))


def change(losses: Values, before: Values) -> Interval:
    """Return by how many percent the loss is higher than `before`, both [seeds, texts]."""
    ratio = _interval(losses, before)
    return Interval(*(100 * (one - 1) for one in (ratio.value, ratio.low, ratio.high)))


def _interval(above: Values, below: Values) -> Interval:
    """Return the sum of `above` over that of `below`, both [seeds, cases], with its interval.

    A draw with repetitions is told by how often it takes each seed and each case.
    """
    random = np.random.default_rng(0)
    seeds, cases = (
        random.multinomial(size, np.full(size, 1 / size), DRAWS).astype(np.float64)
        for size in above.shape
    )
    drawn = ((seeds @ above) * cases).sum(1) / ((seeds @ below) * cases).sum(1)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Interval(float(above.sum() / below.sum()), float(low), float(high))


def summary(found: Sequence[State], sizes: Sizes) -> list[dict[str, Any]]:
    """Return the figures of each state; its general loss is compared with the base as it came."""
    came = _find(found, UNEXTENDED, START)
    return [
        {
            "start": state.start,
            "stage": state.stage,
            "seeds": list(state.seeds),
            "domain": to_json(per_character(state.values("domain"), sizes.domain)),
            "general": to_json(per_character(state.values("general"), sizes.general)),
            "general_change_percent": to_json(
                change(state.values("general"), came.values("general", len(state.seeds)))
            ),
            "cosine": to_json(mean(state.values("cosine"))),
            "margin": to_json(mean(state.values("margin"))),
            "reciprocal_rank": to_json(mean(1 / state.values("rank_among_terms"))),
            "median_rank": _median(state),
        }
        for state in found
    ]


def compared(found: Sequence[State], pairs: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return, for each stage that both starts of a pair reach, by how much the first differs.

    Losses are compared in percent of the second's, ranks and cosines by their difference.
    """
    by_name = {(state.start, state.stage): state for state in found}
    stages = list(dict.fromkeys(state.stage for state in found))
    return [
        {"stage": stage, "first": first, "second": second}
        | _beside(by_name[first, stage], by_name[second, stage])
        for first, second in pairs
        for stage in stages
        if {(first, stage), (second, stage)} <= by_name.keys()
    ]


def _beside(one: State, other: State) -> dict[str, Any]:
    seeds = max(len(one.seeds), len(other.seeds))

    def both(name: str) -> tuple[Values, Values]:
        return one.values(name, seeds), other.values(name, seeds)

    ranks, rivals = both("rank_among_terms")
    margin, less = both("margin")
    return {
        "domain_percent": to_json(change(*both("domain"))),
        "general_percent": to_json(change(*both("general"))),
        "margin": to_json(mean(margin - less)),
        "reciprocal_rank": to_json(mean(1 / ranks - 1 / rivals)),
    }


def _median(state: State) -> float | None:
    """Return the median place of the right term in the vocabulary, None where terms are no tokens."""
    ranks = state.values("rank_in_vocabulary")
    own = ranks[ranks > 0]
    return float(np.median(own)) if state.start != UNEXTENDED and len(own) else None


def _find(found: Sequence[State], start: str, stage: str) -> State:
    return next(state for state in found if (state.start, state.stage) == (start, stage))
