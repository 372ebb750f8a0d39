"""What a question asks for literally: its quoted phrases, numbers and codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samovar.search.exact.atoms import Atom, atoms, same
from samovar.search.passages.words import terms

QUOTED = re.compile(r"«([^«»]+)»|“([^“”]+)”|„([^„“”]+)[“”]|\"([^\"]+)\"")
CODE_MARKS = re.compile(r"[@_/\\]|(?<=\w\w)\.(?=\w\w)")
"""An address, a path or the name of a file is a code, though it may have no digit."""
BETWEEN = re.compile(r"[ \t\u00a0№§«»\"“”„.#-]*")
"""What may stand between a number and the word that belongs to it: article 14, ГОСТ № 7."""
ROMAN = re.compile(r"(?!I$)(?:[IVXLC]{1,5}|[A-Z]|[А-Я])")
"""Saturn V, vitamin C: counts together with the word before it; I is the pronoun more often."""
STRONG = 3
"""Digits of a number that counts alone; a smaller one counts with the word beside it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold one thing that is asked for literally, as typed, and its atoms."""

    said: str
    atoms: tuple[Atom, ...]
    inflected: bool
    """Its words may stand in another form."""

    @property
    def strict(self) -> bool:
        """Tell whether it must not be a part of a longer code."""
        return any(atom.number for atom in self.atoms)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where `text` (start, end) holds it.

        >>> wanted("tx40")[0][0].spans("Not TX-40S, a TX-40.")
        [(14, 19)]
        """
        there = atoms(text)
        count = len(self.atoms)
        found = []
        for at in range(len(there) - count + 1):
            window = there[at : at + count]
            if all(map(self._same, window, self.atoms)) and self._whole(there, at, at + count):
                found.append((window[0].start, window[-1].end))
        return found

    def _same(self, there: Atom, here: Atom) -> bool:
        return same(there.form, here.form, inflected=self.inflected)

    def _whole(self, there: Sequence[Atom], start: int, end: int) -> bool:
        after = there[end] if end < len(there) else None
        if self.strict:
            return not there[start].joined and not (after and after.joined)
        return not there[start].glued and not (after and after.glued)


Choice = tuple[Wanted, ...]
"""Ways to read one thing, the longest first: "ISO 9001", then "9001". The first one found counts."""


def wanted(question: str) -> list[Choice]:
    """Return what `question` asks for literally.

    >>> [[one.said for one in choice] for choice in wanted('error E-4471 in "cold start"')]
    [['cold start'], ['error E-4471', 'E-4471']]
    """
    choices: list[Choice] = []
    for match in QUOTED.finditer(question):
        said = next(group for group in match.groups() if group)
        if inside := atoms(said):
            choices.append((Wanted(said.strip(), inside, True),))
    rest = QUOTED.sub(lambda match: "\n" * len(match[0]), question)
    return choices + list(_codes(rest))


def literal(text: str, question: str) -> list[tuple[int, int]]:
    """Return where `text` (start, end) holds what `question` asks for literally."""
    spans: list[tuple[int, int]] = []
    for choice in wanted(question):
        spans += next((found for way in choice if (found := way.spans(text))), [])
    return spans


def _codes(text: str) -> Iterator[Choice]:
    pieces = list(_pieces(text))
    for at, piece in enumerate(pieces):
        alone = _alone(text, piece)
        before = pieces[at - 1] if at and _near(text, pieces[at - 1], piece) else ()
        after = pieces[at + 1] if at + 1 < len(pieces) else ()
        after = after if after and _near(text, piece, after) else ()
        weak = not alone and (all(atom.number for atom in piece) or _letter(text, piece, before))
        if not alone and not weak:
            continue
        sides: list[tuple[tuple[Atom, ...], tuple[Atom, ...]]] = [(before, ())]
        if _digits(piece):
            sides.append(((), after))
        if alone:
            sides.insert(0, (before, after))
        ways = [(*left, *piece, *right) for left, right in sides if left or right]
        choice = [_made(text, way) for way in dict.fromkeys(ways)]
        choice += [_made(text, piece)] if alone else []
        if choice:
            yield tuple(choice)


def _pieces(text: str) -> Iterator[tuple[Atom, ...]]:
    """Yield the atoms of `text`, those of one code or word together."""
    piece: list[Atom] = []
    for atom in atoms(text):
        if piece and not atom.joined:
            yield tuple(piece)
            piece = []
        piece.append(atom)
    if piece:
        yield tuple(piece)


def _alone(text: str, piece: Sequence[Atom]) -> bool:
    """Tell whether `piece` is a code or a number that counts without a word beside it."""
    said = text[piece[0].start : piece[-1].end]
    if _digits(piece):
        return len(piece) > 1 or len(piece[0].form) >= STRONG
    return piece[0].form[-1] in "+#" or bool(CODE_MARKS.search(said))


def _digits(piece: Sequence[Atom]) -> bool:
    return any(atom.number for atom in piece)


def _letter(text: str, piece: Sequence[Atom], before: Sequence[Atom]) -> bool:
    said = text[piece[0].start : piece[-1].end]
    return bool(before) and bool(ROMAN.fullmatch(said) or (len(said) == 1 and terms(said)))


def _near(text: str, one: Sequence[Atom], other: Sequence[Atom]) -> bool:
    """Tell whether two pieces stand side by side and the word of them is not a common one."""
    gap = text[one[-1].end : other[0].start]
    worth = all(_digits(piece) or _worth(text, piece) for piece in (one, other))
    return worth and bool(BETWEEN.fullmatch(gap))


def _worth(text: str, piece: Sequence[Atom]) -> bool:
    said = text[piece[0].start : piece[-1].end]
    return len(piece) == 1 and (bool(terms(said)) or bool(ROMAN.fullmatch(said)))


def _made(text: str, way: Sequence[Atom]) -> Wanted:
    said = text[way[0].start : way[-1].end]
    return Wanted(said, tuple(way), not CODE_MARKS.search(said) or " " in said)
