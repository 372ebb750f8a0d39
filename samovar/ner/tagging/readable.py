"""A text as taggers read it best, and the way back to its own characters.

Left out or blanked are signs that taggers take for a part of the word beside them: emoji, invisible
characters, stress marks, and hyphens and marks of emphasis that hang on one side of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from samovar.records import Span

CLUSTER = re.compile(r"[\s\S][\u0300-\u036f]*")
"""A character with the combining marks behind it: й may be written in two."""
PICTURES = 0x2190
"""Signs of category So from here on are arrows, dingbats and emoji; № and ™ stand before."""
SKIN = range(0x1F3FB, 0x1F400)
SELECTORS = range(0xFE00, 0xFE10)
KEYCAP = 0x20E3
HANGING = re.compile(r"(?<!\S)[-‐‑–—−•·*_~`]+(?=[^\W_])|(?<=[^\W_])[-‐‑–—−•·*_~`]+(?!\S)")
"""-Ann, **Ann**, Ann-: signs between a blank and a letter."""


@dataclass(frozen=True, slots=True)
class Readable:
    """Hold what is read instead of `original`, and where each of its characters comes from."""

    text: str
    original: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def restored(self, span: Span) -> Span:
        """Return `span` of the text that was read as one of the original."""
        start, end = self.starts[span.start], self.ends[span.end - 1]
        return Span(start, end, span.label, self.original[start:end])


def readable(text: str, case: Callable[[str], str]) -> Readable:
    """Return `text` without what confuses taggers; `case` sets letters and keeps the length.

    >>> readable("Bob Ray\u2764\ufe0f -Ann", str).text
    'Bob Ray   Ann'
    """
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for sign, start, end in _signs(text):
        signs.append(sign)
        starts.append(start)
        ends.append(end)
    plain = HANGING.sub(lambda match: " " * len(match[0]), "".join(signs))
    return Readable(case(plain), text, tuple(starts), tuple(ends))


def _signs(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each character that is read, and what it stands for."""
    for match in CLUSTER.finditer(text):
        sign = match[0] if len(match[0]) == 1 else unicodedata.normalize("NFC", match[0])[0]
        read = _read(sign)
        if read:
            yield read, match.start(), match.end()


def _read(sign: str) -> str:
    """Return what is read for one character; nothing for an invisible one."""
    code, kind = ord(sign), unicodedata.category(sign)
    if kind == "Cf" or code in SELECTORS or code == KEYCAP:
        return ""
    if kind == "Zs" or (kind == "So" and code >= PICTURES) or code in SKIN:
        return " "
    return sign
