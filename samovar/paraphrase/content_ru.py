"""Content words of a Russian text: dictionary forms, without openings, figures and light verbs."""

from __future__ import annotations

import re
from functools import cache

from samovar.paraphrase.act_ru import message
from samovar.paraphrase.lemmas import flat, lemmas, readings
from samovar.paraphrase.numbers_ru import figures
from samovar.paraphrase.words import FUNCTION_RU, words

LIGHT = frozenset(
    flat(word)
    for word in """сделать делать поставить создать оформить дать быть мочь хотеть хотеться нужный нужно
    надо необходимо следует следовать стоит пора являться находиться есть просить попросить пройти
    проследить выполнить провести который этот тот такой свой мой наш твой ваш сам самый весь
    я ты он она оно мы вы они себя ли же бы ну вот уже ещё и а но да или что чтобы как какой каков
    где когда куда откуда кто сколько почему зачем в во на с со к ко о об обо от до из за по под над
    при для без у через про около возле перед между после кроме вместо не ни нет если пока пусть
    пускай хотя потому поскольку так тогда то там тут это пожалуйста просто прямо именно больше
    давать каждый нельзя можно лучше обязательно старайся стараться всегда никогда никто ничто
    затем потом сначала данный момент сейчас именно очень время раз хотя минимум меньше
    больше менее более не ровно нужен тем чем там прежде уходя""".split()
)
"""Dictionary forms that are neither missed nor noticed; what they relate is checked elsewhere."""
COUNTED = re.compile(
    r"(?:\bномер )?(?<![\w:.])\d[\d:.,/x\-]*(?: (?:час(?:а|у|ов|ам)?|человек\w*|штук\w*|раза?))?\b"
)
ACQUIRED = frozenset(
    """найти поискать подобрать заказать вызвать купить приобрести взять забронировать снять
    засечь завести свари сварить приготовить построить проложить включить""".split()
)
"""Verbs that "мне нужен …" may stand for."""
TITLES = frozenset("группа улица город кафе ресторан фирма компания язык номер число".split())
"""Class words that may come before a name or go: группа «Сплин», улица Гоголя, испанский язык."""


def content(text: str) -> list[str]:
    """Return the words that carry a Russian text's message, in lower case, without repetitions.

    >>> content("Не могли бы вы включить свет на кухне к шести вечера?")
    ['включить', 'свет', 'кухне']
    """
    left = COUNTED.sub(" ", figures(message(text)))
    return list(dict.fromkeys(word for word in words(left) if not _empty(word)))


@cache
def _empty(word: str) -> bool:
    if not re.search(r"[^\W\d_]|%", word):
        return True
    return word in FUNCTION_RU or flat(word) in LIGHT or bool(lemmas(word) & (LIGHT | TITLES))


@cache
def keys(word: str) -> frozenset[str]:
    """Return what two words must share to be one: dictionary forms, and of an adverb its adjective."""
    found = set(lemmas(word))
    for one in readings(word):
        if one.tag.POS == "ADVB" and word.endswith("о"):
            found |= {flat(word[:-1]) + "ый", flat(word[:-1]) + "ий"}
    return frozenset(found)
