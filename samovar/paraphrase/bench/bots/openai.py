"""A chat model behind the OpenAI API, asked for one of the suite's intents."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from typing import Any

from samovar.errors import InputError
from samovar.paraphrase.bench.bots.base import BotError, Reply, told
from samovar.paraphrase.bench.bots.exchange import Exchange
from samovar.phrases import Phrase

COMPLETIONS = "/chat/completions"
TOKENS = 60
ASK = (
    "You route the messages of a chatbot's users. Answer with the name of the one intent that "
    "the message has, and with nothing else. The intents are:\n{names}"
)
NO_MODEL = Phrase("No model is named for the bot openai:.", "Для бота openai: не названа модель.")
NAME_IT = Phrase(
    "Add --model NAME or set SAMOVAR_CHAT_MODEL.",
    "Добавьте --model ИМЯ или задайте SAMOVAR_CHAT_MODEL.",
)
NO_REPLY = Phrase(
    "The answer of {url} has no message of a model: {why}.",
    "В ответе {url} нет сообщения модели: {why}.",
)


class OpenAi:
    """Ask a chat model; an answer that names no intent of the suite is no intent."""

    def __init__(self, exchange: Exchange, model: str, intents: Sequence[str]) -> None:
        """Take a connection to COMPLETIONS, the model's name and the intents to choose from.

        Raises:
            InputError: no model is named.
        """
        if not model:
            raise InputError(NO_MODEL, NAME_IT)
        self._exchange = exchange
        self._model = model
        self._intents = tuple(dict.fromkeys(intents))

    @property
    def name(self) -> str:
        """Return the address and the model."""
        return f"{self._exchange.place} {self._model}"

    def ask(self, text: str) -> Reply:
        """Return the intent that the model names."""
        begun = time.perf_counter()
        asked = ASK.format(names="\n".join(f"- {name}" for name in self._intents))
        body = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": asked},
                {"role": "user", "content": text},
            ],
            "temperature": 0,
            "max_tokens": TOKENS,
        }
        said = self._said(self._exchange.post(body))
        passed = (time.perf_counter() - begun) * 1000
        return Reply(named(said, self._intents), None, said, passed)

    def close(self) -> None:
        """Close the connection."""
        self._exchange.close()

    def _said(self, found: Any) -> str:
        try:
            return told(found["choices"][0]["message"]["content"] or "")
        except (LookupError, TypeError) as error:
            why = told(json.dumps(found, ensure_ascii=False))[:120]
            raise BotError(NO_REPLY, url=self._exchange.place, why=why) from error


def named(said: str, intents: Sequence[str]) -> str:
    """Return the one intent that a reply names, "" where it names none or several.

    >>> named("The intent is `book_table`.", ["book", "book_table"]), named("tea?", ["book"])
    ('book_table', '')
    """
    plain = said.casefold()
    for intent in intents:
        if intent.casefold() == plain.strip(" .`'\"*-"):
            return intent
    found = []
    for intent in sorted(intents, key=len, reverse=True):  # a short name inside a longer one
        pattern = rf"(?<!\w){re.escape(intent.casefold())}(?!\w)"
        if re.search(pattern, plain):
            found.append(intent)
            plain = re.sub(pattern, " ", plain)
    return found[0] if len(found) == 1 else ""
