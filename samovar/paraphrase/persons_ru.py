"""Who acts and who is spoken of in a Russian text."""

from __future__ import annotations

import re
from functools import cache

from samovar.morphology import flat
from samovar.paraphrase.act_ru import ADVICE, act, message
from samovar.paraphrase.lemmas import lemmas, readings, said_lemmas
from samovar.paraphrase.speech import Act
from samovar.paraphrase.words import words

THIRD = frozenset("он она оно они его ее их ему ей им него нее них нему ней ним ними".split())
SECOND = frozenset(
    "ты тебя тебе тобой вы вас вам вами твой твоя твое твои твоего твоей твою".split()
)
SECOND |= frozenset("ваш ваша ваше ваши вашего вашей вашу твоих ваших".split())
PLURAL = frozenset("мы нас нам нами наш наша наше наши нашего нашей нашу наших".split())
GIVEN = frozenset("перевести отправить скинуть перечислить позвонить передать послать".split())
"""Verbs that say to whom: "мне" must neither come nor go beside them."""
FIRST = frozenset(
    "я мне меня мной мною мой моя мое мои моего моей мою моих моим моими моему".split()
)


def new_persons(original: str, text: str) -> list[str]:
    """Return the pronouns of `text` that bring in a person of whom the original does not speak."""
    old, new = _pronouns(original), _pronouns(text)
    found = [] if old & THIRD else sorted(new & THIRD - _referring(original, text))
    personal = act(original) == Act.ADVICE or ADVICE.search(original.lower()) is not None
    if not old & SECOND and not personal:
        found += sorted(new & SECOND)
    if not old & (PLURAL | FIRST):
        found += sorted(new & PLURAL - {"нам"})
    given = GIVEN & said_lemmas(original) & said_lemmas(text)
    if given and ("мне" in old) != ("мне" in new):
        found.append("мне")
    return found + _turned(original, text)


def lost_speaker(original: str, text: str) -> bool:
    """Tell whether the original speaks of its speaker ("я свободен") and `text` no longer does."""
    there = words(text)
    own = any(_person(word) == "1per" or word in FIRST for word in there)
    return "я" in _pronouns(original) and not own


def _pronouns(text: str) -> frozenset[str]:
    return frozenset(words(flat(message(text))))


def _referring(original: str, text: str) -> frozenset[str]:
    """Return the pronouns that take up a noun of `text` itself: "кефир не нужен, убери его"."""
    noun = re.compile(r"[,:.;?!] (?:.* )?(?:его|ее|их|он|она|оно|они|ней|нем|ним|ему|них)\b")
    if not noun.search(flat(text.lower())):
        return frozenset()
    return frozenset("его ее их он она оно они нем ней ним них".split())


@cache
def _person(word: str) -> str:
    tag = readings(word)[0].tag
    return str(tag.person or "") if tag.POS == "VERB" and tag.mood == "indc" else ""


def _turned(original: str, text: str) -> list[str]:
    """Return verbs that another person does in `text`: "задержусь", "задержится"."""
    old = {next(iter(lemmas(w))): _person(w) for w in words(original) if _person(w)}
    return [
        word
        for word in words(text)
        for key in lemmas(word)
        if _person(word) and key in old and "1per" in {_person(word), old[key]} != {old[key]}
    ]
