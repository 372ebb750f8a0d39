"""Names that a model wrote, found again in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samovar.records import Span


@dataclass(frozen=True, slots=True)
class Entity:
    """Hold a name as a model wrote it, without its place in the text."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Hold the mentions found and the names that the text does not contain."""

    spans: tuple[Span, ...]
    invented: tuple[str, ...]


def align(text: str, entities: Iterable[Entity]) -> Alignment:
    """Return every mention of every entity in `text`.

    A mention stands between word borders; case counts unless the name is found in another case
    only. Longer names win over names inside them, earlier entities over later ones:

    >>> [s.text for s in align("New York, York", [Entity("York", "LOC"), Entity("new york", "LOC")])
    ...     .spans]
    ['New York', 'York']
    """
    spans: list[Span] = []
    taken = bytearray(len(text))
    invented: dict[str, None] = {}
    unique = [e for e in dict.fromkeys(entities) if e.text.strip()]
    for entity in sorted(unique, key=lambda e: -len(e.text)):  # stable: first come first
        found = list(_mentions(text, entity))
        if not found:
            invented[entity.text] = None
        for span in found:
            if not any(taken[span.start : span.end]):
                spans.append(span)
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
    return Alignment(tuple(sorted(spans, key=lambda s: s.start)), tuple(invented))


def _mentions(text: str, entity: Entity) -> Iterator[Span]:
    words = r"\s+".join(re.escape(word) for word in entity.text.split())
    pattern = rf"(?<!\w){words}(?!\w)"
    for flags in (0, re.IGNORECASE):
        found = [m.span() for m in re.finditer(pattern, text, flags)]
        if found:
            yield from (Span(a, b, entity.label, text[a:b]) for a, b in found)
            return
