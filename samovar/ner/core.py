"""Tag one text with several taggers and compare what they found."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from samovar.ner.tagging.labels import converted
from samovar.ner.tagging.parts import Part
from samovar.ner.tagging.reading import left
from samovar.ner.tagging.taggers import TAGGERS, tagger
from samovar.phrases import Language
from samovar.records import Markup, Span

Kind = Literal["missed", "label", "borders"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what one tagger found, with the page's labels."""

    tagger: str
    markup: Markup
    unread: tuple[Part, ...] = ()
    """Parts of the text that it did not read: they are in a language that it is not made for."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """Hold a text, its language, the taggers asked and the findings so far."""

    text: str
    language: Language
    taggers: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Hold what one tagger says of a place; no spans mean that it found nothing there."""

    tagger: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Hold a place `text[start:end]` that the taggers mark differently."""

    start: int
    end: int
    text: str
    kind: Kind
    opinions: tuple[Opinion, ...]


def annotate(
    text: str,
    taggers: Sequence[str],
    language: Language,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stop: threading.Event | None = None,
) -> Iterator[Finding]:
    """Yield the findings of each tagger as it finishes, the table's fast taggers first.

    They run one after the other, so that the milliseconds of one are not those of another.
    Offsets are those of `text` as given. After `stop` nothing more is yielded.

    Raises:
        ModelError: the weights of a tagger are missing or altered.
    """
    ordered = [name for name in TAGGERS if name in taggers]
    for done, name in enumerate(ordered):
        progress(done, len(ordered))
        (markup,) = tagger(name, language, stop).tag([text], language)
        if stop and stop.is_set():
            return
        row = TAGGERS[name]
        unread = left(text, language, row.languages)
        yield Finding(name, converted(markup, row.conversion), unread)
    progress(len(ordered), len(ordered))


def compared(findings: Sequence[Finding], text: str) -> list[Disagreement]:
    """Return the places of `text` on which `findings` differ, by the taggers' shared labels."""
    return disagreements(findings, {f.tagger: TAGGERS[f.tagger].shared for f in findings}, text)


def disagreements(
    findings: Sequence[Finding], known: Mapping[str, frozenset[str]], text: str
) -> list[Disagreement]:
    """Return the places of `text` on which `findings` differ.

    `known` holds the labels that each tagger can find: a tagger that knows no works of art does
    not miss one, nor does one that did not read the place. Labels that only one tagger knows (dates)
    are therefore never disputed.
    """
    disputed: list[Disagreement] = []
    unread = {finding.tagger: finding.unread for finding in findings}
    for place in _places(findings, known):
        labels = {span.label for opinion in place for span in opinion.spans}
        at = min(span.start for opinion in place for span in opinion.spans)
        asked = [o for o in place if not any(p.start <= at < p.end for p in unread[o.tagger])]
        opinions = [o for o in asked if o.spans or labels & known[o.tagger]]
        kind = _kind(opinions)
        if kind is not None:
            start = min(s.start for o in opinions for s in o.spans)
            end = max(s.end for o in opinions for s in o.spans)
            disputed.append(Disagreement(start, end, text[start:end], kind, tuple(opinions)))
    return disputed


def _places(
    findings: Sequence[Finding], known: Mapping[str, frozenset[str]]
) -> Iterator[list[Opinion]]:
    """Yield groups of overlapping spans as one opinion of each tagger."""
    common = {
        label
        for labels in known.values()
        for label in labels
        if sum(label in one for one in known.values()) > 1
    }
    marks = sorted(
        ((s, f.tagger) for f in findings for s in f.markup.spans if s.label in common),
        key=lambda mark: mark[0].start,
    )
    names = [finding.tagger for finding in findings]
    group: list[tuple[Span, str]] = []
    for mark in marks:
        if group and mark[0].start >= max(span.end for span, _ in group):
            yield _opinions(group, names)
            group = []
        group.append(mark)
    if group:
        yield _opinions(group, names)


def _opinions(group: Sequence[tuple[Span, str]], names: Sequence[str]) -> list[Opinion]:
    return [Opinion(name, tuple(span for span, who in group if who == name)) for name in names]


def _kind(opinions: Sequence[Opinion]) -> Kind | None:
    if any(not opinion.spans for opinion in opinions):
        return "missed"
    if len({tuple((s.start, s.end, s.label) for s in o.spans) for o in opinions}) == 1:
        return None
    borders = {tuple((s.start, s.end) for s in o.spans) for o in opinions}
    return "label" if len(borders) == 1 else "borders"
