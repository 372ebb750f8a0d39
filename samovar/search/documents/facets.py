"""Which fields documents can be filtered by, and what values they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from samovar.search.documents.corpus import Document
from samovar.search.documents.facts import facts

LISTED = 12
"""Values of one field that are listed, the most frequent first."""
FIELDS = 20


@dataclass(frozen=True, slots=True)
class Facet:
    """Hold one field: how many documents have it, its frequent values, the ends of its numbers."""

    field: str
    documents: int
    values: tuple[tuple[str, int], ...]
    """(value as the documents write it, documents), empty when hardly any value occurs twice."""
    distinct: int
    numbers: tuple[float, float] | None


def facets(documents: Iterable[Document]) -> tuple[Facet, ...]:
    """Return the facets of `documents`, the fields that most of them have first."""
    counted: dict[str, Counter[str]] = {}
    written: dict[tuple[str, str], str] = {}
    numbers: dict[str, list[float]] = {}
    having: Counter[str] = Counter()
    for document in documents:
        for name, value in document.metadata.items():
            known = facts(value)
            having[name] += bool(known.said)
            counted.setdefault(name, Counter()).update(known.said)
            numbers.setdefault(name, []).extend(known.numbers or ())
            for entry in value if isinstance(value, list) else [value]:
                written.setdefault((name, str(entry).strip().casefold()), str(entry).strip())
    return tuple(
        Facet(
            name,
            having[name],
            _frequent(
                counted[name], {said: written.get((name, said), said) for said in counted[name]}
            ),
            len(counted[name]),
            (min(numbers[name]), max(numbers[name])) if numbers[name] else None,
        )
        for name, _ in having.most_common(FIELDS)
    )


def _frequent(counted: Counter[str], written: dict[str, str]) -> tuple[tuple[str, int], ...]:
    if 2 * len(counted) > counted.total() > LISTED:
        return ()
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((written[said], n) for said, n in ordered[:LISTED])
