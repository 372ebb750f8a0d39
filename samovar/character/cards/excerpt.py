"""Cut a text where a sentence ends."""

from __future__ import annotations

import re

END = re.compile(r"[.!?…]+[\"'”’»)*]*(?=\s|$)|\n")


def cut(text: str, limit: int) -> str:
    """Return at most `limit` characters of `text`, up to the end of a sentence or else of a word.

    >>> cut("One two. Three four. Five", 22), cut("One two three", 9)
    ('One two. Three four.', 'One two')
    """
    if len(text) <= limit:
        return text
    ends = [match.end() for match in END.finditer(text[: limit + 1]) if match.end() <= limit]
    if ends and ends[-1] > limit // 3:
        return text[: ends[-1]].rstrip()
    return text[: limit + 1].rpartition(" ")[0].rstrip() or text[:limit]


def pieces(text: str, limit: int) -> list[str]:
    """Return the paragraphs of `text`, long ones in pieces of at most `limit` characters."""
    found = []
    for paragraph in text.split("\n"):
        rest = paragraph.strip()
        while rest:
            found.append(cut(rest, limit))
            rest = rest[len(found[-1]) :].strip()
    return found
