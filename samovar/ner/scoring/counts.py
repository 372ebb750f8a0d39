"""Names found against names known, by four rules (SemEval 2013, task 9.1; as nervaluate counts).

strict    same borders and same label
exact     same borders, any label
partial   same borders, any label; overlapping borders count half
type      overlapping borders and same label
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from samovar.records import Span

Rule = Literal["strict", "exact", "partial", "type"]
RULES: tuple[Rule, ...] = get_args(Rule)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold a name found beside the known one that it meets."""

    found: Span
    known: Span

    @property
    def worth(self) -> dict[Rule, float]:
        """Return what the pair is worth by each rule."""
        borders = (self.found.start, self.found.end) == (self.known.start, self.known.end)
        label = self.found.label == self.known.label
        return {
            "strict": float(borders and label),
            "exact": float(borders),
            "partial": 1.0 if borders else 0.5,
            "type": float(label),
        }


def pairs(found: Sequence[Span], known: Sequence[Span]) -> list[Pair]:
    """Return each name found beside at most one known: equal ones first, then overlapping ones.

    Both are sorted by start and free of overlaps within themselves.
    """
    borders = {(span.start, span.end): span for span in known}
    equal = [Pair(f, borders[f.start, f.end]) for f in found if (f.start, f.end) in borders]
    used = {(pair.known.start, pair.known.end) for pair in equal}
    done = {pair.found for pair in equal}
    rest = [span for span in known if (span.start, span.end) not in used]
    met: list[Pair] = []
    at = 0
    for span in (span for span in found if span not in done):
        while at < len(rest) and rest[at].end <= span.start:
            at += 1
        near = [k for k in rest[at:] if k.start < span.end]
        same = [k for k in near if k.label == span.label] or near
        if same:
            met.append(Pair(span, same[0]))
            rest.remove(same[0])
    return [*equal, *met]


def row(found: Sequence[Span], known: Sequence[Span]) -> Floats:
    """Return [rules, (right, found, known)] of one text."""
    right = np.zeros(len(RULES))
    for pair in pairs(found, known):
        right += [pair.worth[rule] for rule in RULES]
    counts = np.empty((len(RULES), 3))
    counts[:, 0], counts[:, 1], counts[:, 2] = right, len(found), len(known)
    return counts


def label_row(found: Sequence[Span], known: Sequence[Span], names: Sequence[str]) -> Floats:
    """Return the strict [labels, (right, found, known)] of one text."""
    counts = np.zeros((len(names), 3))
    places = {name: at for at, name in enumerate(names)}
    both = set(found) & set(known)
    for column, spans in enumerate((both, found, known)):
        for span in spans:
            counts[places[span.label], column] += 1
    return counts


def scored(spans: Sequence[Span], labels: Collection[str]) -> list[Span]:
    """Return those of `spans` whose label is scored."""
    return [span for span in spans if span.label in labels]


def f1(counts: Floats) -> float:
    """Return F1 of (right, found, known); 1 where there was nothing to find and nothing found."""
    right, found, known = (float(value) for value in counts)
    return 2 * right / (found + known) if found + known else 1.0
