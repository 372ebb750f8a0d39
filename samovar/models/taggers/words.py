"""Words of a text with their places, and names as tags of words (B-PER I-PER O …)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samovar.records import Span

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]{2,})*|\S")
"""Numbers with their points, words with an inner apostrophe (O'Brien, but Ann 's), single signs."""
END = re.compile(r"(?<=[.!?…])[\"»”)\]]*\s+(?=[\"«“(\[]?[^\W\d_a-zа-яё]|\d)|\n+")
ABBREVIATION = re.compile(
    r"(?:^|[\s(«\"])(?:[^\W\d_]|Mrs?|Ms|Dr|St|Gen|Col|Sen|Rep|Prof|Jr|Sr|vs|No|им|ул|пр|гг?|тов|акад|проф|св)\.$"
)
"""In front of a border: an initial or a title is no end of a sentence."""
OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one word: `text` is what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def words(text: str, start: int = 0) -> list[Word]:
    """Return the words of `text`, their places counted from `start`.

    >>> [word.text for word in words("O'Brien's U.S. debt: 2.5%")]
    ["O'Brien", "'", 's', 'U', '.', 'S', '.', 'debt', ':', '2.5', '%']
    """
    return [Word(start + m.start(), start + m.end(), m[0]) for m in WORD.finditer(text)]


def sentences(text: str) -> list[list[Word]]:
    """Return the words of each sentence of `text`; a line end ends one, an initial does not.

    >>> [len(one) for one in sentences("J. Doe left. Ann stayed.")]
    [5, 3]
    """
    borders = [0]
    for match in END.finditer(text):
        if "\n" in match[0] or not ABBREVIATION.search(text[borders[-1] : match.start()]):
            borders.append(match.end())
    parts = zip(borders, [*borders[1:], len(text)], strict=True)
    cut = (words(text[start:end], start) for start, end in parts)
    return [sentence for sentence in cut if sentence]


def tags(of: Sequence[Word], spans: Sequence[Span]) -> list[str]:
    """Return the tag of each word; a word that a span cuts belongs to it, the first span wins."""
    marks = [OUTSIDE] * len(of)
    for span in spans:
        inside = [at for at, w in enumerate(of) if w.start < span.end and span.start < w.end]
        if inside and all(marks[at] == OUTSIDE for at in inside):
            for at in inside:
                marks[at] = f"I-{span.label}"
            marks[inside[0]] = f"B-{span.label}"
    return marks


def spans(text: str, of: Sequence[Word], tagged: Sequence[str]) -> list[Span]:
    """Return the names that `tagged` marks; an I- without its B- begins a name, too."""
    names: list[Span] = []
    before = OUTSIDE
    for word, tag in zip(of, tagged, strict=True):
        label = tag[2:]
        if tag != OUTSIDE:
            inside = tag.startswith("I-") and before[2:] == label
            start = names.pop().start if inside else word.start
            names.append(Span(start, word.end, label, text[start : word.end]))
        before = tag
    return names
