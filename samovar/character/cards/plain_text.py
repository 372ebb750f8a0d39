"""Turn the text of a card into plain text: macros filled in, markup and pictures out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

LEGACY = re.compile(r"<(user|bot|char)>", re.IGNORECASE)
MACRO = re.compile(r"\{\{([^{}]{0,500})\}\}")
CHOICE = re.compile(r"(?:random|pick)\s*::?\s*(.*)", re.IGNORECASE | re.DOTALL)
DECORATOR = re.compile(r"^@@.*$", re.MULTILINE)
"""Of version 3: a line that tells a program where to put an entry."""
MARKUP = (
    re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL),
    re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL),
    re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\)"),
    re.compile(r"</?[a-zA-Z][^<>]*>"),
)
"""Scripts, comments, Markdown pictures, other elements."""
BREAK = re.compile(r"<br\s*/?>|</p\s*>", re.IGNORECASE)
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Plain:
    """Hold a plain text and how many pieces of markup were taken out of it."""

    text: str
    removed: int


def plain(text: str, names: Mapping[str, str]) -> Plain:
    """Return `text` as plain text; `names` says who `char` and `user` are.

    >>> plain("<b>{{char}}</b> greets <USER>.{{// a note}}", {"char": "Ada", "user": "Guest"})
    Plain(text='Ada greets Guest.', removed=2)
    """
    text = "".join(char for char in text.replace("\r\n", "\n") if _seen(char))
    text = LEGACY.sub(lambda m: names.get("user" if m[1].lower() == "user" else "char", ""), text)
    text = MACRO.sub(lambda m: _filled(m[1].strip(), names), text)
    text, removed = BREAK.sub("\n", DECORATOR.sub("", text)), 0
    for pattern in MARKUP:
        text, count = pattern.subn("", text)
        removed += count
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return Plain(re.sub(r"\n{3,}", "\n\n", text).strip(), removed)


def _filled(macro: str, names: Mapping[str, str]) -> str:
    """Return what stands for a macro; of a random choice the first, of an unknown macro nothing."""
    choice = CHOICE.fullmatch(macro)
    if choice:
        return re.split(r"::|,", choice[1])[0].strip()
    return names.get(macro.lower(), "")


def _seen(char: str) -> bool:
    """Tell whether a character is text: no control, no half of a pair, no change of direction."""
    if char in "\n\t":
        return True
    return unicodedata.category(char) not in ("Cc", "Cs") and char not in DIRECTIONS
