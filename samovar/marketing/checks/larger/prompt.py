"""The prompt in which a chat model tells whether a product sheet supports what an advert says.

The reply is a sentence of the advert, the end of its line, and a verdict. The model is given the sentence and
asked for the next word. All sentences about one sheet have the same beginning, so that an engine that has
read the sheet once goes on behind it. Training and serving use this file.
"""

from __future__ import annotations

from samovar.marketing.facts.brief import Brief
from samovar.marketing.facts.sheet_text import sheet_text
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest, Sampling, Turn

TASK = Phrase(
    "Does the product sheet support each sentence of an advert, numbers and conditions too? Say yes or no.",
    "Подтверждает ли карточка товара каждое предложение рекламы, числа и условия тоже? Скажи yes или no.",
)
END = "\n"
"""Between a sentence and its verdict."""
SUPPORTED, UNSUPPORTED = "yes", "no"
"""The verdicts, one token each, in both languages."""


def turns(brief: Brief, language: Language) -> tuple[Turn, ...]:
    """Return the turns to which the reply is a sentence with its verdict."""
    return Turn("system", TASK.say(language)), Turn("user", sheet_text(brief, language))


def line(text: str) -> str:
    r"""Return `text` as the first line of a reply.

    >>> line("Warm tea. All day\nlong.")
    'Warm tea. All day long.\n'
    """
    return " ".join(text.split()) + END


def asked(brief: Brief, text: str, language: Language, adapter: str | None) -> ChatRequest:
    """Return the request whose next word is the verdict about `text`."""
    return ChatRequest(turns(brief, language), Sampling(max_tokens=1), adapter, prefix=line(text))
