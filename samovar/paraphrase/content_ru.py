"""Content words of a Russian text: dictionary forms, without openings and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from samovar.morphology import flat
from samovar.paraphrase.act_ru import act, message
from samovar.paraphrase.aspects_ru import PERFECTIVE
from samovar.paraphrase.lemmas import lemmas, readings
from samovar.paraphrase.numbers_ru import figures
from samovar.paraphrase.speech import Act
from samovar.paraphrase.words import FUNCTION_RU, words

SMALL = frozenset(
    flat(word)
    for word in """который этот тот такой свой мой наш твой ваш сам самый я ты он она оно мы вы они себя
    ли же бы ну вот уже ещё и а но да или что чтобы как какой каков где куда откуда кто почему зачем в во
    на с со к ко о об обо от до из за по под над при для без у через про перед между после кроме вместо
    не ни нет раньше позже позднее коем если пока пусть пускай хотя потому поскольку так тогда то там
    тут это пожалуйста
    просто прямо именно больше каждый нельзя можно никогда никто ничто затем потом сначала сейчас данный
    момент очень раз минимум меньше менее более ровно тем чем прежде""".split()
)
"""Function words beside those of words.py; what they relate is checked elsewhere."""
SOFT = frozenset(
    flat(word)
    for word in """сделать делать поставить стоять создать оформить дать давать быть мочь хотеть хотеться
    нужный нужно надо необходимо следует следовать стоит стоить пора являться находиться есть просить
    попросить пройти выполнить провести лучше обязательно стараться всегда сказать подсказать
    узнать знать выяснить уточнить проверить назвать посчитать показать прочитать рассказать посмотреть
    услышать когда сколько время час день дата число сумма результат образ место случай пункт цифра
    слово воздух вид возможность возможно срок язык правильно
    деньги деньга запланировать назначить идти длиться происходить""".split()
)
"""Dictionary forms that may stand for another word, but are neither missed nor noticed themselves:
"сделай перевод" is "переведи", "сделай" of another text is nothing that it adds."""
COUNTED = re.compile(
    r"(?:\bномер )?(?<![\w:.])\d[\d:.,/x\-]*(?: (?:час(?:а|у|ов|ам)?|человек\w*|штук\w*|раза?))?\b"
)
ORDER = re.compile(r"(?:(?<=, )|(?<=\bи )|^)[а-я]+")
"""Where the verb of an order stands."""
ACQUIRED = frozenset(
    """найти поискать подобрать заказать вызвать купить приобрести взять забронировать снять
    засечь завести сварить приготовить построить проложить включить""".split()
)
"""Verbs that "мне нужен …" may stand for."""
TITLES = frozenset("группа улица город".split())
"""Class words that may come before a name or go: группа «Сплин», улица Гоголя."""


def content(text: str) -> list[str]:
    """Return the words that carry a Russian text's message, in lower case, without repetitions.

    >>> content("Не могли бы вы включить свет на кухне к шести вечера?")
    ['включить', 'свет', 'кухне']
    """
    told = message(text)
    if act(text) == Act.COMMAND:
        told = ORDER.sub(lambda verb: _infinitive(verb[0]), told)
    left = COUNTED.sub(" ", figures(told))
    return list(dict.fromkeys(word for word in words(left) if not _empty(word)))


@cache
def _infinitive(word: str) -> str:
    """Return the infinitive of an order that may be read as another verb's past form.

    >>> _infinitive("перешли"), _infinitive("включи")
    ('переслать', 'включи')
    """
    verbs = [one for one in readings(word) if one.tag.POS == "VERB"]
    ordered = [flat(one.normal_form) for one in verbs if one.tag.mood == "impr"]
    told = any(one.tag.tense == "past" for one in verbs)
    return ordered[0] if ordered and told else word


@cache
def _empty(word: str) -> bool:
    if not re.search(r"[^\W\d_]|%", word):
        return True
    if lemmas(word) & SOFT:
        return False
    return word in FUNCTION_RU or flat(word) in SMALL or bool(lemmas(word) & (SMALL | TITLES))


def heard(listed: Iterable[str]) -> tuple[str, ...]:
    """Return the words that count when they are added or lost."""
    return tuple(word for word in listed if not lemmas(word) & SOFT)


@cache
def keys(word: str) -> frozenset[str]:
    """Return what two words must share to be one: dictionary forms and their nearest of kin.

    Kin are the adjective of an adverb and the perfective of a verb.
    """
    found = set(lemmas(word))
    found |= {PERFECTIVE[one] for one in found if one in PERFECTIVE}
    for one in readings(word):
        if one.tag.POS == "ADVB" and word.endswith("о"):
            found |= {flat(word[:-1]) + "ый", flat(word[:-1]) + "ий"}
    return frozenset(found)
