"""Pairs of Russian requests for the entailment model, made of the rewordings written for this project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.corpora.files import records
from training.corpora.pair import Label, NliPair
from training.lessons.inference.requests import ORIGIN, said


def russian(path: Path) -> Iterator[NliPair]:
    """Yield the own rewordings of one source as entailment, and those of two with one intent as none."""
    known = defaultdict[str, dict[str, list[str]]](lambda: defaultdict(list))
    for row in records(path):
        known[row["intent"]][row["source"]].append(row["target"])
    for sources in known.values():
        listed = list(sources.items())
        for at, (source, targets) in enumerate(listed):
            _, others = listed[(at + 1) % len(listed)]
            texts = [source, *targets]
            for left, right in zip(texts, [*targets, source], strict=True):
                yield _russian(left, right, "entailment")
            for left, right in zip(texts, others, strict=False) if len(listed) > 1 else ():
                yield _russian(left, right, "not_entailment")


def _russian(left: str, right: str, label: Label) -> NliPair:
    return NliPair(said(left, "ru"), said(right, "ru"), label, "ru", ORIGIN)
