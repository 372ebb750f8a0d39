"""Bounds of numbers: "up to", "at least", «около», before them or closely behind."""

from __future__ import annotations

import re
from typing import Literal

Bound = Literal["", "up", "from", "about", "over", "under"]
BOUNDS: tuple[tuple[Bound, str], ...] = (
    (
        "up",
        r"up to|as (?:many|much|long|far|low) as|at (?:the )?most|no (?:more|\w+er) than|not more than"
        r"|not one more|a? ?maximum(?: of)?|max\.?"
        r"|within|limit(?:ed)? (?:of|to)|top(?:s out)? (?:at|of)|until"
        r"|ceiling|does not exceed"
        r"|не(?: \w+)? (?:более|больше|дольше|выше|свыше|позже)(?: чем)?|до|максимум|самое большее"
        r"|в пределах|предел\w*|не превыша\w+|потолок",
    ),
    (
        "from",
        r"from|starting (?:at|from)|starts? (?:at|from|with)|at least|no(?:t)? (?:less|fewer) than"
        r"|a? ?minimum(?: of| order)?|or \w+er|or more|and up|(?:the )?(?:least|lowest|smallest)|от|минимум"
        r"|не(?: \w+){0,2} (?:менее|меньше|ниже|раньше)(?: чем)?(?: через)?"
        r"|минимальн\w+ сумм\w|наименьш\w+|достаточно|для начала"
        r"|начина\w+ с|хотя бы|начиная|начать (?:можно )?с|порог\w*(?: —)?",
    ),
    (
        "about",
        r"about|around|approximately|roughly|some|on average|average(?: of)?|an average|nearly|almost"
        r"|or so|give or take|typically|typical"
        r"|около|примерно|приблизительно|в среднем|средн\w+|порядка|почти|где-то",
    ),
    (
        "over",
        r"(?<!no )(?<!not )more than|over|above|exceed\w*|(?<!не )(?:более|больше|дольше) чем"
        r"|свыше|(?<!не )более|(?<!не )больше",
    ),
    (
        "under",
        r"under|less than|fewer than|below|lighter than|shorter than|легче|короче|дешевле"
        r"|(?<!не )менее|(?<!не )меньше(?: чем)?|быстрее чем за",
    ),
)
BOUND_BEFORE = tuple(
    (bound, re.compile(rf"(?<!\w)(?:{words})(?:[\s\u00a0]+\S+)?[\s\u00a0]*$", re.IGNORECASE))
    for bound, words in BOUNDS
)
BOUND_NEXT = tuple(
    (bound, re.compile(rf"(?<!\w)(?:{words})[\s\u00a0]*$", re.IGNORECASE))
    for bound, words in BOUNDS
)
BOUND_ANY = tuple(
    (bound, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for bound, words in BOUNDS
)


def bound_of(text: str, start: int, end: int) -> Bound:
    """Return the bound before the number, at most one word away, or closely behind it."""
    before, after = text[max(0, start - 40) : start], text[end : end + 24]
    for patterns in (BOUND_NEXT, BOUND_BEFORE):
        for bound, pattern in patterns:
            # one word may stand between, but not behind "from": "from a socket of 12 V"
            if pattern.search(before) and (patterns is BOUND_NEXT or bound != "from"):
                return bound
    behind = re.match(
        r"[\s\u00a0]*(?:(or more|and up|or longer|и больше|и более)|(at most|maximum|or less|или меньше)"
        r"|(on average|or so|в среднем))",
        after,
        re.IGNORECASE,
    )
    if not behind:
        return ""
    return "from" if behind[1] else "up" if behind[2] else "about"


def bounds_in(text: str) -> frozenset[Bound]:
    """Return every bound that words of `text` express, whatever they belong to."""
    return frozenset(bound for bound, pattern in BOUND_ANY if pattern.search(text))
