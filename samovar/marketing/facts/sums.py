"""Numbers that follow from those of the sheet: two lamps at EUR 72 are EUR 144, a year at 5,900 a month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from samovar.marketing.facts.quantity import NEAR, Quantity, same
from samovar.marketing.facts.reading import Sentence, Sheet

SPANS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (factor, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
    for factor, words in (
        (12, r"years?|yearly|annual\w*|год\w*|ежегодн\w*"),
        (3, r"quarters?|квартал\w*"),
        (7, r"weeks?|daily|недел\w*"),
        (5, r"working (?:days|week)|weekdays|пятидневк\w*|будн\w*"),
        (24, r"days?|сутк\w*|суток|день|дня"),
        (60, r"hours?|час(?:а|ов|у)?"),
        (2, r"both|twice|pairs?|double|оба|обе|обоих|пар\w|вдвое|вдвоём|вместе|тоже|ещё"),
    )
)
"""Factor → words that stand for it; its inverse counts too."""
MOST = 1000
"""Things that one multiplies by at most."""
ROUGHLY = 0.1
"""Share by which a number that is said to be rough may differ."""


def follows(quantity: Quantity, said: Sequence[Sentence], sheet: Sheet) -> bool:
    """Tell whether `quantity` can be worked out of the sheet's with what the sentences `said` have.

    It is a sum of two, the distance of two in one fact, one times or by a number that is said, or such a
    number itself; or it says another one that is said, or the sheet's, in other words or roughly.
    """
    others = [q for one in said for q in one.quantities if q is not quantity]
    if any(_alike(quantity, own) for _, own in sheet.quantities):
        return True
    if any(same(quantity, other) for other in others):
        return True
    if _worked_out(quantity, _factors(said, quantity), sheet):
        return True
    return any(
        not any(same(other, own) for _, own in sheet.quantities)
        and quantity.amount > 1
        and _worked_out(other, {quantity.amount}, sheet, sums=False)
        for other in others
    )


def _alike(quantity: Quantity, own: Quantity) -> bool:
    """Tell whether "almost two hours" may be said of 110 minutes."""
    near = abs(quantity.value - own.value) <= ROUGHLY * own.value
    return quantity.bound == "about" and quantity.unit == own.unit and bool(own.unit) and near


def _worked_out(
    quantity: Quantity, factors: Iterable[float], sheet: Sheet, sums: bool = True
) -> bool:
    """Tell whether a quantity is one of the sheet's times or by a factor, or a sum or distance of two."""
    own = {q.value for _, q in sheet.quantities if q.unit == quantity.unit and q.value}
    if not quantity.unit:
        own -= {1.0}
    values = {
        value for each in own for factor in factors for value in (each * factor, each / factor)
    }
    if sums and quantity.unit:
        values |= {one + other for one, other in combinations(sorted(own), 2)}
        values |= set(_distances(quantity.unit, sheet))
    near = ROUGHLY if quantity.bound == "about" else NEAR
    return any(abs(value - quantity.value) <= near * max(1.0, value) for value in values)


def _distances(unit: str, sheet: Sheet) -> Iterator[float]:
    """Yield by how much the ends of ranges in one fact differ; of clock times in seconds."""
    measured, scale = ("clock", 60.0) if unit == "s" else (unit, 1.0)
    for fact in sheet.facts:
        ends = [q.value for q in fact.sentence.quantities if q.unit == measured]
        yield from (abs(one - other) * scale for one, other in combinations(ends, 2))
        spans = [q.value for q in fact.sentence.quantities if q.unit == unit and q.ranged]
        yield from (abs(one - other) for one, other in combinations(spans, 2))


def _factors(said: Sequence[Sentence], quantity: Quantity) -> set[float]:
    """Return the numbers that sentences say, in figures or as a span of time, beside `quantity`."""
    others = [q for one in said for q in one.quantities if q is not quantity]
    counts = {q.amount for q in others if 1 < q.amount <= MOST and q.amount % 1 == 0}
    spans = {factor for one in said for factor, words in SPANS if _beside(words, one)}
    return counts | {float(each) for each in spans}


def _beside(words: re.Pattern[str], sentence: Sentence) -> bool:
    """Tell whether `sentence` has the words outside of its quantities: "12 days" are no day of 24 hours."""
    return any(
        not any(q.start <= match.start() < q.end for q in sentence.quantities)
        for match in words.finditer(sentence.text)
    )
