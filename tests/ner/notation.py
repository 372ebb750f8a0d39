"""`"[Маша]PER живёт в [Твери]LOC"`: a text with its names marked, read and written."""

import re
from collections.abc import Iterable

from samovar.records import Span

NAME = re.compile(r"\[([^\]]+)\]([A-Z]+)")


def read(marked: str) -> tuple[str, list[Span]]:
    """Return the text and its spans."""
    text, spans, at = "", [], 0
    for match in NAME.finditer(marked):
        text += marked[at : match.start()]
        spans.append(Span(len(text), len(text) + len(match[1]), match[2], match[1]))
        text += match[1]
        at = match.end()
    return text + marked[at:], spans


def write(text: str, spans: Iterable[Span]) -> str:
    """Return the text with its spans marked, from their offsets alone."""
    parts, at = [], 0
    for span in spans:
        parts.append(f"{text[at : span.start]}[{text[span.start : span.end]}]{span.label}")
        at = span.end
    return "".join(parts) + text[at:]
