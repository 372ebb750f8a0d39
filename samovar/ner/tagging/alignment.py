"""Names that a model wrote, found again in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samovar.models.taggers.word_features import lemmas
from samovar.records import Span

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
WORD = re.compile(r"\w+")


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
    only. A Russian name that is found in neither may stand in another grammatical form: then words
    with the same dictionary form count ("Тверь" finds "Твери"). A name that was given two labels
    has the first one at its first mention and the other one from there on. Longer names win over
    names inside them, earlier entities over later ones:

    >>> [s.text for s in align("New York, York", [Entity("York", "LOC"), Entity("new york", "LOC")])
    ...     .spans]
    ['New York', 'York']
    """
    spans: list[Span] = []
    taken = bytearray(len(text))
    invented: dict[str, None] = {}
    labels: dict[str, list[str]] = {}
    for entity in dict.fromkeys(e for e in entities if e.text.strip()):
        labels.setdefault(entity.text, []).append(entity.label)
    for name in sorted(labels, key=lambda name: -len(name)):  # stable: first come first
        mentions = list(_mentions(text, name))
        if not mentions:
            invented[name] = None
        free = [(a, b) for a, b in mentions if not any(taken[a:b])]
        for at, (start, end) in enumerate(free):
            label = labels[name][min(at, len(labels[name]) - 1)]
            spans.append(Span(start, end, label, text[start:end]))
            taken[start:end] = b"\1" * (end - start)
    return Alignment(tuple(sorted(spans, key=lambda s: s.start)), tuple(invented))


def _mentions(text: str, name: str) -> Iterator[tuple[int, int]]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    pattern = rf"(?<!\w){words}(?!\w)"
    for flags in (0, re.IGNORECASE):
        mentions = [m.span() for m in re.finditer(pattern, text, flags)]
        if mentions:
            yield from mentions
            return
    if CYRILLIC.search(name):
        yield from _inflected(text, name)


def _inflected(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield the places whose words have dictionary forms of the words of `name`, one after another."""
    wanted = [lemmas(match[0]) for match in WORD.finditer(name)]
    matches = list(WORD.finditer(text))
    size = len(wanted)
    for at in range(len(matches) - size + 1 if size else 0):
        if all(wanted[step] & lemmas(matches[at + step][0]) for step in range(size)):
            yield matches[at].start(), matches[at + size - 1].end()
