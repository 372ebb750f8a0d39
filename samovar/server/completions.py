"""What POST /v1/chat/completions answers: by a model, an adapter of one, or a character."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from samovar.character.persona import CHARACTERS
from samovar.models.base import ChatModel
from samovar.models.shelf import Shelf
from samovar.records import ChatRequest
from samovar.server import characters, replies, requests
from samovar.server.names import chat_model
from samovar.server.requests import ChatBody
from samovar.server.work import Source, once


def source(body: ChatBody, shelf: Shelf) -> Source[dict[str, Any]]:
    """Return what answers `body`, one body for the whole or one for each event of the stream.

    Nothing is loaded and nothing computed before it runs.

    Raises:
        UnknownModelError: nothing has this name.
        InputError: a value of the request breaks a rule.
        ModelError: the adapter that it names is damaged.
    """
    usage = bool(body.stream_options and body.stream_options.include_usage)
    if body.model in CHARACTERS:
        wanted = characters.asked(body)
        if not body.stream:
            return once(lambda stop: characters.whole(wanted, shelf, stop))
        drafts = bool(body.stream_options and body.stream_options.include_drafts)
        return lambda stop: characters.streamed(wanted, shelf, stop, usage, drafts)
    asked = requests.requests(body)
    model, adapter = chat_model(body.model, shelf)
    asked = [replace(one, adapter=adapter) for one in asked]
    chat = partial(shelf.chat, model)
    if body.stream:
        return lambda stop: _streamed(chat(), asked[0], body.model, usage, stop)
    return once(lambda stop: _whole(chat(), asked, body.model, stop))


def _whole(
    chat: ChatModel, asked: list[ChatRequest], name: str, stop: threading.Event
) -> dict[str, Any]:
    return replies.completion(name or chat.name, chat.complete(asked, stop))


def _streamed(
    chat: ChatModel, asked: ChatRequest, name: str, usage: bool, stop: threading.Event
) -> Iterator[dict[str, Any]]:
    head = replies.envelope(name or chat.name, "chat.completion.chunk")
    text = ""
    for piece in chat.stream(asked, stop):
        text += piece
        yield {**head, **replies.delta(piece)}
    # tokens are counted again from the text, without the template
    tokens = chat.count(text)
    yield {**head, **replies.delta("", "length" if tokens >= asked.sampling.max_tokens else "stop")}
    if usage:
        prompt = sum(chat.count(turn.text) for turn in asked.turns)
        yield {**head, "choices": [], "usage": replies.usage(prompt, tokens)}
