"""What must stay letter for letter: placeholders, addresses, paths, flags, codes, quoted words.

A parser knows none of them; it is shown a plain noun in the place of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

DOMAINS = "com|org|net|io|dev|app|edu|gov|info|ai|co|me|ru|de|uk|fr|eu|example|test|local|рф"
ENDINGS = (
    "py|sh|js|ts|jsx|tsx|rb|go|rs|c|cc|cpp|h|hpp|java|kt|cs|php|pl|sql|ipynb|bat|ps1|exe|dll|apk|jar|pdf|docx?|"
    "xlsx?|pptx?|odt|csv|tsv|txt|md|rst|tex|json|jsonl|ya?ml|toml|xml|html?|css|ini|cfg|conf|env|log|bak|"
    "jpe?g|png|gif|svg|webp|bmp|mp3|mp4|wav|mov|avi|mkv|zip|tar|gz|rar|7z|iso|db|lock"
)
KINDS: tuple[tuple[str, str], ...] = (
    (
        "placeholder",
        r"\$?\{\{?[^{}\n]{1,40}\}\}?|<[^\W\d][\w.\-]*>|(?<![\d%])%(?:\(\w+\))?[sdif]\b|\$[A-Z_]{2,}\b"
        r"|\[[A-Z_]{2,}\]",
    ),
    ("quoted", r"\"[^\"\n]+\"|“[^”\n]+”|«[^»\n]+»|„[^“\n]+“|(?<!\w)'[^'\n]+'(?!\w)"),
    (
        "url",
        rf"\b[a-z]{{2,6}}://[^\s<>\"»]+|\bwww\.[^\s<>\"»]+|(?<![@\w.])(?:[\w-]+\.)+(?:{DOMAINS})\b(?!\.\w)(?:/[^\s<>\"»]*)?(?!@)",
    ),
    ("e-mail", r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"),
    ("path", r"(?<![\w/<])(?:~|\.{1,2})?/[\w.\-]+(?:/[\w.\-]+)*/?|\b[A-Z]:\\[^\s\"]+"),
    ("file", rf"(?<![\w/])(?:[\w\-.]+/)*[\w\-]+(?:\.[\w\-]+)*\.(?:{ENDINGS})\b"),
    ("flag", r"(?<![\w\-])--?[A-Za-z][\w\-]*(?:=[^\s,;]+)?"),
    ("handle", r"(?<![\w&/])[@#](?=\w*[^\W\d_])\w[\w\-]*"),
    ("signed", r"(?<![\w.])(?:\.NET\b|[A-Za-z]\w*(?:\+\+|#)(?!\w)|[A-Z]{1,2}&[A-Z]{1,2}\b)"),
    ("phone", r"\+\d[\d ()\-]{6,}\d"),
    (
        "code",
        r"\b\d+(?:\.\d+){3,}(?:/\d+)?\b|\bv\d+(?:\.\d+)+\b|(?<![\w\-.])(?=[\w\-]*\d)(?:[^\W\d_]+\d[\w\-]*|[A-ZА-Я]+-\d[\w\-]*"
        r"|\d+[A-ZА-Я](?![\w.])(?<!\d[CFCKСКМ]))(?:\.\d+)*",
    ),
)
"""Kind → pattern; where two begin at one place, the longer one holds."""
EXACT = frozenset({"placeholder", "url", "e-mail", "path", "file", "flag"})
"""Kinds in which a capital letter counts."""
PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in KINDS)
CLOSING = ".,;:!?…"
"""Signs that end a sentence and no address."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Hold one literal, `text[start:end]` of the analysed text."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def value(self) -> str:
        """Return what must stay the same: without quotation marks, in lower case where that may change.

        >>> Literal("quoted", "«Мой день.»", 0, 11).value
        'мой день'
        """
        inner = self.text[1:-1].strip(f" {CLOSING}") if self.kind == "quoted" else self.text
        return inner if self.kind in EXACT else inner.lower()


def literals(text: str) -> tuple[Literal, ...]:
    """Return the literals of `text` in their order; none overlaps another.

    >>> [one.text for one in literals("Run deploy.sh with --force in /opt/app, then mail {name}.")]
    ['deploy.sh', '--force', '/opt/app', '{name}']
    """
    found = [
        _trimmed(kind, match) for kind, pattern in PATTERNS for match in pattern.finditer(text)
    ]
    kept: list[Literal] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _trimmed(kind: str, match: re.Match[str]) -> Literal:
    text = match[0]
    if kind in ("url", "path", "flag"):
        text = text.rstrip(CLOSING)
        if text.endswith(")") and "(" not in text:
            text = text[:-1].rstrip(CLOSING)
    return Literal(kind, text, match.start(), match.start() + len(text))


def masked(text: str, found: Sequence[Literal], noun: str) -> str:
    """Return `text` with `noun` in the place of each literal."""
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start], noun]
        at = one.end
    return "".join([*parts, text[at:]])


def stands(one: Literal, text: str) -> bool:
    """Tell whether the value of `one` stands in `text`, marked there or not."""
    flags = re.NOFLAG if one.kind in EXACT else re.IGNORECASE
    return bool(re.search(rf"(?<![\w{{]){re.escape(one.value)}(?![\w}}])", text, flags))
