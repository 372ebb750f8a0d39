"""Numbers and times of a Russian text: words become figures, spoken times become clock times.

text2num knows no Russian, and spoken times ("без двадцати семь") need cases anyway.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from samovar.morphology import analyzer, flat

CARDINALS = """ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать
    тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать""".split()
TENS = """двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто""".split()
HUNDREDS = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
COLLECTIVES = "двое трое четверо пятеро шестеро семеро восьмеро девятеро десятеро".split()
ORDINALS = """первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый
    одиннадцатый двенадцатый тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый
    восемнадцатый девятнадцатый двадцатый""".split()
TENTHS = """тридцатый сороковой пятидесятый шестидесятый семидесятый восьмидесятый
    девяностый сотый""".split()
OTHERS = {"оба": 2, "пара": 2, "десяток": 10, "дюжина": 12, "тысяча": 1000, "миллион": 10**6}
SCALES = (1000, 10**6)
AMBIGUOUS = frozenset({"семью", "сорока", "сороки", "сороке", "пар", "стам", "стами", "стах"})
"""Forms that are more often another word: "всю семью"."""
HALVES = {
    "полчаса": "30 минут",
    "получаса": "30 минут",
    "полтора часа": "90 минут",
    "полутора часов": "90 минут",
    "полтора": "1.5",
    "полторы": "1.5",
    "полутора": "1.5",
    "полкило": "0.5 кило",
    "полкилограмма": "0.5 килограмма",
    "пол-литра": "0.5 литра",
    "поллитра": "0.5 литра",
    "полгода": "6 месяцев",
    "полдень": "12:00 pm",
    "полудня": "12:00 pm",
    "полудню": "12:00 pm",
    "полночь": "12:00 am",
    "полуночи": "12:00 am",
    "дважды": "2x",
    "трижды": "3x",
    "наполовину": "1/2",
}
CLOCK = r"(?:в|во|к|ко|до|после|с|со|около|раньше|позже|позднее|ровно)"
RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(\d) (\d{3})(?= \d{3}\b|\b)"), r"\1\2"),
    (re.compile(r"\bчетверть часа\b|\bчетверти часа\b"), "15 минут"),
    (re.compile(r"\b(\d+) с половиной часа\b"), r"\1.5 часа"),
    (re.compile(r"\b(\d+) с половиной\b"), r"\1.5"),
    (re.compile(r"\b(без \d+(?: минут\w*)?|без четверти) час\b"), r"\1 1"),
    (re.compile(r"\bчасу? (дня|ночи)\b"), r"1 час \1"),
    (re.compile(r"\b1 (час[уа]?|года?|минут[уы])\b(?! дня| ночи)"), r"\1"),
    (re.compile(r"\b24:00\b"), "0:00"),
    (re.compile(rf"({CLOCK} \d\d?) (дня|ночи)\b"), r"\1 час \2"),
    (re.compile(r"(?<=\d)-(?:го|й|ю|я|е|ое|ого|ый|му|м|ая|ую|ти|и|х)\b"), "-й"),
)
HOUR = re.compile(
    r"\b(?:(?P<half>половин\w+|пол) |(?P<past>четверть) |без (?P<quarter>четверти) (?:час\w* )?"
    r"|без (?P<left>\d+)(?: минут\w*)? |(?P<minutes>\d+) минут\w* )(?P<hour>\d+)(?P<th>-й)?\b"
    r"(?! ?(?:час|минут))"
)
PAIR = re.compile(r"\b(в|во|на|к|до|после|с) (\d\d?) ([1-5]\d)\b(?! ?(?:минут|рубл|процент|челов))")
PART = re.compile(
    r"\b(\d\d?)(?::(\d\d))?(?: час\w*)?(?:(?<=час)|(?<=часа)|(?<=часам)|(?<=часов)|(?<=\d)) "
    r"(утра|дня|вечера|ночи)\b"
)
HOURS = re.compile(r"\b(\d+)[.,]5 час\w*")
NOBODY = re.compile(r"\bни одн\w+|\bни один\b|\bодн\w+ и т\w+ же\b")
WORD = re.compile(r"\d+(?:[.,:/]\d+)*(?:-[а-яё]+)?|[^\W\d_]+(?:-[^\W\d_]+)*|%|[^\w\s]|\w+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """Hold what one word counts."""

    value: int
    ordinal: bool = False
    direct: bool = False
    """In the nominative: "семь" ends the spoken time "без двадцати семь"."""


@cache
def numerals() -> dict[str, Numeral]:
    """Return every form of the numerals below a thousand, and of thousand and million."""
    named = [(word, value, False) for value, word in enumerate(CARDINALS)]
    named += [(word, 10 * at, False) for at, word in enumerate(TENS, 2)]
    named += [(word, 100 * at, False) for at, word in enumerate(HUNDREDS, 1)]
    named += [(word, value, False) for value, word in enumerate(COLLECTIVES, 2)]
    named += [(word, value, False) for word, value in OTHERS.items()]
    named += [(word, value, True) for value, word in enumerate(ORDINALS, 1)]
    named += [(word, 10 * at, True) for at, word in enumerate(TENTHS, 3)]
    forms: dict[str, Numeral] = {}
    for word, value, ordinal in named:
        reading = next(one for one in analyzer().parse(word) if flat(one.normal_form) == flat(word))
        for form in reading.lexeme:
            found = flat(form.word)
            if found not in AMBIGUOUS:
                direct = found == flat(word)
                forms.setdefault(found, Numeral(value, ordinal, direct))
    return forms


@cache
def figures(text: str) -> str:
    """Return a Russian text in lower case with figures for number words and clock times.

    Ordinals end in -й; of clock times am or pm is told where the text tells it.

    >>> figures("Разбуди меня без двадцати семь вечера, через полтора часа")
    'разбуди меня 6:40 pm , через 90 минут'
    """
    low = NOBODY.sub("никакой", flat(text.lower().replace("\u00a0", " ")))
    for spoken, written in HALVES.items():
        low = re.sub(rf"\b{spoken}\b", written, low)
    said = " ".join(_counted(WORD.findall(low)))
    for pattern, written in RULES:
        said = pattern.sub(written, said)
    said = HOUR.sub(_clock, said)
    said = PAIR.sub(r"\1 \2:\3", said)
    said = PART.sub(_part, said)
    return HOURS.sub(lambda match: f"{int(match[1]) * 60 + 30} минут", said)


def _counted(tokens: list[str]) -> list[str]:
    """Replace each run of number words by its figure, ordinals as 7-й."""
    said: list[str] = []
    total, part, ordinal, oblique, running = 0, 0, False, False, False

    def close() -> None:
        nonlocal total, part, running
        if running:
            said.append(f"{total + part}" + ("-й" if ordinal else ""))
        total, part, running = 0, 0, False

    for token in tokens:
        one = numerals().get(token)
        if one is None and token.startswith("пол") and token[3:] in numerals():
            close()
            said += ["пол", f"{numerals()[token[3:]].value}-й"]
            continue
        if one is None:
            close()
            said.append(token)
            continue
        if one.value in SCALES and not one.ordinal:
            if not running and said and said[-1].isdigit():
                part = int(said.pop())
            total, part = total + (part or 1) * one.value, 0
        else:
            late = oblique and one.direct and "без" in said[-1:]
            if running and (late or not _fits(total, part, one.value)):
                close()
            part += one.value
        running, ordinal, oblique = True, one.ordinal, not one.direct
    close()
    return said


def _fits(total: int, part: int, value: int) -> bool:
    """Tell whether `value` continues a number: 300 50, 20 5, but not 10 7."""
    if part == 0:
        return total > 0
    if value < 10:
        return part % 10 == 0 and part % 100 != 10 and value > 0
    return part % 100 == 0 and value < 100


def _clock(match: re.Match[str]) -> str:
    hour = int(match["hour"])
    if hour > 24 or ((match["past"] or match["minutes"]) and not match["th"]):
        return match.group()
    before = (hour - 1) or 12
    if match["half"]:
        return f"{before}:30"
    if match["past"]:
        return f"{before}:15"
    if match["quarter"]:
        return f"{before}:45"
    minutes = int(match["left"] or match["minutes"])
    return f"{before}:{60 - minutes if match['left'] else minutes:02d}"


def _part(match: re.Match[str]) -> str:
    """Return 18:00 for "6 вечера"; "на 3 ночи" stays three nights."""
    hour, minutes, part = int(match[1]), match[2] or "00", match[3]
    if part in ("дня", "ночи") and not match[2] and "час" not in match.group():
        return match.group()
    late = {"утра": False, "вечера": True, "дня": True, "ночи": hour in (9, 10, 11)}[part]
    late = late and not (part == "дня" and hour in (10, 11))
    return f"{hour % 24}:{minutes} {'pm' if late or hour > 12 else 'am'}"
