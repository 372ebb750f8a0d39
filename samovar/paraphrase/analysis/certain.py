"""The differences that decide alone: literals and quantities."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import combinations, zip_longest

from samovar.paraphrase.analysis.difference import Difference, Kind
from samovar.paraphrase.analysis.literals import EXACT, Literal, stands
from samovar.paraphrase.analysis.numbers.quantity import (
    Quantity,
    contrary,
    equal,
    same_bound,
    same_unit,
    same_value,
)


def literal_differences(
    old: Sequence[Literal], new: Sequence[Literal], texts: tuple[str, str]
) -> Iterator[Difference]:
    """Yield the literals of `old` that `new` lacks, and the reverse; `texts` are those of both sides.

    Quotation marks may go where the quoted words stay.
    """
    gone = [one for one in old if not _among(one, new) and not stands(one, texts[1])]
    come = [one for one in new if not _among(one, old) and not stands(one, texts[0])]
    for first, second in zip_longest(gone, come):
        before, after = (one.text if one else "" for one in (first, second))
        sure = first is not None or (second is not None and second.kind in EXACT)
        yield Difference("literal", before, after, certain=sure)


def swapped_literals(
    old: Sequence[Literal],
    new: Sequence[Literal],
    texts: tuple[str, str],
    prepositions: Container[str],
) -> Iterator[Difference]:
    """Yield the literals that stand where another one stood: "to {a} from {b}", "to {b} from {a}".

    A literal's place are the one or two words before it. Both must have changed places; behind a
    preposition one is enough, as "send {a} {b}" may become "send {b} to {a}".
    """
    for one, other in combinations({one.value: one for one in old}.values(), 2):
        moved = [
            _moved(old, new, texts, pair, length)
            for pair in ((one, other), (other, one))
            for length in (1, 2)
        ]
        both = (moved[0] and moved[2]) or (moved[1] and moved[3])
        taken = next((word for word in (moved[0], moved[2]) if word in prepositions and word), "")
        if both or taken:
            yield Difference(
                "literal", f"{one.text} … {other.text}", f"{other.text} … {one.text}", certain=True
            )


def _moved(
    old: Sequence[Literal],
    new: Sequence[Literal],
    texts: tuple[str, str],
    pair: tuple[Literal, Literal],
    length: int,
) -> str:
    """Return the words before the second of `pair` if the first stands behind them in the new text."""
    first, second = pair
    here: dict[str, str] = {}
    there: dict[str, str] = {}
    for literals, text, places in ((old, texts[0], here), (new, texts[1], there)):
        for one in literals:
            words = [w for w in WORDS.findall(text[: one.start].lower()) if w not in ARTICLES]
            places.setdefault(one.value, " ".join(words[-length:]))
    gone = first.value in there and second.value in there
    moved = gone and there[first.value] == here[second.value] != here[first.value]
    return here[second.value] if moved and there[second.value] != here[second.value] else ""


WORDS = re.compile(r"[^\W\d_][\w']*|[}>/@]")
ARTICLES = frozenset({"the", "a", "an"})


def _among(one: Literal, others: Sequence[Literal]) -> bool:
    return any(one.value == other.value or _inflected(one, other) for other in others)


def _inflected(one: Literal, other: Literal) -> bool:
    """Tell whether two quoted Russian words are forms of one: «Цена», «Цены»."""
    first, second = one.value, other.value
    cyrillic = one.kind == other.kind == "quoted" and re.fullmatch(r"[а-яё]{4,}", first)
    start = min(len(first), len(second)) - 2
    return bool(cyrillic) and abs(len(first) - len(second)) <= 3 and first[:start] == second[:start]


def quantity_differences(
    old: Sequence[Quantity], new: Sequence[Quantity], turned: bool, limited: bool
) -> Iterator[Difference]:
    """Yield where numbers, units or bounds of `old` and `new` do not agree, however they are written.

    `turned`: a negation may turn bounds round; `limited`: words of `new` may bound in another way. What
    is new alone is never certain: "two reminders: one …", "in 60 minutes" for "in an hour".
    """
    left, right = list(old), list(new)
    _paired(left, right, equal)
    for kind, alike in STEPS:
        for one, other in _paired(left, right, alike):
            certain = _certain(kind, one, other, turned, limited)
            yield Difference(kind, _said(one), _said(other), certain=certain)
    gone = [one for one in left if not one.optional]
    come = [one for one in right if not one.optional]
    for first, second in zip_longest(gone, come):
        certain = first is not None and (first.kind != "ordinal" or second is not None)
        yield Difference("number", _said(first), _said(second), certain=certain)


def exchanged_quantities(old: Sequence[Quantity], new: Sequence[Quantity]) -> Iterator[Difference]:
    """Yield two numbers that have changed nouns or places.

    "two pizzas and one salad", "one pizza and two salads"; "from 2 to 4", "from 4 to 2".
    """
    for one, other in combinations(old, 2):
        for named in (_noun, _lead):
            here, there = named(one), named(other)
            found = [(a, b) for a in new for b in new if (named(a), named(b)) == (here, there)]
            moved = here and there and here != there and not same_value(one, other)
            if moved and any(same_value(one, b) and same_value(other, a) for a, b in found):
                yield Difference("number", _beside(one, here), _beside(one, there), certain=True)
                break


def _noun(one: Quantity) -> str:
    return one.noun


def _lead(one: Quantity) -> str:
    return one.lead


def _beside(one: Quantity, word: str) -> str:
    return f"{one.text} {word}" if word == one.noun else f"{word} {one.text}"


def _certain(kind: Kind, one: Quantity, other: Quantity, turned: bool, limited: bool) -> bool:
    if kind == "unit":
        return bool(one.unit) and not one.optional
    if kind == "number":
        signs = one.value[0] == -other.value[0] and limited  # "20 degrees of frost"
        counts = one.optional or other.optional
        step = turned and one.bound and other.bound and abs(one.amount - other.amount) == 1
        return (
            not signs and not step and (not counts or (bool(one.noun) and one.noun == other.noun))
        )
    lost = one.bound in ("at least", "at most", "more", "less") and not limited
    return not turned and (contrary(one, other) or lost)


def _only_bound(one: Quantity, other: Quantity) -> bool:
    return same_value(one, other) and same_unit(one, other)


def _only_unit(one: Quantity, other: Quantity) -> bool:
    written = one.amount == other.amount if one.amount else same_value(one, other)
    return written and one.kind != "date" and same_bound(one, other)


def _any_measure(one: Quantity, other: Quantity) -> bool:
    """Tell whether two stand for another, so that a person reads "5 became 6"."""
    same = one.kind == other.kind and one.unit == other.unit
    return same and not (one.optional and other.optional)


STEPS: tuple[tuple[Kind, Callable[[Quantity, Quantity], bool]], ...] = (
    ("bound", _only_bound),
    ("unit", _only_unit),
    ("number", _any_measure),
)
"""What is compared once the equal ones are taken away, in this order."""


def _paired(
    left: list[Quantity], right: list[Quantity], alike: Callable[[Quantity, Quantity], bool]
) -> list[tuple[Quantity, Quantity]]:
    """Take the pairs that are `alike` out of both lists."""
    pairs = []
    for one in list(left):
        other = next((other for other in right if alike(one, other)), None)
        if other is not None:
            pairs.append((one, other))
            left.remove(one)
            right.remove(other)
    return pairs


def _said(one: Quantity | None) -> str:
    return "" if one is None else " ".join(part for part in (one.bound, one.text) if part)
