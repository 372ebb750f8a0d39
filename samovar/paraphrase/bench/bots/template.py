"""Any bot that takes JSON over HTTP: a template of the request, paths into the answer."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from samovar.errors import InputError
from samovar.paraphrase.bench.bots.base import BotError, Reply, told, values
from samovar.paraphrase.bench.bots.exchange import Exchange
from samovar.phrases import Phrase

TEXT, ID = "{text}", "{id}"
BODY = '{"text": "{text}"}'
INTENT = "intent"

NOT_JSON = Phrase(
    "The template of the request is no JSON: {why}.", "Шаблон запроса не JSON: {why}."
)
NO_TEXT = Phrase(
    "The template of the request has no {{text}} in a string: {value}.",
    "В шаблоне запроса нет строки с {{text}}: {value}.",
)
LIKE = Phrase(
    'Write it like {{"query": "{{text}}", "session": "{{id}}"}}.',
    'Напишите так: {{"query": "{{text}}", "session": "{{id}}"}}.',
)
BAD_PATH = Phrase("The path `{value}` cannot be read: {why}.", "Путь «{value}» не читается: {why}.")
PATHS = Phrase(
    "Write a JMESPath like result.intent.name.", "Напишите JMESPath, например result.intent.name."
)
NO_INTENT = Phrase(
    "The answer of the bot {url} has no intent at `{path}`: {why}.",
    "В ответе бота {url} нет намерения по пути «{path}»: {why}.",
)
NO_SLOTS = Phrase(
    "The answer of the bot {url} has no slots at `{path}`: {why}.",
    "В ответе бота {url} нет слотов по пути «{path}»: {why}.",
)
SLOTS_LIKE = Phrase(
    'They are an object {{"city": "Oslo"}} or a list of {{"entity": …, "value": …}}.',
    'Это объект {{"city": "Осло"}} или список {{"entity": …, "value": …}}.',
)


class Template:
    """Ask a bot whose request and answer are JSON of any shape."""

    def __init__(self, exchange: Exchange, body: str, intent: str, slots: str) -> None:
        """Take a connection, the template, and the paths to intent and slots ("": it tells none).

        Raises:
            InputError: the template is no JSON or has no place for the text, or a path is none.
        """
        self._exchange = exchange
        try:
            self._body = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise InputError(NOT_JSON, LIKE, why=told(error)) from error
        if not _holds(self._body):
            raise InputError(NO_TEXT, LIKE, value=told(body)[:120])
        self._paths = (intent, slots)
        self._intent = _path(intent)
        self._slots = _path(slots) if slots else None

    @property
    def name(self) -> str:
        """Return the address and what makes the answers."""
        return " ".join((self._exchange.place, json.dumps(self._body), *filter(None, self._paths)))

    def ask(self, text: str) -> Reply:
        """Return what stands at the paths."""
        begun = time.perf_counter()
        found = self._exchange.post(_filled(self._body, text, uuid.uuid4().hex))
        intent = self._intent.search(found)
        if intent is None or isinstance(intent, dict | list):
            raise self._missing(NO_INTENT, self._paths[0], found)
        slots = None
        if self._slots is not None:
            slots = values(self._slots.search(found) or [])
            if slots is None:
                raise self._missing(NO_SLOTS, self._paths[1], found)
        return Reply(told(intent), slots, "", (time.perf_counter() - begun) * 1000)

    def close(self) -> None:
        """Close the connection."""
        self._exchange.close()

    def _missing(self, rule: Phrase, path: str, found: Any) -> BotError:
        why = told(json.dumps(found, ensure_ascii=False))[:120]
        hint = SLOTS_LIKE if rule is NO_SLOTS else PATHS
        return BotError(rule, hint, url=self._exchange.place, path=path, why=why)


def _path(path: str) -> Any:
    try:
        return jmespath.compile(path)
    except JMESPathError as error:
        why = told(error).partition(" For expression")[0].rstrip(".")
        raise InputError(BAD_PATH, PATHS, value=path, why=why) from error


def _holds(part: Any) -> bool:
    """Tell whether a string in the template has the place for the text."""
    if isinstance(part, str):
        return TEXT in part
    children = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return any(_holds(child) for child in children)


def _filled(part: Any, text: str, id: str) -> Any:
    """Return the request: strings are filled, not the JSON around them.

    >>> _filled({"q": ["{text}!"], "n": 1}, 'say "hi"', "7")
    {'q': ['say "hi"!'], 'n': 1}
    """
    if isinstance(part, str):
        return text.join(piece.replace(ID, id) for piece in part.split(TEXT))
    if isinstance(part, dict):
        return {key: _filled(child, text, id) for key, child in part.items()}
    if isinstance(part, list):
        return [_filled(child, text, id) for child in part]
    return part
