"""English quantities: number words by text_to_num; spoken times, fractions, bounds and units by tables."""

from __future__ import annotations

import re
from functools import cache

from text_to_num import alpha2digit

from samovar.paraphrase.analysis.numbers.notation import DAY, HOUR, MINUTE, WEEK, Notation, Unit

ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
TENS = "fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
SPELLED: tuple[tuple[str, str], ...] = (
    (r"[’‘]", "'"),
    (r"'s\b", " 's"),
    (r"(?<=\d) ?million\b", " mln"),
    (r"(?<=\d) thousand\b", " k"),
    (r"\bevery (?:other|second) (?=day|week|month|year|hour|morning|night)", "every 2 "),
    (r"\balternate (?=days|weeks)", "2 "),
    (rf"\b({ONES}|{TENS}|first|second|third|fourth|fifth|tenth)-(?!{ONES})(?=[a-z])", r"\1 "),
    (r"\b(\d+|ten|five|fifteen|thirty|forty-five|sixty|an?|per|split) second\b", r"\1 sec"),
    (r"[- ]years?[- ]olds?\b", ""),
    (r"\bhalf a dozen\b", "6"),
    (r"\b(?:an?|one) (?=dozen|couple|pair)|\bthe (?=couple)", ""),
    (r"(?<!\w)(?:dozen)\b", "12"),
    (r"\b(?:couple|pair)\b(?: of)?|\bboth\b", "2¿"),
    (r"\bdouble(?=-| entr| check)", ""),
    (r"\btwice\b", "2 times"),
    (r"\bdoubl(?:e|ed|ing)\b", "2¿ times"),
    (r"\bthrice\b|\btripl(?:e|ed|ing)\b", "3 times"),
    (r"\bbelow zero\b", "belowzero"),
    (r"\b(?:an hour|one hour) and a half\b|\bhour and a half\b", "90 minutes"),
    (r"\bthree[- ]quarters? of an hour\b", "45 minutes"),
    (r"\b(?:a )?quarter of an hour\b|\bquarter[- ]hour\b", "15 minutes"),
    (r"\bhalf (?:an )?hour\b|\bhalf-hour\b", "30 minutes"),
    (r"\bhalf (?:of )?(?:an?|the) (?=year\b)|\bhalf-(?=year\b)", "0.5 "),
    (r"\b(?:twelve |12 )?(?:noon|midday)\b", "12:00 pm"),
    (r"\b(?:twelve |12 )?midnight\b|\b(?:twelve|12) at night\b", "12:00 am"),
    (r"\bhalf (?:of )?an? (?=[a-z])", "0.5 "),
    (r"\b(quarter|half)-(?:(past|to)-)?(?=[a-z])", r"\1 \2 "),
    (r"\btwo[- ]thirds\b", "2/3"),
    (r"\b(?:a|one)[- ]third\b", "1/3"),
    (r"\b(?:a|one)[- ]fifth\b", "1/5"),
    (r"\bthree[- ]quarters\b", "3/4"),
    (r"\b(?:a|one)[- ]quarter of\b", "1/4 of"),
    (
        r"(?<!and a )\bhalf\b(?! past| \d| (?:two|three|four|five|six|seven|eight|nine|ten|eleven"
        r"|twelve)\b)",
        "1/2",
    ),
    (r"\bhalv(?:e|ed|ing)\b", "1/2"),
    (
        rf"\b(at|by|until|till|to|is|before|after|and|the|for) (five|ten|twenty|twenty-five) (to"
        rf"|past) ({ONES})\b(?! \w+s\b)",
        r"\1 \2 minutes \3 \4",
    ),
    (r"(?<!times )(?<!time )(?<!once )\ban? (?=(?:hour|minute|week|month|year|fortnight)\b)", "1 "),
    (r"\bper 1 ", "per "),
)
"""Before number words become figures; in lower case."""
WRITTEN: tuple[tuple[str, str], ...] = (
    (r"(?<=\d),(?=\d{3}\b)", ""),
    (r"\b(\d+) and 0\.5 |\b(\d+) and a half\b", r"\1\2.5 "),
    (r"(?<=\d) (?=\.5 )", ""),
    (r"\b(\d+) (?:degrees )?belowzero\b", r"-\1 degrees"),
    (r"\bhalf past (\d+)\b|\bhalf (\d\d?)\b(?!%)", r"\1\2:30"),
    (r"\b(?:a )?quarter past (\d+)\b", r"\1:15"),
    (r"\b(\d\d?) o'clock\b", r"\1:00"),
    (r"\b(1?\d) ([0-5]\d)(?= ?[ap]\.?m\b| (?:tomorrow|in the|this) )", r"\1:\2"),
    (
        r"\b(at|by|until|till|before|after|from|for|around|to) ([01]?\d"
        r"|2[0-3])[ .]([0-5]\d)\b(?! ?(?:%|\$|[a-z]{2,}s\b)|[.\d])",
        r"\1 \2:\3",
    ),
    (
        r"\b(\d\d?)(:\d\d)? (?:in the|this|tomorrow|that|on \w+|\w+day) morning\b",
        r"\1\2 am in the morning",
    ),
    (
        r"\b(\d\d?)(:\d\d)? (?:(?:in the|this|tomorrow|that|\w+day) (?:evening|afternoon)|at night"
        r"|tonight)\b",
        r"\1\2 pm in the evening",
    ),
)
"""After it."""
TO = re.compile(
    r"\b(?:a )?quarter (?:to|before) (\d\d?)\b|\b(?:at|by|until|before"
    r"|after) (\d\d?) to (\d\d?)\b(?! \w+s\b)"
)


@cache
def figures(text: str) -> str:
    """Return an English text in lower case with figures for number words and spoken times.

    >>> figures("Half past Five, a couple of times; an hour and a half before noon")
    '5:30, 2¿ times; 90 minutes before 12:00 pm'
    """
    said = text.lower()
    for pattern, written in SPELLED:
        said = re.sub(pattern, written, said)
    said = alpha2digit(said, "en", threshold=0)
    said = TO.sub(_before, said)
    for pattern, written in WRITTEN:
        said = re.sub(pattern, written, said)
    return said


def _before(match: re.Match[str]) -> str:
    """Return 5:45 for "quarter to 6" and 6:10 for "10 minutes past 6"."""
    minutes, hour = int(match[2] or 15), int(match[1] or match[4])
    if match[3] == "past":
        return f"{hour}:{minutes:02d}"
    return f"{(hour - 1) or 12}:{60 - minutes:02d}"


COLDER = "less|fewer|cheaper|smaller|shorter|younger|lower|colder|cooler|lighter|slower|closer|nearer|weaker"
LARGER = (
    "more|greater|higher|larger|bigger|longer|older|taller|heavier|warmer|hotter|louder|faster"
    "|further|farther"
)
NOTATION = Notation(
    figures=figures,
    units=(
        Unit("secs?|seconds?", "s"),
        Unit("mins?|minutes?", "s", MINUTE),
        Unit("hours?|hrs?|h", "s", HOUR),
        Unit("days?", "s", DAY),
        Unit("weeks?", "s", WEEK),
        Unit("fortnights?", "s", 2 * WEEK),
        Unit("months?", "month"),
        Unit("years?", "month", 12),
        Unit("(?:us )?dollars?|bucks?", "USD"),
        Unit("cents?", "USD", 0.01),
        Unit("euros?", "EUR"),
        Unit("(?:british )?pounds?(?: sterling)?|quid", "GBP"),
        Unit("yen", "JPY"),
        Unit("rubles?|roubles?", "RUB"),
        Unit("percent|per cent|percentage points?", "%"),
        Unit("degrees?(?: |-)?(?:celsius|centigrade|c)|celsius", "°C"),
        Unit("degrees?(?: |-)?(?:fahrenheit|f)|fahrenheit", "°F"),
        Unit("degrees?", "degree"),
        Unit("times?", "times"),
        Unit("kilos?|kilograms?", "g", 1000),
        Unit("grams?|grammes?", "g"),
        Unit("kilomet(?:er|re)s?", "m", 1000),
        Unit("met(?:er|re)s?", "m"),
        Unit("centimet(?:er|re)s?", "m", 0.01),
        Unit("kilomet(?:er|re)s? (?:an|per|1) hour", "km/h"),
        Unit("miles? (?:an|per|1) hour", "mph"),
        Unit("miles?", "mile"),
        Unit("pixels?", "px"),
        Unit("(?:foot|feet|ft)", "foot"),
        Unit("inch(?:es)?", "inch"),
        Unit("lit(?:er|re)s?|l", "l"),
        Unit("millilit(?:er|re)s?", "l", 0.001),
        Unit("gallons?", "gallon"),
        Unit("ounces?|oz", "ounce"),
        Unit("gigabytes?|gigs?", "GB"),
        Unit("megabytes?", "MB"),
    ),
    months=tuple(
        "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may(?=\\s?(?:$|[.,;:!?\\d]|at\\b|in\\b)) june? "
        "july? aug(?:ust)? sept?(?:ember)? oct(?:ober)? nov(?:ember)? dec(?:ember)?".split()
    ),
    before=(
        (
            r"(?:no|not|nothing)(?: any)? (?:fewer|less) than|at least|(?:a )?minimum(?: of)?|min\.?"
            r"|not below",
            "at least",
        ),
        (r"(?:at )?no later than|not (?:later than|after)|no later", "by"),
        (r"no earlier than|not (?:earlier than|before|until)", "from"),
        (r"by|before|earlier than|sooner than|ahead of", "by"),
        (r"after|later than|starting(?: at| from)?|as of", "from"),
        (
            rf"(?:no|not|nothing|never)(?: any)? (?:{LARGER}) than|at most"
            rf"|(?:a )?max(?:imum)?\.?(?: of)?|as many as"
            r"|no(?:t|thing)? (?:above|over)|n.t exceed|not exceed(?:ing)?|capped at"
            r"|limit(?:ed)? (?:to|of)|(?:with)?in(?:side)(?: of)?|within(?: the next)?",
            "at most",
        ),
        (rf"(?:{COLDER}) than|under|below|beneath", "less"),
        (rf"(?:{LARGER}) than|above|exceed(?:s|ing)?|beyond|upwards? of|in excess of", "more"),
        (r"over|past", "over"),
        (r"up to", "limit"),
        (r"between", "at least"),
        (r"between \S+(?: \w+)? and", "at most"),
        (
            r"about|around|approximately|approx\.?|roughly|nearly|almost|circa|~|something like"
            r"|close to",
            "about",
        ),
        (r"until|till|to", "limit"),
        (r"exactly|precisely|just|only", "exactly"),
    ),
    after=(
        (r"at the (?:very )?latest|or (?:earlier|sooner|before)", "by"),
        (
            r"onwards?|on(?= ?[,.]|$)|(?:and|or) (?:later|after)(?= ?[,.]|$)|or after|at the earliest",
            "from",
        ),
        (
            r"or (?:fewer|less|under|below|cheaper|lower|shorter)|and (?:under|below)"
            r"|at (?:the very )?most"
            r"|max(?:imum)?|tops|and no more",
            "at most",
        ),
        (
            r"or (?:more|above|over|up|\w+er)|and (?:up|over|above)|plus(?= ?[,.]|$)|\+"
            r"|at (?:the very )?least"
            r"|minimum|at a minimum",
            "at least",
        ),
        (r"or so|ish|-ish|give or take", "about"),
    ),
    negating=r"\b(?:not?(?! (?:more|fewer|less|later|earlier))|never|nobody|none|nothing|without"
    r"|unless|except|neither"
    r"|nor|refuse|reject|deny|avoid|stop|forbid|longer|otherwise|only|rest|others?|remaining|keep)\b"
    r"|n't",
    limiting=r"\b(?:limit|ceiling|cap|m[oi]st|least|max\w*|min\w*|upper|lower|exceed\w*|pass\w*"
    r"|reach\w*|excess|beyond|hits?"
    r"|drop\w*|fall\w*|rises?|\w+er|enough|as much|as many|above|below|over|under|gets? to|deadline"
    r"|latest|earliest|range)\b",
    unnamed=frozenset(
        "to for from at in on of and or by with if when before after until the a an".split()
    )
    - {"of"},
)
