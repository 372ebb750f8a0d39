"""Sentences in columns, as CoNLL-2003 and its followers write them: a word a line, its tag last.

EU NNP I-NP I-ORG        IOB1: I- begins a name unless one of the same type went before
'm<tab>O                 IOB2: B- begins every name
0<tab>Тем<tab>O          a number in front
# id s1<tab>domain=en   a comment
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samovar.errors import InputError
from samovar.files.columns import sentences
from samovar.models.taggers.words import OUTSIDE
from samovar.phrases import Phrase
from samovar.records import Span

TAG = re.compile(r"O|[BIESLU]-\S+")
NEXT = {"E": "I", "L": "I", "S": "B", "U": "B"}
"""IOBES and BILOU, read as IOB2."""
BAD_TAG = Phrase(
    "Line {line}: {tag} is no tag; a tag is O, B-LABEL or I-LABEL.",
    "Строка {line}: {tag} — не метка; метка — это O, B-ТИП или I-ТИП.",
)
ONE_COLUMN = Phrase(
    "Line {line} has one column only; a word and its tag are needed.",
    "В строке {line} только один столбец, а нужны слово и метка.",
)
WAY = Phrase(
    "Write a word and its tag a line, a blank line between sentences.",
    "Пишите в строке слово и метку, между предложениями — пустая строка.",
)


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one sentence: its words joined by spaces, the spans, and the line it begins in."""

    text: str
    spans: tuple[Span, ...]
    line: int


def blocks(lines: Iterable[str], word: int = 0) -> Iterator[Block]:
    """Yield the sentences of `lines`; column `word` holds the word, the last one the tag.

    Raises:
        InputError: a line has one column, or its last one is no tag; the line is named.
    """
    for rows in sentences(lines, TAG):
        yield block([_row(cells, number, word) for number, cells in rows], rows[0][0])


def numbered(lines: Iterable[str]) -> bool:
    """Tell whether the first sentence counts its words in the first of three or more columns.

    >>> numbered(["0 Тем O", "1 не O"])
    True
    """
    first = next(sentences(lines, TAG), [])
    firsts = [cells[0] for _, cells in first if len(cells) >= 3]
    counted = [str(at) for at in range(len(firsts))]
    return len(firsts) > 1 and firsts in (counted, [str(int(at) + 1) for at in counted])


def block(rows: Iterable[tuple[str, str]], line: int = 1) -> Block:
    """Return one sentence of (word, tag) pairs, in IOB1, IOB2, IOBES or BILOU.

    >>> block([("EU", "I-ORG"), ("rejects", "O"), ("German", "I-MISC"), ("call", "O")]).spans[1].text
    'German'
    """
    parts: list[str] = []
    bounds: list[list[object]] = []  # [start, end, label]
    before, at = OUTSIDE, 0
    for word, tag in rows:
        kind, label = NEXT.get(tag[0], tag[0]), tag[2:]
        if tag != OUTSIDE:
            if kind == "I" and before[2:] == label and bounds:
                bounds[-1][1] = at + len(word)
            else:
                bounds.append([at, at + len(word), label])
        before = tag
        parts.append(word)
        at += len(word) + 1
    text = " ".join(parts)
    return Block(text, tuple(Span(a, b, c, text[a:b]) for a, b, c in bounds), line)  # type: ignore


def _row(cells: list[str], number: int, word: int) -> tuple[str, str]:
    if len(cells) < word + 2:
        raise InputError(ONE_COLUMN, WAY, line=number)
    if not TAG.fullmatch(cells[-1]):
        raise InputError(BAD_TAG, WAY, line=number, tag=repr(cells[-1])[:40])
    return cells[word] or "_", cells[-1]
