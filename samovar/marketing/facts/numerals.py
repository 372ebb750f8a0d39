"""Numbers as they are written: figures with separators, and words, at their places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from samovar.morphology import flat, lemma
from samovar.phrases import Language

FIGURES = re.compile(
    r"(?<![\w.,])[-−]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:,\d{3})+(?![\d])|\d+)"
    r"(?:[.,]\d+)?(?!\d)"
)
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
ENGLISH = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
RUSSIAN = (
    {
        word: value
        for value, word in enumerate(
            "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
            "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать".split()
        )
    }
    | {
        word: 10 * value
        for value, word in enumerate(
            "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split(),
            2,
        )
    }
    | {
        word: 100 * value
        for value, word in enumerate(
            "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split(), 1
        )
    }
    | {
        word: value
        for value, word in enumerate("двое трое четверо пятеро шестеро семеро".split(), 2)
    }
)
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "тысяча": 1000, "миллион": 10**6}
DOZENS = {"dozen": 12.0, "десяток": 10.0, "дюжина": 12.0}
HALVES = {"полтора": 1.5, "полторы": 1.5, "полутора": 1.5}
HALF = re.compile(r"[\s\u00a0]+(?:and a half|с половиной)(?!\w)")
ORDINAL = re.compile(
    r"[\s\u00a0]+(?:(перв)|(втор)|(трет)|(четв[её]рт)|(пят)|(шест)|(седьм)|(восьм)|(девят))"
    r"(?:ы[йхм]|[оеь]?й|[оье]?го|[ое]му|[ои]м|и[йхм]|ая|ую|ье|ья)(?!\w)"
)
"""Behind a numeral of tens; the number of the group is what it adds."""
JOINED = re.compile(r"[\s\u00a0]*(?:-|and[\s\u00a0]+)?")
MIXED = frozenset({"семью", "сорока", "сто", "стам"})
"""Forms whose dictionary form is another word, or that mean a number only beside another one."""


@dataclass(frozen=True, slots=True)
class Number:
    """Hold one number and where it stands."""

    value: float
    start: int
    end: int
    spelled: bool = False
    """Written in words."""


def numbers(text: str, language: Language) -> list[Number]:
    """Return the numbers of `text` in its order.

    >>> [number.value for number in numbers("EUR 1,200 for twenty-four lines", "en")]
    [1200.0, 24.0]
    >>> [number.value for number in numbers("2 900 ₽, 1,6 кг за полтора часа", "ru")]
    [2900.0, 1.6, 1.5]
    """
    found = [Number(_value(m[0], language), m.start(), m.end()) for m in FIGURES.finditer(text)]
    found = sorted([*found, *_spelled(text, language)], key=lambda number: number.start)
    return _scaled([_extended(number, text) for number in found], text)


def _extended(number: Number, text: str) -> Number:
    """Return a number with the half, or the ordinal, behind it: "three and a half", «сорок второй»."""
    if half := HALF.match(text, number.end):
        return replace(number, value=number.value + 0.5, end=half.end())
    ordinal = ORDINAL.match(text, number.end) if number.spelled and not number.value % 10 else None
    if ordinal and ordinal.lastindex:
        return replace(number, value=number.value + ordinal.lastindex, end=ordinal.end())
    return number


def _scaled(found: list[Number], text: str) -> list[Number]:
    """Join figures with the scales behind them: «3 миллиона 840 тысяч»."""
    scaled: list[tuple[Number, float]] = []
    for number in found:
        last, scale = scaled[-1] if scaled else (None, 0.0)
        beside = last is not None and not text[last.end : number.start].strip(" \u00a0")
        figures = last is not None and (not last.spelled or last.value % 1 != 0)
        if last and beside and figures and number.spelled and number.value in SCALES.values():
            scaled[-1] = (
                replace(last, value=last.value * number.value, end=number.end),
                number.value,
            )
        else:
            scaled.append((number, 0.0))
    result: list[tuple[Number, float]] = []
    for number, scale in scaled:
        last, before = result[-1] if result else (None, 0.0)
        beside = last is not None and not text[last.end : number.start].strip(" \u00a0")
        if last and beside and number.value < before:
            result[-1] = replace(last, value=last.value + number.value, end=number.end), scale
        else:
            result.append((number, scale))
    return [number for number, _ in result]


def _value(written: str, language: Language) -> float:
    plain = re.sub(r"[ \u00a0\u202f]", "", written.replace("−", "-"))
    if language == "ru":
        return float(plain.replace(",", ".") if plain.count(",") == 1 else plain.replace(",", ""))
    return float(re.sub(r",(?=\d{3}(?!\d))", "", plain).replace(",", "."))


def _spelled(text: str, language: Language) -> Iterator[Number]:
    """Yield the numbers in words: neighbours join, as in "two hundred and fifty"."""
    sum_: _Sum | None = None
    start = end = 0
    for word in WORD.finditer(text):
        for value, scale, left, right in _words(word, language):
            apart = sum_ is not None and not JOINED.fullmatch(text[end:left])
            if sum_ is not None and (apart or not sum_.takes(value, scale)):
                yield Number(sum_.value, start, end, spelled=True)
                sum_ = None
            if sum_ is None:
                sum_, start = _Sum(), left
            sum_ = sum_.after(value, scale)
            end = right
    if sum_ is not None:
        yield Number(sum_.value, start, end, spelled=True)


@dataclass(frozen=True, slots=True)
class _Sum:
    """Hold a number in words as far as it was read: "three million", and of a next thousand "six hundred"."""

    whole: float = 0.0
    group: float = 0.0
    """What the next scale multiplies."""
    scale: float = float("inf")
    """The last one; what follows is smaller."""

    @property
    def value(self) -> float:
        return self.whole + self.group

    def takes(self, value: float, scale: int) -> bool:
        """Tell whether a numeral of this value, or a scale, goes on with the number."""
        if scale == 100:
            return 0 < self.group < scale
        if scale:
            return bool(self.group) and scale < self.scale
        if not self.group:
            return value < self.scale
        return (self.group % 100 == 0 and value < 100) or (
            self.group % 10 == 0 and self.group % 100 >= 20 and value < 10
        )

    def after(self, value: float, scale: int) -> _Sum:
        """Return the number with one more numeral."""
        if scale == 100:
            return replace(self, group=(self.group or 1.0) * scale)
        if scale:
            return _Sum(self.whole + (self.group or 1.0) * scale, 0.0, float(scale))
        return replace(self, group=self.group + value)


def _words(word: re.Match[str], language: Language) -> Iterator[tuple[float, int, int, int]]:
    """Yield (value, scale, start, end) of the numerals in one word; "twenty-four" has two."""
    place = word.start()
    for part in re.split(r"(-)", word[0]):
        left, place = place, place + len(part)
        value, scale = _one(part.lower(), language)
        if value is not None or scale:
            yield value or 0.0, scale, left, place
        elif part != "-" and left == word.start() and "-" in word[0]:
            return


def _one(word: str, language: Language) -> tuple[float | None, int]:
    """Return the value or the scale that `word` stands for."""
    if language == "en":
        if word in DOZENS:
            return DOZENS[word], 0
        return (float(ENGLISH[word]) if word in ENGLISH else None), SCALES.get(word, 0)
    word = flat(word)
    if word in HALVES:
        return HALVES[word], 0
    if word in MIXED - {"сорока", "сто"}:
        return None, 0
    form = {"сорока": "сорок", "ста": "сто"}.get(word) or _numeral(word)
    if form in DOZENS:
        return DOZENS[form], 0
    return (float(RUSSIAN[form]) if form in RUSSIAN else None), SCALES.get(form, 0)


ENDINGS = re.compile(
    r"(?:дв|тр|четыр|пят|шест|сем|восем|восьм|девят|десят|один|одн|надцат|дцат|сорок|девян|сот|ст"
    r"|тысяч|миллион|дюжин|десятк|двест)"
)


def _numeral(word: str) -> str:
    """Return the dictionary form of a word that may be a numeral; only those are looked up."""
    return lemma(word) if ENDINGS.search(word) else ""
