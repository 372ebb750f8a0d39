"""One way to draw replies, and what the replies drawn in it are like."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from eval.character.ablation import Row
from eval.metrics.diversity import distinct
from eval.metrics.replies import repeated
from samovar.figures.statistics import Interval, compare, mean
from samovar.records import Sampling, to_json

SERVED = "served"
"""Name of the way in which the tool draws."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one combination of settings."""

    temperature: float
    top_p: float
    repetition_penalty: float

    @property
    def name(self) -> str:
        """Return how its rows are called."""
        return f"{self.temperature:g}, {self.top_p:g}, {self.repetition_penalty:g}"

    def settle(self, asked: Sampling) -> Sampling:
        """Return the sampling asked for with these settings instead."""
        return replace(asked, **asdict(self))


def summed(rows: Sequence[Row], cells: Mapping[str, Cell | None]) -> dict[str, Any]:
    """Return the figures of each cell, and how it compares with serving on the same questions."""
    by = {name: [row for row in rows if row["cell"] == name] for name in cells}
    found = {}
    for name, cell in cells.items():
        own, served = by[name], by[SERVED]
        found[name] = {**(asdict(cell) if cell else {}), **_figures(own)}
        if cell:
            found[name]["compared"] = {
                key: to_json(compare(*pairs))
                for key in ("right", "style")
                if (pairs := _pairs(own, served, key))
            }
    return {"questions": len(by[SERVED]), "cells": found}


def _figures(rows: Sequence[Row]) -> dict[str, Any]:
    texts = [row["reply"] for row in rows]
    styles = [row["style"] for row in rows if row["style"] is not None]
    return {
        "right": _rounded(mean([float(row["right"]) for row in rows])),
        "style": _rounded(mean(styles)) if styles else None,
        "distinct_2": round(distinct(texts), 4),
        "repeated": round(statistics.fmean(map(repeated, texts)), 4),
        "words": round(statistics.fmean(len(text.split()) for text in texts), 2),
        "seconds": round(statistics.median(row["milliseconds"] for row in rows) / 1000, 3),
    }


def _pairs(
    own: Sequence[Row], served: Sequence[Row], key: str
) -> tuple[list[float], list[float]] | None:
    """Return the values of both on the questions where both have one; None where there are none."""
    both = [
        (float(a[key]), float(b[key]))
        for a, b in zip(own, served, strict=True)
        if a[key] is not None and b[key] is not None
    ]
    return ([first for first, _ in both], [second for _, second in both]) if both else None


def _rounded(interval: Interval) -> dict[str, float]:
    return {name: round(value, 4) for name, value in to_json(interval).items()}
