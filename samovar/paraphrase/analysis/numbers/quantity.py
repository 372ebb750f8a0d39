"""A quantity: value, unit, bound; equal ones may be written otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace

DAY = 720
"""Minutes of half a day."""
NEAR = 1e-6
RANGES: dict[str, str] = {"at least": "<", "more": "<", "at most": ">", "less": ">"}
"""Bound → the side on which it is open."""
TIMED = ({"at most", "by"}, {"less", "by"}, {"more", "from"}, {"at least", "from"})
"""Bounds of a number and of a clock time that are the same."""
LOOSE = frozenset({"limit", "onward", "over", "about", "exactly"})
"""Bounds that may be read in another way ("by 9", «до 9», "over 3 days") or that hardly change the number."""
OPPOSED = {
    "limit": frozenset({"at least", "more", "from"}),
    "onward": frozenset({"at most", "less", "by"}),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold one number of a text with what it measures.

    `kind` is count, ordinal, clock, date, or measure. A clock's value are minutes of half a day, its
    unit am, pm or nothing; a date's are day, month; durations are seconds or months.
    """

    kind: str
    value: tuple[float, ...]
    unit: str
    bound: str
    text: str
    """As the normalised text has it, for people."""
    noun: str = ""
    """Lemma of what is counted."""
    lead: str = ""
    """The word before it that is no article."""
    amount: float = 0
    """The number as it is written, before its unit changes it."""
    around: frozenset[str] = frozenset()
    """Units of the same text that may hold for a bare number: "15 cm deep and 20 apart"."""
    optional: bool = False
    """One, both, a couple: an article or a plural may stand for it."""
    start: int = 0
    end: int = 0
    """In the normalised text."""


def same_value(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities have one value, whatever bound and unit.

    A bare "7" may be a clock time, "line 12" is the twelfth line, half of it are 50 %; of dates in
    figures nobody knows which comes first, day or month.
    """
    kinds = {one.kind, other.kind}
    if kinds == {"clock", "count"}:
        clock, count = sorted((one, other), key=lambda q: q.kind)
        return clock.value[0] == count.value[0] * 60 % DAY and count.value[0] <= 24
    if kinds == {"date", "ordinal"} or kinds == {"date", "count"}:
        date, day = (one, other) if one.kind == "date" else (other, one)
        return date.value[0] == day.value[0]
    if "date" in kinds:
        written = {one.unit, other.unit} == {"", "named"}
        mixed = written and sorted(one.value[:2]) == sorted(other.value[:2])
        return len(kinds) == 1 and (mixed or one.value[:2] == other.value[:2])
    if (one.kind == "clock") != (other.kind == "clock"):
        return False
    if kinds == {"count"} and _hours(one, other):
        return True
    shares = {"%", "times"} & {one.unit, other.unit}
    first, second = (_share(q) if shares else q.value[0] for q in (one, other))
    if _inherited(one, other):
        first, second = one.amount, other.amount
    return abs(first - second) <= NEAR * max(1, abs(first))


def _hours(one: Quantity, other: Quantity) -> bool:
    """Tell whether two bare numbers are one hour of the day: "after 4", "not before 16"."""
    first, second = sorted(q.value[0] for q in (one, other))
    timed = "" not in (one.bound, other.bound) and not one.noun and not other.noun
    return timed and 1 <= first <= 12 and second == first + 12


def _share(one: Quantity) -> float:
    return one.value[0] / 100 if one.unit == "%" else one.value[0]


def _inherited(one: Quantity, other: Quantity) -> bool:
    """Tell whether one of the two is bare and its text has the unit of the other."""
    bare, measured = (one, other) if not one.unit else (other, one)
    return bare.kind == "count" and not bare.unit and measured.unit in bare.around


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are measured alike; a morning needs not be told from an evening."""
    units = {one.unit, other.unit}
    if {one.kind, other.kind} & {"clock", "date"}:
        return len(units) == 1 or "" in units or one.kind == "date"
    loose = units in (
        {"degree", "°C"},
        {"degree", "°F"},
        {"degree", ""},
        {"times", ""},
        {"times", "%"},
    )
    shares = units == {"%", ""} and min(one.value[0], other.value[0]) < 1
    return len(units) == 1 or loose or shares or _inherited(one, other)


def same_bound(one: Quantity, other: Quantity) -> bool:
    """Tell whether two bounds may ask for the same."""
    first, second = one.bound, other.bound
    if first == second or second in OPPOSED.get(first, ()) or first in OPPOSED.get(second, ()):
        return first == second
    if {first, second} & LOOSE:
        return not ({first, second} <= {"exactly", *RANGES} and "exactly" in (first, second))
    if {first, second} in TIMED:
        return True
    smooth = one.kind != "count" and other.kind != "count"
    return smooth and first in RANGES and RANGES[first] == RANGES.get(second)


def contrary(one: Quantity, other: Quantity) -> bool:
    """Tell whether two bounds are open to different sides."""
    first, second = RANGES.get(one.bound), RANGES.get(other.bound)
    return bool(first and second and first != second) or {one.bound, other.bound} == {"by", "from"}


def whole(one: Quantity) -> Quantity:
    """Return a strict bound of counted things as the other one: more than 5 are at least 6."""
    step = {"more": ("at least", 1), "less": ("at most", -1)}.get(one.bound)
    if one.kind != "count" or not step or one.value[0] != int(one.value[0]):
        return one
    return replace(one, bound=step[0], value=(one.value[0] + step[1],))


def equal(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are the same, only written otherwise."""
    pairs = ((one, other), (whole(one), whole(other)))
    return any(same_value(*p) and same_unit(*p) and same_bound(*p) for p in pairs)
