"""The requests of OpenAI's HTTP API, read into our records."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any, Literal

from jsonschema import SchemaError
from jsonschema.validators import validator_for
from pydantic import BaseModel

from samovar import checks
from samovar.errors import Field, InputError
from samovar.phrases import Phrase
from samovar.records import ChatRequest, Sampling, Turn

LONGEST = 100_000
"""Characters of one text."""
MOST_TURNS, MOST_TEXTS, MOST_CHOICES, MOST_STOPS, MOST_TOKENS = 1000, 256, 16, 16, 8192
DEFAULT_TOKENS = 512

NO_MESSAGES = Phrase("`messages` is empty.", "Список «messages» пуст.")
ADD_MESSAGE = Phrase("Add at least one message.", "Добавьте хотя бы одно сообщение.")
ONLY_TEXT = Phrase(
    "A message has a part of type {kind}; only text is understood.",
    "В сообщении есть часть типа {kind}, а здесь понимают только текст.",
)
BAD_SCHEMA = Phrase("The JSON schema is not valid: {why}.", "В JSON Schema ошибка: {why}.")
NO_SCHEMA = Phrase(
    "`response_format` of type json_schema carries no schema.",
    "В «response_format» типа json_schema нет схемы.",
)
ONE_STREAM = Phrase(
    "A stream carries one reply, but n is {n}.", "В потоке идёт один ответ, а n равно {n}."
)
SET_ONE = Phrase("Set n to 1, or stream to false.", "Задайте n = 1 или stream = false.")
ANY_OBJECT = {"type": "object"}


class Part(BaseModel):
    """One part of a message."""

    type: str = "text"
    text: str = ""


class Message(BaseModel):
    """One message; an assistant's message at the end is the beginning of the reply."""

    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[Part]


class Format(BaseModel):
    """Ask for text, any JSON object, or JSON by a schema."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: dict[str, Any] | None = None


class StreamOptions(BaseModel):
    """Ask for the token counts at the end of a stream, and for the drafts of a character's reply."""

    include_usage: bool = False
    include_drafts: bool = False


class ChatBody(BaseModel):
    """The body of POST /v1/chat/completions; other fields of OpenAI's API are ignored."""

    messages: list[Message]
    model: str = ""
    stream: bool = False
    stream_options: StreamOptions | None = None
    temperature: float | None = None
    top_p: float | None = None
    top_k: int = 0
    repetition_penalty: float = 1.0
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    seed: int | None = None
    stop: str | list[str] | None = None
    n: int = 1
    response_format: Format | None = None

    @property
    def limited(self) -> bool:
        """Tell whether the caller limits the length of the reply."""
        return (self.max_completion_tokens or self.max_tokens) is not None


class EmbeddingBody(BaseModel):
    """The body of POST /v1/embeddings; `input_type` chooses the encoder's own prefix."""

    input: str | list[str]
    model: str = ""
    encoding_format: Literal["float", "base64"] = "float"
    input_type: Literal["query", "passage", "symmetric"] = "symmetric"


def requests(body: ChatBody, most: int = MOST_CHOICES) -> list[ChatRequest]:
    """Return `n` requests, at most `most`, with seeds counting up; the adapter is not set yet.

    Raises:
        InputError: a value is out of range, a text too long, or the schema invalid.
    """
    if not body.messages:
        raise InputError(NO_MESSAGES, ADD_MESSAGE)
    checks.whole(len(body.messages), 1, MOST_TURNS, "messages")
    n = checks.whole(body.n, 1, most, "n")
    if body.stream and n > 1:
        raise InputError(ONE_STREAM, SET_ONE, n=n)
    turns = [_turn(message, f"messages[{i}]") for i, message in enumerate(body.messages)]
    prefix = turns.pop().text if turns[-1].role == "assistant" else ""
    stop = [body.stop] if isinstance(body.stop, str) else body.stop or []
    checks.whole(len(stop), 0, MOST_STOPS, "stop")
    first = ChatRequest(
        turns=tuple(turns),
        sampling=_sampling(body),
        schema=_schema(body.response_format),
        stop=tuple(stop),
        prefix=prefix,
    )
    return [_seeded(first, i) for i in range(n)]


def texts(body: EmbeddingBody) -> list[str]:
    """Return the texts to encode.

    Raises:
        InputError: none, too many, or a text that is empty or too long.
    """
    given = [body.input] if isinstance(body.input, str) else body.input
    checks.whole(len(given), 1, MOST_TEXTS, "input")
    return [checks.text(text, LONGEST, f"input[{i}]") for i, text in enumerate(given)]


def _turn(message: Message, name: str) -> Turn:
    parts = [Part(text=message.content)] if isinstance(message.content, str) else message.content
    for part in parts:
        if part.type != "text":
            raise InputError(ONLY_TEXT, kind=repr(part.type)[:60])
    text = "".join(part.text for part in parts)
    if text or message.role == "user":
        checks.text(text, LONGEST, name)
    role = "system" if message.role == "developer" else message.role
    return Turn(role, text)


def _sampling(body: ChatBody) -> Sampling:
    given = body.max_completion_tokens or body.max_tokens
    tokens = DEFAULT_TOKENS if given is None else given
    return Sampling(
        temperature=_number(body.temperature, 0, 2, "temperature"),
        top_p=_number(body.top_p, 0, 1, "top_p"),
        top_k=checks.whole(body.top_k, 0, 1000, "top_k"),
        repetition_penalty=_number(body.repetition_penalty, 0.1, 10, "repetition_penalty"),
        max_tokens=checks.whole(tokens, 1, MOST_TOKENS, "max_tokens"),
        seed=_random() if body.seed is None else checks.whole(body.seed, 0, 2**63 - 1, "seed"),
    )


def _random() -> int:
    return uuid.uuid4().int % 2**31


def _number(value: float | None, low: float, high: float, name: str) -> float:
    """Return `value`, by default 1, when it lies between `low` and `high`."""
    number = 1.0 if value is None else value
    if not low <= number <= high:
        raise InputError(checks.RANGE, name=Field(name), value=number, low=low, high=high)
    return number


def _schema(form: Format | None) -> dict[str, Any] | None:
    if form is None or form.type == "text":
        return None
    if form.type == "json_object":
        return ANY_OBJECT
    schema = (form.json_schema or {}).get("schema")
    if not isinstance(schema, dict):
        raise InputError(NO_SCHEMA)
    try:
        validator_for(schema).check_schema(schema)
    except SchemaError as error:
        raise InputError(BAD_SCHEMA, why=error.message.rstrip(".")) from error
    return schema


def _seeded(request: ChatRequest, more: int) -> ChatRequest:
    sampling = replace(request.sampling, seed=request.sampling.seed + more)
    return replace(request, sampling=sampling)
