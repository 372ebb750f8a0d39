"""Russian names, numbers and slot values found again in another case."""

from __future__ import annotations

from samovar.morphology import analyzer, flat
from samovar.paraphrase.lemmas import WHOLE, all_lemmas, readings
from samovar.paraphrase.numbers_ru import figures
from samovar.paraphrase.words import FUNCTION_RU, words


def called(name: str) -> str:
    """Return a name without the imperative that taggers take for a part of it: «Ответь Тимуру»."""
    first, _, rest = name.partition(" ")
    found = readings(first.lower()) if WHOLE.fullmatch(first.lower()) else ()
    ordered = any(one.tag.mood == "impr" for one in found)
    named = any(mark in one.tag for one in found for mark in ("Name", "Surn", "Geox", "Orgn"))
    return rest if ordered and not named else name


def stands_in(name: str, text: str) -> bool:
    """Tell whether every word of `name` stands in `text`, in any case: Лене is Лена.

    >>> stands_in("Лене", "перевод для Лены"), stands_in("к трём часам", "на 3 часа")
    (True, True)
    """
    there = [*words(text), *words(figures(text))]
    parts = [word for word in words(figures(name)) if word not in FUNCTION_RU] or words(name)
    return all(any(_same(part, flat(other)) for other in there) for part in parts)


def _same(first: str, second: str) -> bool:
    if first == second or all_lemmas(first) & all_lemmas(second):
        return True
    # names that the dictionary lacks (Хельга): all but the ending must agree
    known = analyzer().word_is_known(first) and analyzer().word_is_known(second)
    start = min(len(first), len(second)) - 1
    near = start > 2 and abs(len(first) - len(second)) <= 2
    return not known and near and first[:start] == second[:start]
