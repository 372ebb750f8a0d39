"""Quantities of a text: number, unit or currency, bound and what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from samovar.marketing.facts.bounds import Bound, bound_of
from samovar.marketing.facts.numerals import Number, numbers
from samovar.marketing.facts.units import DAY, HOUR, SCALES, currency_at, unit_at
from samovar.phrases import Language

NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold one number with what it measures; `value` is in the base unit."""

    amount: float
    """As written."""
    value: float
    unit: str
    """Base unit, a currency's code, "clock" (minutes of the day), or nothing of a count."""
    bound: Bound
    words: str
    start: int
    end: int
    noun: str = ""
    """Word behind a count."""
    money: bool = False
    spelled: bool = False
    optional: bool = False
    """One, a, both: need not be meant as a number."""
    ranged: bool = False
    """One end of "from 2 to 5"."""


CLOCK = re.compile(r"(?<![\d.,:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])")
HALF_DAY = re.compile(r"[\s\u00a0]*(a\.?m\.?|p\.?m\.?|утра|вечера|дня)(?!\w)", re.IGNORECASE)
FRACTIONS: tuple[tuple[str, float, str], ...] = (
    (r"half an hour|half-hour|полчаса|получаса", HOUR / 2, "s"),
    (r"(?:an|one) hour and a half|полтора часа|полутора часов", HOUR * 1.5, "s"),
    (r"three[- ]quarters of an hour|три четверти часа", HOUR * 0.75, "s"),
    (r"(?:a )?quarter of an hour|четверть часа", HOUR / 4, "s"),
    (r"half a lit(?:re|er)|пол-?литр\w*", 0.5, "l"),
    (r"(?:a (?:full )?lit(?:re|er)|one lit(?:re|er)) and a half", 1.5, "l"),
    (r"half a kilo(?:gram)?(?:me)?|полкило(?:грамма)?", 0.5, "kg"),
    (r"half a met(?:re|er)|полметра", 0.5, "m"),
    (r"half a year|полгода|полугода", 6, "month"),
    (r"half a day|полдня", DAY / 2, "s"),
    (r"half a minute|полминуты", 30, "s"),
    (r"half a terabyte", 5e11, "B"),
    (r"half a dozen|полдюжины", 6, ""),
)
FRACTION = re.compile(
    "|".join(rf"(?P<f{at}>(?<!\w)(?:{row[0]})(?!\w))" for at, row in enumerate(FRACTIONS)),
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"[\s\u00a0]*(?:[–—-]|×|x|х|,|to|and|or|bis|до|и|или|,? ?(?:and|or|и|или))[\s\u00a0]*",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"(?<!\w)(?:from|between|for|от|с|со|между)[\s\u00a0]+(?:\w+[\s\u00a0]+)?$", re.IGNORECASE
)
CENTS = re.compile(r"[\s\u00a0]*(?:cents?|pence|цент\w*|копе\w+)(?!\w)", re.IGNORECASE)
JOINT = re.compile(r"[\s\u00a0]*(?:and|и)?[\s\u00a0]*")
SUMMED = frozenset({"s", "kg"})
"""Units whose parts are said one after the other: "4 minutes 10 seconds", «четыре кило и триста граммов»."""
NEXT = re.compile(r"[\s\u00a0-]*([^\W\d_]+(?:-[^\W\d_]+)*)")


def quantities(text: str, language: Language) -> list[Quantity]:
    """Return the quantities of `text` in its order; "3 h 30 min" is one, "8, 10 and 12 cm" are three.

    >>> [(q.value, q.unit, q.bound) for q in quantities("up to 1.5 litres for EUR 40", "en")]
    [(1.5, 'l', 'up'), (40.0, 'EUR', '')]
    >>> [(q.value, q.unit) for q in quantities("от 12 до 25 мм за 2 900 рублей", "ru")]
    [(0.012, 'm'), (0.025, 'm'), (2900.0, 'RUB')]
    """
    found = [*_fractions(text), *_clocks(text)]
    taken = [range(one.start, one.end) for one in found]
    for number in numbers(text, language):
        if not any(number.start in each or number.end - 1 in each for each in taken):
            found.append(_measured(text, number))
    found.sort(key=lambda one: one.start)
    return _summed(_inherited(found, text), text)


def _fractions(text: str) -> list[Quantity]:
    found = []
    for match in FRACTION.finditer(text):
        _, value, unit = FRACTIONS[int((match.lastgroup or "f0")[1:])]
        bound = bound_of(text, match.start(), match.end())
        found.append(
            Quantity(value, value, unit, bound, match[0], match.start(), match.end(), spelled=True)
        )
    return found


def _clocks(text: str) -> list[Quantity]:
    found = []
    for match in CLOCK.finditer(text):
        minutes = float(match[1]) * 60 + float(match[2])
        end = half.end() if (half := HALF_DAY.match(text, match.end())) else match.end()
        if half and half[1][0].lower() in "pвд" and minutes < 720:
            minutes += 720
        words = text[match.start() : end]
        found.append(Quantity(minutes, minutes, "clock", "", words, match.start(), end))
    return found


def _measured(text: str, number: Number) -> Quantity:
    value, end = number.value, number.end
    for pattern, scale in SCALES:
        if not number.spelled and (match := pattern.match(text, end)):
            value, end = value * scale, match.end()
    bound = bound_of(text, number.start, end)
    code, start, stop = currency_at(text, number.start, end)
    if code:
        bound = bound_of(text, start, stop)
        if cents := CENTS.match(text, stop):
            value, stop = value / 100, cents.end()
        words = text[start:stop]
        return Quantity(
            *(value, value, code, bound, words, start, stop), money=True, spelled=number.spelled
        )
    if clock := _half_day(text, number):
        return clock
    unit, stop = unit_at(text, end)
    if unit:
        bound = bound_of(text, number.start, stop)
        return Quantity(
            *(value, value * unit.factor, unit.base, bound, text[number.start : stop]),
            *(number.start, stop),
            spelled=number.spelled,
            optional=number.spelled and value == 1,
        )
    following = NEXT.match(text, end)
    noun = following[1].lower() if following else ""
    words = text[number.start : following.end() if following else end]
    return Quantity(
        *(value, value, "", bound, words, number.start, end),
        noun=noun,
        spelled=number.spelled,
        optional=number.spelled and value <= 1,
    )


def _half_day(text: str, number: Number) -> Quantity | None:
    """Return the time of the day that a number tells: "8 pm", «10 вечера»."""
    value, half = number.value, HALF_DAY.match(text, number.end)
    if not half or value > 12 or (half[1] == "дня" and value > 4):
        return None
    minutes = value % 12 * 60 + 720 * (half[1][0].lower() in "pвд")
    words = text[number.start : half.end()]
    place = number.start, half.end()
    return Quantity(value, minutes, "clock", "", words, *place, spelled=number.spelled)


def _inherited(found: list[Quantity], text: str) -> list[Quantity]:
    """Give a bare number the unit of the next one that it is joined with."""
    result = list(found)
    for at in range(len(result) - 2, -1, -1):
        one, after = result[at], result[at + 1]
        if one.unit == after.unit or not BETWEEN.fullmatch(text[one.end : after.start]):
            if one.unit == after.unit and _ranged(text, one, after):
                result[at], result[at + 1] = _in_range(one), _in_range(after)
            continue
        ranged = _ranged(text, one, after)
        if not one.unit and after.unit:
            factor = after.value / after.amount if after.amount and after.unit != "clock" else 1.0
            value = one.value * (60 if after.unit == "clock" else factor)
            words = text[one.start : one.end]
            one = replace(
                one, value=value, unit=after.unit, money=after.money, noun="", words=words
            )
        result[at] = _in_range(one) if ranged else one
        result[at + 1] = _in_range(after) if ranged else after
    return result


def _ranged(text: str, one: Quantity, after: Quantity) -> bool:
    between = text[one.end : after.start].strip()
    dashed = between in ("–", "—", "-")
    opened = bool(RANGE.search(text[: one.start])) and between in ("to", "and", "до", "и")
    return dashed or opened


def _in_range(one: Quantity) -> Quantity:
    return replace(one, bound="", ranged=True)


def _summed(found: list[Quantity], text: str) -> list[Quantity]:
    """Join "4 minutes 10 seconds" to one quantity, and "nine euros fifty"."""
    result: list[Quantity] = []
    for one in found:
        last = result[-1] if result else None
        if last and JOINT.fullmatch(text[last.end : one.start]):
            if last.unit == one.unit in SUMMED and one.value < last.value / last.amount:
                value = last.value + one.value
                words = text[last.start : one.end]
                result[-1] = replace(last, value=value, amount=value, words=words, end=one.end)
                continue
            cents = CENTS.match(text, one.end)
            if last.money and not one.unit and (cents or (last.spelled and one.spelled)):
                value, end = last.value + one.value / 100, cents.end() if cents else one.end
                words = text[last.start : end]
                result[-1] = replace(last, value=value, amount=value, words=words, end=end)
                continue
        result.append(one)
    return result


def same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are one value, however it is written."""
    for left, right in ((one, other), (other, one)):
        if left.unit == "clock" and right.unit in ("s", ""):
            return abs(left.value - right.amount * 60) < NEAR
        if left.unit == "month" and right.unit == "s":
            return abs(left.value * 30 * DAY - right.value) < NEAR
        if left.unit == "GBP" and right.unit == "lb":
            return abs(left.value - right.value) < NEAR
    return one.unit == other.unit and _near(one.value, other.value)


def same_amount(one: Quantity, other: Quantity) -> bool:
    """Tell whether both have the same number, whatever its unit."""
    return _near(one.amount, other.amount)


def truly_within(one: Quantity, fact: Quantity) -> bool:
    """Tell whether "over 40 hours" follows from 42 hours, or "under 5 minutes" from 4."""
    if one.unit != fact.unit or not fact.value:
        return False
    share = one.value / fact.value
    return (one.bound == "over" and 0.75 <= share < 1 and fact.bound != "up") or (
        one.bound == "under" and 1 < share <= 1.6 and fact.bound not in ("from", "over")
    )


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR * max(1.0, abs(one))
