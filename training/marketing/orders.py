"""What a drafting model is asked for: one text of a sheet, for a channel, in a tone; and its reply."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samovar import checks
from samovar.errors import InputError
from samovar.marketing import prompt, texts
from samovar.marketing.facts.brief import Brief, products
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest, Sampling, Turn

CHANNELS = ("post", "email", "banner", "sms", "landing", "slogan")
TONES = ("plain", "friendly", "expert", "bold")
TEMPERATURE, TOP_P = 0.8, 0.95
LABEL = re.compile(
    r"\A(?:[*#\s]*(?:subject|headline|text|тема|заголовок|текст)(?: line)?\s*:[*\s]*)", re.I
)
QUOTES = (('"', '"'), ("“", "”"), ("`", "`"))
"""What some models put around a reply; «» are left, because Russian names stand in them."""
GUIDE = Phrase(
    "Begin with what the reader gets or with a situation that he knows, not with the product's name. Choose "
    "two to four facts that matter to him and leave the rest out. Keep numbers, units, currencies and "
    "conditions exactly. Promise nothing else: no discount, guarantee, superlative, delivery time or effect. "
    "Name the product. End with a plain next step. No lists, no clichés, no exclamation marks in rows. "
    "Answer with the text alone: a subject or a headline is the first line, without a label.",
    "Начни с того, что получит читатель, или со знакомой ему ситуации, а не с названия товара. Выбери два-"
    "четыре важных для него факта, остальные опусти. Числа, единицы, валюту и условия передай точно. Больше "
    "ничего не обещай: ни скидок, ни гарантий, ни превосходных степеней, ни сроков доставки, ни действия. "
    "Назови товар. Закончи простым следующим шагом. Без списков, штампов и рядов восклицательных знаков. "
    "Ответь одним текстом: тема письма или заголовок — первая строка, без подписи.",
)
NO_LANGUAGE = Phrase("The sheet `{id}` names no language.", "В карточке «{id}» не указан язык.")
NAME_IT = Phrase('Write "language": "en" or "ru" into it.', "Впишите language: en или ru.")


@dataclass(frozen=True, slots=True)
class Order:
    """Name one draft: the `sample`-th text of a sheet for a channel in a tone."""

    brief: Brief
    language: Language
    channel: str
    tone: str
    sample: int

    @property
    def key(self) -> tuple[str, str, str, int]:
        """Return what makes it another one than all others."""
        return self.brief.id, self.channel, self.tone, self.sample


def orders(options: argparse.Namespace) -> Iterator[Order]:
    """Yield every draft that the command line asks for, one of each sheet before a second of any.

    Raises:
        InputError: there is no such channel or tone, or a sheet names no language.
        StoreError: the sheets cannot be read.
    """
    channels = [checks.choice(one, prompt.KINDS, "channels") for one in options.channels.split(",")]
    tones = [checks.choice(one, prompt.VOICES, "tones") for one in options.tones.split(",")]
    sheets = products(options.sheets).values()
    for sample in range(options.samples):
        for brief in sheets:
            if brief.language is None:
                raise InputError(NO_LANGUAGE, NAME_IT, id=brief.id)
            if options.language in (None, brief.language):
                for channel in channels:
                    for tone in tones:
                        yield Order(brief, brief.language, channel, tone, sample)


def request(order: Order, data: Path) -> ChatRequest:
    """Return the request for a draft: the tool's prompt with examples, and how to write well."""
    shown = texts.examples(data, order.language, order.channel, order.brief)
    asked = prompt.turns(order.brief, order.language, order.channel, order.tone, shown)
    system = Turn("system", f"{asked[0].text} {GUIDE.say(order.language)}")
    most = prompt.longest(order.channel, order.language)
    drawn = Sampling(TEMPERATURE, TOP_P, max_tokens=most, seed=order.sample)
    return ChatRequest((system, *asked[1:]), drawn)


def plain(text: str) -> str:
    """Return a reply without the quotes around it and the label before it that some models add.

    >>> plain('"Subject: Tea for two"')
    'Tea for two'
    """
    text = text.strip()
    for first, last in QUOTES:
        if len(text) > 1 and text[0] == first and text[-1] == last:
            text = text[1:-1].strip()
    return LABEL.sub("", text, count=1)
