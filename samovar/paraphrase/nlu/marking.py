"""Marks of slots written again: exactly where they stood in the original, and in its variants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samovar.morphology import lemma
from samovar.paraphrase.nlu.marks import Slot
from samovar.records import Span

LITERAL = re.compile(r"\{[^{}]*\}|\S+://\S+|\S+@\S+\.\w+")
"""Placeholders and addresses: a slot's value inside one is no slot."""
WORD = re.compile(r"\w+")
WIDTH = 3
"""Words on either side that tell which of several places is meant."""
NEIGHBOUR, NEAR, CASE = 3.0, 1.0, 2.0
"""What the same next word, the same word nearby and the same capitals count."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold one place of the original that looks for its place in a variant.

    An unmarked place with the words of a slot (`slot` is None) claims one too, so that the slot does
    not get it.
    """

    start: int
    end: int
    rank: int
    """How many places with these words stand before it."""
    slot: Slot | None


def marked(text: str, slots: Sequence[Slot], original: str = "") -> str:
    """Return `text` with the values of `slots` marked; they are spans of `original`.

    Where a value stands several times, the words around it and the order tell which place is meant.

    >>> from samovar.paraphrase.nlu.marks import unmarked
    >>> plain, slots = unmarked("Book 2 rooms for [2](nights) nights")
    >>> marked("For 2 nights I need 2 rooms", slots, plain)
    'For [2](nights) nights I need 2 rooms'
    """
    if text == original or (not original and _fit(text, slots)):
        return _written(text, [(slot.start, slot.end, slot.mark, slot) for slot in slots])
    taken = list(_assigned(text, slots, original))
    for slot in slots:
        if all(slot is not other for _, other in taken):
            taken += ((place, slot) for place in _inflected(slot, text, taken))
    named = [(*place, "", slot) for place, slot in taken if slot is not None]
    return _written(text, named)


def _fit(text: str, slots: Sequence[Slot]) -> bool:
    return all(text[slot.start : slot.end] == slot.text for slot in slots)


def _written(text: str, places: Sequence[tuple[int, int, str, Slot]]) -> str:
    for start, end, mark, slot in sorted(places, key=lambda place: -place[0]):
        text = text[:start] + (mark or f"[{text[start:end]}]{slot.closing}") + text[end:]
    return text


def _assigned(
    text: str, slots: Sequence[Slot], original: str
) -> Iterator[tuple[tuple[int, int], Slot | None]]:
    """Yield the places of `text` that are taken, the longest values first, and by which slot."""
    pairs = []
    for slot in slots:
        claims = list(_claims(slot, slots, original))
        for rank, place in enumerate(_places(slot.text, text)):
            for claim in claims:
                likeness = _likeness(original, claim, text, place)
                order = (-len(slot.text), -likeness, abs(rank - claim.rank), place[0])
                pairs.append((order, claim, place))
    used: set[tuple[int, int]] = set()
    places: list[tuple[int, int]] = []
    for _, claim, place in sorted(pairs, key=lambda pair: pair[0]):
        if (claim.start, claim.end) not in used and not _overlaps(place, places):
            used.add((claim.start, claim.end))
            places.append(place)
            yield place, claim.slot


def _claims(slot: Slot, slots: Sequence[Slot], original: str) -> Iterator[Claim]:
    """Yield the slot's own claim and those of its words elsewhere in the original."""
    others = [(other.start, other.end) for other in slots if other is not slot]
    found = [place for place in _places(slot.text, original) if not _overlaps(place, others)]
    own = (slot.start, slot.end)
    if own not in found:
        yield Claim(*own, 0, slot)
    for rank, place in enumerate(found):
        yield Claim(*place, rank, slot if place == own else None)


def _places(value: str, text: str) -> list[tuple[int, int]]:
    """Return where `value` stands in `text` as whole words, outside addresses and placeholders."""
    pattern = rf"(?<!\w)(?<!\d[.,:]){re.escape(value)}(?!\w)(?![.,:]\d)"
    closed = [match.span() for match in LITERAL.finditer(text)]
    found = (match.span() for match in re.finditer(pattern, text, re.I))
    return [
        (start, end)
        for start, end in found
        if not any(a < end and start < b and not (start <= a and b <= end) for a, b in closed)
    ]


def _overlaps(place: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in others)


def _likeness(original: str, claim: Claim, text: str, place: tuple[int, int]) -> float:
    """Return how much the surroundings of both places have in common."""
    said = original[claim.start : claim.end] == text[place[0] : place[1]]
    total = CASE * said
    sides = (
        (WORD.findall(original[: claim.start])[::-1], WORD.findall(text[: place[0]])[::-1]),
        (WORD.findall(original[claim.end :]), WORD.findall(text[place[1] :])),
    )
    for there, here in sides:
        old, new = ([word.casefold() for word in side[:WIDTH]] for side in (there, here))
        total += NEIGHBOUR * (old[:1] == new[:1] and bool(old)) + NEAR * len(set(old) & set(new))
    return total


def _inflected(
    slot: Slot, text: str, taken: Sequence[tuple[tuple[int, int], Span | None]]
) -> list[tuple[int, int]]:
    """Return the first place where the words of `slot` stand in another case: «Твери» for «Тверь»."""
    forms = [lemma(word.lower()) for word in WORD.findall(slot.text)]
    words = list(WORD.finditer(text))
    for at in range(len(words) - len(forms) + 1 if forms else 0):
        window = words[at : at + len(forms)]
        place = (window[0].start(), window[-1].end())
        same = [lemma(word.group().lower()) for word in window] == forms
        if same and not _overlaps(place, [other for other, _ in taken]):
            return [place]
    return []
