"""What one metadata field of a document says, in the form in which it is compared.

Both kinds of store compare these same facts, so that a filter means the same in each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from samovar.search.documents.values import KINDS, Kind, Value, value


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what a field's values equal, and of each kind the ends of their order."""

    names: frozenset[str]
    """The names of the values, and of a date's periods."""
    ends: Mapping[Kind, tuple[str, str]]
    """Kind → the first and the last key."""


NOTHING = Facts(frozenset(), {})


def values(field: Any) -> tuple[Value, ...]:
    """Return the values of a scalar or a list; None, and a field that is missing, has none."""
    if field is None:
        return ()
    return tuple(value(one) for one in (field if isinstance(field, list) else [field]))


def facts(field: Any) -> Facts:
    """Return the facts of a scalar or a list.

    >>> sorted(facts(["1957.0", "Space"]).names), facts("2020-05-01").ends["date"][0]
    (['1957', 'space'], '2020-05-01T00:00:00')
    """
    found = values(field)
    return _facts(found) if found else NOTHING


@lru_cache(maxsize=10_000)
def _facts(found: tuple[Value, ...]) -> Facts:
    names = frozenset(name for one in found for name in (one.name, *one.within))
    keys = {kind: [one.key for one in found if one.kind == kind] for kind in KINDS}
    return Facts(names, {kind: (min(all_), max(all_)) for kind, all_ in keys.items() if all_})
