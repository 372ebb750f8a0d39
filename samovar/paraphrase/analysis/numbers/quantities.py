"""Numbers of a text: values with sign, unit and bound, clock times, dates, what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from samovar.paraphrase.analysis.numbers.notation import (
    CURRENCIES,
    SYMBOLS,
    Notation,
    Unit,
    alternatives,
)
from samovar.paraphrase.analysis.numbers.quantity import LOOSE, Quantity
from samovar.records import Token

ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b")
FIGURES = re.compile(
    r"\b(?P<day>\d{1,2})(?P<sign>[/.])(?P<month>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d\d))?\b(?![:%])"
)
FRACTIONS = {"1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "1/8"}
CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d)(?::\d\d)?)?"
    r"(?: ?(?P<half>[ap])(?:m\b|\.m\.?))(?!\w)"
    r"|\b(?P<hour2>[01]?\d|2[0-4]):(?P<minute2>[0-5]\d)(?![:\d])"
)
NUMBER = re.compile(
    r"(?P<currency>[$€£¥₽])? ?(?P<sign>(?<![\w.\-])[-−–](?=[\d$€£])|\bminus |\bnegative "
    r"|\bминус )?(?P<money>[$€£])?"
    r"(?<![\w.:/])(?P<top>\d+)(?:/(?P<bottom>\d)|(?P<part>\.\d+))?(?P<ordinal>st\b|nd\b|rd\b|th\b"
    r"|-й\b)?(?P<loose> ?¿)?(?P<plus>\+)?"
    r"(?: ?(?P<scale>k|к|thousand|тыс\w*|mln|million|млн|миллион\w*)(?![\w/]))?"
)
SCALES = {"k": 1e3, "к": 1e3, "т": 1e3, "m": 1e6, "м": 1e6}
TIMES = {"more": "from", "at least": "from", "less": "by", "at most": "by", "over": "from"}
"""Bound of a number → the same of a clock time or a date."""
BEFORE = r"(?:^|(?<=[\W\d]))(?:{})(?: (?:an?|the|of|to|at|в|на))?[ ,]*$"
AFTER = r"(?:[ \-]?[^\W\d]\w*){{0,2}}?[ ,]*(?:{})(?!\w)"
"""Where the words of a bound stand."""
JOINS = re.compile(r" ?(?:and|и)? ?")
ARTICLES = frozenset({"the", "a", "an"})
WORD = re.compile(r"[^\W\d_][\w'\-]*")


def quantities(text: str, notation: Notation, tokens: Sequence[Token]) -> tuple[Quantity, ...]:
    """Return the quantities of `text` in their order; `tokens` tell the nouns counted.

    >>> from samovar.paraphrase.analysis.numbers.english import NOTATION
    >>> [(q.value, q.unit, q.bound) for q in quantities("at least two cups, half an hour", NOTATION, ())]
    [((2.0,), '', 'at least'), ((1800.0,), 's', '')]
    """
    said = left = notation.figures(text)
    found: list[Quantity] = []
    for scan in (_dates, _clocks, _numbers):
        for one in list(scan(left, notation)):
            found.append(one)
            left = left[: one.start] + "#" * (one.end - one.start) + left[one.end :]
    nouns = {t.lower: t.lemma for t in tokens if t.pos in ("NOUN", "PROPN")}
    placed = [_bounded(one, said, notation) for one in sorted(found, key=lambda q: q.start)]
    named = [replace(one, noun=_noun(said[one.end :], nouns, notation)) for one in placed]
    return tuple(_inheriting(list(_merged(named, said))))


def _inheriting(found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the quantities, the bare ones with the units of the others."""
    units = frozenset(one.unit for one in found if one.kind == "measure")
    for one in found:
        yield replace(one, around=units) if one.kind == "count" and not one.noun else one


def _dates(said: str, notation: Notation) -> Iterator[Quantity]:
    for match in ISO.finditer(said):
        yield _date(match, int(match["day"]), int(match["month"]), "named")
    for match in FIGURES.finditer(said):
        day, month = int(match["day"]), int(match["month"])
        written = (
            match["sign"] == "/" or match["year"] or "0" in (match["day"][0], match["month"][0])
        )
        fraction = match[0] in FRACTIONS or match[0] == "24/7"
        clock = (
            match["sign"] == "."
            and not match["year"]
            and re.match(r" ?[ap]\.?m", said[match.end() :])
        )
        if written and not fraction and not clock and 0 < day <= 31 and 0 < month <= 31:
            yield _date(match, day, month, "")
    for month, name in enumerate(notation.months, 1):
        for match in _months(name).finditer(said):
            yield _date(match, int(match["day"] or match["day2"]), month, "named")


@cache
def _months(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|-й)?(?: of)? (?:{name})\b"
        rf"|\b(?:{name}),? (?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th|-й)?\b(?![:.]\d| ?[ap]\.?m)"
    )


def _date(match: re.Match[str], day: int, month: int, unit: str) -> Quantity:
    return Quantity("date", (day, month), unit, "", match[0], start=match.start(), end=match.end())


def _clocks(said: str, notation: Notation) -> Iterator[Quantity]:
    for match in CLOCK.finditer(said):
        hour, minute = (
            int(match["hour"] or match["hour2"]),
            int(match["minute"] or match["minute2"] or 0),
        )
        half = {"a": "am", "p": "pm"}.get(match["half"] or "", "")
        if not half:
            following = re.match(r" ?([ap])\.?m\b", said[match.end() :])
            half = f"{following[1]}m" if following else "pm" if 12 < hour < 24 else ""
            half = "am" if hour in (0, 24) else half
        value = (float(hour % 12 * 60 + minute),)
        yield Quantity("clock", value, half, "", match[0], start=match.start(), end=match.end())


def _numbers(said: str, notation: Notation) -> Iterator[Quantity]:
    units = _units(notation)
    for match in NUMBER.finditer(said):
        value = float(match["top"] + (match["part"] or "")) / float(match["bottom"] or 1)
        value *= SCALES[match["scale"][0]] if match["scale"] else 1
        value *= -1 if match["sign"] else 1
        unit, end = _unit(said, match.end(), units)
        unit = None if unit and unit.name == "month" and value > 1000 else unit  # the year 2015
        money = match["currency"] or match["money"]
        unit = Unit("", CURRENCIES[money]) if money else unit
        kind = "ordinal" if match["ordinal"] else "measure" if unit else "count"
        factor, name = (unit.factor, unit.name) if unit else (1, "")
        loose = bool(match["loose"]) or (value == 1 and name not in ("%", *CURRENCIES.values()))
        text = said[match.start() : end].replace("¿", "").strip()
        around = Quantity(kind, (value * factor,), name, "", text, amount=value, optional=loose)
        bound = "at least" if match["plus"] else ""
        yield replace(around, bound=bound, start=match.start(), end=end)


@cache
def _units(notation: Notation) -> tuple[tuple[re.Pattern[str], Unit], ...]:
    return alternatives((*notation.units, *SYMBOLS))


def _unit(
    said: str, at: int, units: Sequence[tuple[re.Pattern[str], Unit]]
) -> tuple[Unit | None, int]:
    """Return the unit behind the number that ends at `at`, the longest that fits, and its end."""
    found = [(match.end(), unit) for pattern, unit in units if (match := pattern.match(said, at))]
    end, unit = max(found, key=lambda one: one[0], default=(at, None))
    return unit, end


def _bounded(one: Quantity, said: str, notation: Notation) -> Quantity:
    bound = one.bound or _fitting(said[: one.start], notation.before, BEFORE)
    if bound in ("", "limit", "onward"):
        bound = _fitting(said[one.end :], notation.after, AFTER, bound)
    if one.kind in ("clock", "date"):
        bound = TIMES.get(bound, bound)
    elif bound in ("by", "from"):  # only times are reached: "before 5 minutes", "by 10"
        bare = one.kind == "count" and not one.optional and one.value[0] <= 24
        bound = {"by": "limit", "from": "onward"}[bound] if bare else ""
    if bound == "over" and one.kind == "measure" and one.unit not in ("s", "month"):
        bound = "more"
    words = [word for word in WORD.findall(said[: one.start]) if word not in ARTICLES]
    optional = one.optional and bound in ("", *LOOSE)
    return replace(one, bound=bound, optional=optional, lead=words[-1] if words else "")


def _fitting(said: str, rows: Sequence[tuple[str, str]], frame: str, otherwise: str = "") -> str:
    find = re.search if frame.endswith("$") else re.match
    fitting = (bound for words, bound in rows if find(frame.format(words), said))
    return next(fitting, otherwise)


def _noun(after: str, nouns: dict[str, str], notation: Notation) -> str:
    """Return the lemma of the noun among the three words behind a number, without a preposition between."""
    for match in list(WORD.finditer(re.split(r"[,.;:!?]", after)[0]))[:3]:
        word = match[0]
        if word in notation.unnamed:
            return ""
        if word in nouns:
            return nouns[word]
    return ""


def _merged(found: Sequence[Quantity], said: str) -> Iterator[Quantity]:
    """Join "1 hour 30 minutes" and "5 dollars 20 cents" to one quantity each."""
    held: Quantity | None = None
    for one in found:
        if held and _joined(held, one, said):
            value = (held.value[0] + one.value[0],)
            held = replace(
                held, value=value, end=one.end, text=said[held.start : one.end], optional=False
            )
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _joined(one: Quantity, other: Quantity, said: str) -> bool:
    between = said[one.end : other.start]
    measured = one.kind == other.kind == "measure" and one.unit == other.unit in (
        "s",
        "USD",
        "EUR",
        "RUB",
    )
    return (
        measured
        and 0 < other.value[0] < one.value[0]
        and bool(JOINS.fullmatch(between))
        and not other.bound
    )
