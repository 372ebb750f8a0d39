"""Rasa over HTTP: its NLU endpoint, and its REST channel.

Source: https://rasa.com/docs/rasa/pages/http-api and …/connectors/your-own-website.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping
from typing import Any

from samovar.paraphrase.bench.bots.base import BotError, Reply, told, values
from samovar.paraphrase.bench.bots.exchange import Exchange
from samovar.phrases import Phrase

PARSE = "/model/parse"
CHANNEL = "/webhooks/rest/webhook"

NO_INTENT = Phrase(
    "The bot {url} answered without `intent.name`: {why}.",
    "В ответе бота {url} нет intent.name: {why}.",
)
ENABLE = Phrase(
    "Start Rasa with --enable-api and a trained model.",
    "Запустите Rasa с --enable-api и обученной моделью.",
)
NO_MESSAGES = Phrase(
    "The bot {url} answered without a list of messages: {why}.",
    "В ответе бота {url} нет списка сообщений: {why}.",
)
SPEECHLESS = Phrase("The bot {url} said nothing to this.", "Бот {url} ничего на это не сказал.")


class Nlu:
    """Ask Rasa's model what a text means: intent and entities."""

    def __init__(self, exchange: Exchange) -> None:
        """Take a connection to PARSE."""
        self._exchange = exchange

    @property
    def name(self) -> str:
        """Return the address."""
        return self._exchange.place

    def ask(self, text: str) -> Reply:
        """Return intent and entities."""
        begun = time.perf_counter()
        found = self._exchange.post({"text": text})
        intent = found.get("intent") if isinstance(found, Mapping) else None
        if not isinstance(intent, Mapping) or "name" not in intent:
            raise BotError(NO_INTENT, ENABLE, url=self.name, why=_short(found))
        slots = values(found.get("entities") or [])
        return Reply(told(intent["name"]), slots, "", (time.perf_counter() - begun) * 1000)

    def close(self) -> None:
        """Close the connection."""
        self._exchange.close()


class Channel:
    """Talk to Rasa's assistant: each text opens a conversation of its own."""

    def __init__(self, exchange: Exchange) -> None:
        """Take a connection to CHANNEL."""
        self._exchange = exchange

    @property
    def name(self) -> str:
        """Return the address."""
        return self._exchange.place

    def ask(self, text: str) -> Reply:
        """Return the assistant's words."""
        begun = time.perf_counter()
        body = {"sender": f"samovar-{uuid.uuid4().hex}", "message": text}
        found = self._exchange.post(body)
        if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
            raise BotError(NO_MESSAGES, url=self.name, why=_short(found))
        said = told(" / ".join(filter(None, map(_message, found))))
        if not said:
            raise BotError(SPEECHLESS, url=self.name)
        return Reply(None, None, said, (time.perf_counter() - begun) * 1000)

    def close(self) -> None:
        """Close the connection."""
        self._exchange.close()


def _message(message: Mapping[str, Any]) -> str:
    """Return the words of a message; where it has none (a picture, buttons), what it carries."""
    if message.get("text"):
        return told(message["text"])
    rest = {key: value for key, value in message.items() if key != "recipient_id" and value}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True) if rest else ""


def _short(found: Any) -> str:
    return told(json.dumps(found, ensure_ascii=False))[:120]
