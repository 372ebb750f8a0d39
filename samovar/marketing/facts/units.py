"""Units and currencies as advertising writes them, in English and Russian, each with its base unit.

No library is used: pint and quantulum3 read no Russian and know no "per camera".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HOUR, DAY = 3600, 86400


@dataclass(frozen=True, slots=True)
class Unit:
    """Say what a written unit is in its base unit."""

    written: re.Pattern[str]
    base: str
    factor: float


def _rows(table: str, flags: int) -> tuple[Unit, ...]:
    rows = []
    for line in table.strip().splitlines():
        base, factor, written = line.split(maxsplit=2)
        rows.append(Unit(re.compile(rf"(?:{written})(?!\w)", flags), base, float(factor)))
    return tuple(rows)


SYMBOLS = _rows(
    r"""
    %       1      %
    °C      1      °\s?[CС]|℃
    °F      1      °\s?F
    bit/s   1e9    Gbit/s|Gbps|Гбит/с
    bit/s   1e6    Mbit/s|Mbps|Мбит/с
    bit/s   1e3    kbit/s|kbps|Кбит/с|кбит/с
    B       1e12   TB|ТБ|Тбайт
    B       1e9    GB|ГБ|Гб|Гбайт
    B       1e6    MB|МБ|Мб|Мбайт
    Sv/h    1e-6   [µμ]Sv/h|мкЗв/ч
    Sv/h    1e-3   mSv/h|мЗв/ч
    Sv/h    1      Sv/h|Зв/ч
    km/h    1      km/h|км/ч
    mph     1      mph
    g/m²    1      g/m²|г/м²
    m²      1      m²|м²|sq\.?\s?m|кв\.?\s?м\.?
    m³      1      m³|м³|куб\.?\s?м\.?
    cm³     1      cm³|см³
    kWh     1      kWh|кВт[·⋅*-]?ч
    kWh     1e-3   Wh|Вт[·⋅*-]?ч
    W       1e3    kW|кВт
    W       1e6    MW|МВт
    W       1      W|Вт
    Ah      1e-3   mAh|мА[·⋅*-]?ч
    Ah      1      Ah|А[·⋅*-]?ч
    Nm      1      Nm|N[·⋅]m|Н[·⋅*]м
    V       1      V|В
    Hz      1e9    GHz|ГГц
    Hz      1e6    MHz|МГц
    Hz      1e3    kHz|кГц
    Hz      1      Hz|Гц
    bar     1      bar|бар
    K       1      K|К
    lm      1      lm|лм
    dB      1      dB|дБ
    dpi     1      dpi|ppi
    """,
    0,
)
"""Capitals matter: W is no w, «В» after a number is no «в»."""
WORDS = _rows(
    r"""
    %       1      per\s?cent|pct|процент\w*
    g/m²    1      grams per square met(?:re|er)
    °C      1      degrees? (?:celsius|c)|градус\w* цельсия|градус\w*
    °F      1      degrees? fahrenheit
    °C      1      degrees?
    ms      1      milliseconds?|миллисекунд\w*|мс
    s       1      seconds?|secs?|s|секунд\w*|сек\.?|с(?=[.,;!?)]|$)
    s       60     minutes?|mins?\.?|минут\w*|мин\.?
    s       3600   hours?|hrs?\.?|h|час(?:а|ов|у|ам|ами|ах)?|ч\.?
    s       86400  days?(?:['’]s?)?|дн(?:я|ей|ям|ями|ях|ю|ем|е)|день|сут(?:ки|ок|кам|ками|ках)
    s       86400  nights?(?:['’]s?)?|ноч(?:ь|и|ей|ам)
    s       604800 weeks?(?:['’]s?)?|недел\w+
    s       1209600 fortnights?
    month   1      months?(?:['’]s?)?|месяц\w*|мес\.?
    month   12     years?(?:['’]s?)?|yrs?|год(?:а|у|ом|ы|ов|ам)?|лет|годам
    kg      1      kilograms?|kilogrammes?|kilos?|kg|килограмм\w*|кг|кило
    kg      1e-3   grams?|grammes?|g|грамм\w*|гр?\.?
    kg      1e-6   milligrams?|mg|миллиграмм\w*|мг
    kg      1000   tonn?es?|tons?|тонн\w*
    oz      1      ounces?|oz\.?|унци\w+
    lb      1      lbs?\.?|фунт\w* веса
    l       1      lit(?:re|er)s?|l|литр\w*|л\.?
    l       1e-3   millilit(?:re|er)s?|ml|миллилитр\w*|мл
    gallon  1      gallons?|галлон\w*
    pint    1      pints?|пинт\w*
    m²      1      square met(?:re|er)s?|квадратн\w+ метр\w*|квадрат(?:а|ов)?
    m²      0.0929 square feet|sq\.? ?ft
    m³      1      cubic met(?:re|er)s?|кубометр\w*|кубическ\w+ метр\w*
    m       1000   kilomet(?:re|er)s?|km|километр\w*|км
    m       1      met(?:re|er)s?|m|метр\w*|м
    m       0.01   centimet(?:re|er)s?|cm|сантиметр\w*|см
    m       0.001  millimet(?:re|er)s?|mm|миллиметр\w*|мм
    mile    1      miles?|мил(?:я|и|ь|ям)
    foot    1      feet|foot|ft\.?|фут\w*
    inch    1      inch(?:es)?|in(?=[.,;!?)]|$)|дюйм\w*
    yard    1      yards?|ярд\w*
    W       1      watts?|ватт\w*
    W       1000   kilowatts?|киловатт\w*
    V       1      volts?|вольт\w*
    Ah      1e-3   milliamp(?:ere)?-?\s?hours?|миллиампер-?час\w*
    Nm      1      newton[- ]met(?:re|er)s?|ньютон-?метр\w*
    kWh     1      kilowatt[- ]hours?|киловатт-час\w*
    K       1      kelvins?|кельвин\w*
    lm      1      lumens?|люмен\w*
    dB      1      decibels?|децибел\w*
    Hz      1      hertz|герц\w*
    B       1e9    gigabytes?|gigs?|гигабайт\w*
    B       1e6    megabytes?|мегабайт\w*
    B       1e12   terabytes?|терабайт\w*
    bit/s   1e6    megabits? (?:per|a) second|мегабит\w* в секунду
    bit/s   1e9    gigabits? (?:per|a) second|гигабит\w* в секунду
    dpi     1      dots per inch|точ(?:ек|ки) на дюйм
    """,
    re.IGNORECASE,
)
UNITS = (*SYMBOLS, *WORDS)

MONEY_SIGNS = {
    "EUR": r"€|EUR",
    "USD": r"US\$|\$|USD",
    "GBP": r"£|GBP",
    "CHF": r"CHF|Fr\.",
    "JPY": r"¥|JPY",
    "RUB": r"₽|RUB",
    "KZT": r"₸|KZT",
}
MONEY_WORDS = {
    "EUR": r"euros?|евро",
    "USD": r"(?:us )?dollars?|bucks?|доллар\w*|бакс\w*",
    "GBP": r"(?:british )?pounds?(?: sterling)?|quid|фунт\w*(?: стерлингов)?",
    "CHF": r"(?:swiss )?francs?|(?:швейцарск\w+ )?франк\w*",
    "JPY": r"yen|[ий]ен\w*",
    "RUB": r"r(?:o?u)bles?|руб(?:л\w+|\.)?|р\.",
    "KZT": r"tenge|тенге",
    "UAH": r"гривен\w*|гривн\w*|hryvnias?",
    "CNY": r"yuan|юан\w*",
}
BEFORE = {
    code: re.compile(rf"(?<!\w)(?:{signs})[\s\u00a0]*$") for code, signs in MONEY_SIGNS.items()
}
"""Currency → its sign before a number, matched against the text up to the number."""
AFTER = {
    code: re.compile(rf"[\s\u00a0-]*(?:(?:{MONEY_SIGNS.get(code, '(?!)')})|(?i:(?:{words})(?!\w)))")
    for code, words in MONEY_WORDS.items()
}
SCALES = (
    (re.compile(r"[\s\u00a0-]*(?:thousand|k|тысяч\w*|тыс\.?)(?!\w)", re.IGNORECASE), 1e3),
    (re.compile(r"[\s\u00a0-]*(?:million|mln|миллион\w*|млн\.?)(?!\w)", re.IGNORECASE), 1e6),
)
GAP = re.compile(r"[\s\u00a0\u202f]*-?[\s\u00a0\u202f]*")


def unit_at(text: str, place: int) -> tuple[Unit | None, int]:
    """Return the unit written at `place`, behind a space or hyphen, and where it ends."""
    gap = GAP.match(text, place)
    start = gap.end() if gap else place
    found = ((row, match.end()) for row in UNITS if (match := row.written.match(text, start)))
    return max(found, key=lambda each: each[1], default=(None, place))


def currency_at(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the currency beside the number at `start:end` and the stretch of both; "" where none."""
    before = text[max(0, start - 8) : start]
    for code, pattern in BEFORE.items():
        if match := pattern.search(before):
            return code, start - len(match[0]), end
    for code, pattern in AFTER.items():
        if match := pattern.match(text, end):
            return code, start, match.end()
    return "", start, end
