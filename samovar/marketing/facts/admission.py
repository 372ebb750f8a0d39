"""Sheets that no text can be true to: of another language, of two products, with orders instead of facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from samovar.errors import InputError
from samovar.language import scripts
from samovar.marketing.facts.brief import FIELD, FIELDS, LONGEST_NAME, Brief
from samovar.marketing.facts.markup import plain
from samovar.marketing.facts.words import sentences
from samovar.phrases import LANGUAGES, Language, Phrase

NO_LANGUAGE = Phrase(
    "The sheet is written neither in English nor in Russian.",
    "Карточка написана не по-русски и не по-английски.",
)
REWRITE = Phrase(
    "Write it in English or Russian, a fact a sentence.",
    "Напишите её по-русски или по-английски, по факту в предложении.",
)
TWO = Phrase(
    "The sheet names two products: {first} and {second}.",
    "В карточке два товара: {first} и {second}.",
)
SPLIT = Phrase("Use a sheet for each.", "Возьмите для каждого свою карточку.")
ORDER = Phrase(
    "The sheet holds an order to the writer and no fact: “{said}”.",
    "В карточке не факт, а указание пишущему: «{said}».",
)
REMOVE = Phrase(
    "Remove it; what must not be said belongs behind `Forbidden:`.",
    "Удалите его; то, о чём говорить нельзя, пишется после «Нельзя:».",
)
LITTLE = Phrase(
    "The sheet says too little for a true text: “{said}”.",
    "В карточке слишком мало для правдивого текста: «{said}».",
)
ADD = Phrase(
    "Add what may be said of the product, a fact a sentence.",
    "Добавьте, что можно сказать о товаре, по факту в предложении.",
)
WORDS = 4
"""Of facts, at the least: a model that gets fewer invents the rest."""
LETTERS = 25
"""Letters from which a language other than English and Russian is told by its words."""
OWN = 0.02
"""Probability of English or Russian below which a sheet is in neither.

Of 817 short pieces of the sheets that are learned from (a name with a fact or two) the lowest has 0.037.
"""
SHOWN = 80
ORDERS = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override)\b[^.!?]{0,40}
      \b(?:above|previous|prior|earlier|preceding|instructions?|rules?|prompt|sheet|facts)\b
    |\b(?:system|developer)\ (?:prompt|message)\b|\byou\ are\ now\b|\bas\ an\ ai\b
    |\b(?:new|following)\ instructions?\ *:|^\W*instead,?\ (?:write|say|print)\b
    |^\W*(?:please,?\ )?(?:(?:always|never|do\ not|don't)\ )?
      (?:write|say|claim|state|print|output|respond|reply|add|mention|include|promise)
      \ (?:that|only|exactly|instead|a\ poem|with)\b
    |\b(?:dear|hey|hello|note\ to\ the|attention,?)\ (?:ai|assistant|chat\ ?bot|copywriter|model|writer)\b
    |(?:игнорируй|проигнорируй|забудь|не\ обращай\ внимания)\w*[^.!?]{0,40}
      (?:выше|предыдущ|прежн|инструкц|правил|указан|карточк)
    |системн\w+\ (?:промпт|сообщени)|(?:ты|вы)\ теперь\b|новые\ (?:инструкции|указания)\ *:
    |^\W*(?:пожалуйста,?\ )?(?:(?:всегда|никогда\ не|не)\ )?
      (?:напиши|пиши|скажи|говори|выведи|ответь|утверждай|добавь|добавляй|упомяни|укажи|пообещай)(?:те)?
      ,?\ (?:что|только|вместо|стих)
    |(?:уважаем|дорог)\w+\ (?:ассистент|бот|ии\b|копирайтер|модель|нейросеть|помощник)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Sentences that speak to a writing model."""


def admitted(brief: Brief, written: str) -> Language:
    """Return the language of a sheet that was `written` by a visitor, when texts can be true to it.

    Raises:
        InputError: another language, two products, or an order among the facts.
    """
    if brief.language is None or _foreign(brief.said):
        raise InputError(NO_LANGUAGE, REWRITE)
    names = _names(written)
    if len(names) > 1:
        raise InputError(TWO, SPLIT, first=names[0][:SHOWN], second=names[1][:SHOWN])
    parts = (sentence for part in brief.said.split("\n") for sentence in sentences(part))
    if order := next((part for part in parts if ORDERS.search(part)), None):
        raise InputError(ORDER, REMOVE, said=order[:SHOWN].rstrip(".! "))
    return brief.language


def sufficient(brief: Brief) -> None:
    """Refuse a sheet that hardly says more than a name.

    Raises:
        InputError: its facts have fewer than WORDS words.
    """
    told = " ".join((*brief.facts, *brief.benefits, brief.price)).split()
    if len(told) < WORDS:
        raise InputError(LITTLE, ADD, said=brief.said.replace("\n", ", ")[:SHOWN])


def _names(written: str) -> list[str]:
    """Return the different names behind labels such as `Name:`, or else above prices."""
    labels = (FIELD.fullmatch(line) for line in plain(written).splitlines())
    named = [label for label in labels if label and FIELDS.get(label[1].lower()) == "name"]
    first = named[0][1].lower() if named else ""
    names = list(dict.fromkeys(one[2].strip() for one in named if one[1].lower() == first))
    return names if len(names) > 1 else _priced(plain(written).splitlines())


def _priced(lines: Sequence[str]) -> list[str]:
    """Return the different titles that have a price of their own below them.

    >>> _priced(["Hush", "Boils.", "Price: EUR 9", "", "Arc", "Shines.", "Price: EUR 7"])
    ['Hush', 'Arc']
    """
    found: list[str] = []
    title, begins = "", True
    for line in lines:
        label = FIELD.fullmatch(line)
        field = FIELDS.get(label[1].lower()) if label else None
        if label and field == "name":
            title = label[2].strip()
        elif begins and field is None and _titles(line):
            title = line.strip()
        elif field == "price" and title:
            found.append(title)
        begins = not line.strip() or field == "price"
    return list(dict.fromkeys(found))


def _titles(line: str) -> bool:
    """Tell whether a line reads like the name above a sheet."""
    said = line.strip()
    ended = said.endswith((".", "!", "?", "…", ":", ";", ","))
    return 0 < len(said) <= LONGEST_NAME and said[0].isupper() and not ended


def _foreign(text: str) -> bool:
    """Tell whether the words are of a language that is neither English nor Russian.

    >>> _foreign("Die Lampe leuchtet acht Stunden mit einer Ladung und wiegt nur zweihundert Gramm.")
    True
    """
    if sum(scripts(text).values()) < LETTERS:
        return False
    chances = dict(_classifier().rank(text))
    return sum(float(chances[language]) for language in LANGUAGES) < OWN


@cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
