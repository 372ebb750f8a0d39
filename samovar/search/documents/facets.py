"""Which fields documents can be filtered by, and what values they have."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from samovar.search.documents.corpus import Document
from samovar.search.documents.values import KINDS, Kind, Value, value

LISTED = 12
"""Values of one field that are listed, the most frequent first."""
FIELDS = 20


@dataclass(frozen=True, slots=True)
class Facet:
    """Hold one field: what kinds of values it has, in how many documents, the frequent ones, the ends."""

    field: str
    kinds: tuple[Kind, ...]
    documents: int
    values: tuple[tuple[str, int], ...]
    """(value as the documents write it, documents), empty when hardly any value occurs twice."""
    distinct: int
    ends: tuple[str, str] | None
    """The lowest and the highest value, as written, of numbers or else of dates."""


@dataclass(slots=True)
class _Seen:
    """Gather the values of one field."""

    documents: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    first: dict[str, tuple[Value, str]] = field(default_factory=dict)
    """Name of a value → the value, and how it is written where it stands first."""


def facets(documents: Iterable[Document]) -> tuple[Facet, ...]:
    """Return the facets of `documents`, the fields that most of them have first."""
    seen: dict[str, _Seen] = {}
    for document in documents:
        for name, held in document.metadata.items():
            row = seen.setdefault(name, _Seen())
            entries = [] if held is None else held if isinstance(held, list) else [held]
            found = [(value(entry), _written(entry)) for entry in entries]
            row.documents += bool(found)
            row.counted.update({one.name for one, _ in found})
            for one, said in found:
                row.first.setdefault(one.name, (one, said))
    ordered = sorted(seen.items(), key=lambda pair: -pair[1].documents)
    return tuple(_facet(name, row) for name, row in ordered[:FIELDS])


def _facet(name: str, seen: _Seen) -> Facet:
    there = {one.kind for one, _ in seen.first.values()}
    kinds = tuple(kind for kind in KINDS if kind in there)
    return Facet(
        name, kinds, seen.documents, _frequent(seen), len(seen.counted), _ends(seen, kinds[:1])
    )


def _ends(seen: _Seen, kinds: tuple[Kind, ...]) -> tuple[str, str] | None:
    if not set(kinds) & {"number", "date"}:
        return None
    ordered = sorted((one.key, said) for one, said in seen.first.values() if one.kind in kinds)
    return ordered[0][1], ordered[-1][1]


def _written(entry: object) -> str:
    return (json.dumps(entry) if isinstance(entry, bool) else str(entry)).strip()


def _frequent(seen: _Seen) -> tuple[tuple[str, int], ...]:
    counted = seen.counted
    if 2 * len(counted) > counted.total() > LISTED:
        return ()
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((seen.first[name][1], n) for name, n in ordered[:LISTED])
