"""The models as an OpenAI-compatible HTTP API; `python -m samovar.server` serves it.

POST /v1/chat/completions, POST /v1/embeddings, GET /v1/models, GET /healthz.
"""

from __future__ import annotations

import argparse
import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.types import Receive, Scope, Send

from samovar.errors import BusyError, SamovarError
from samovar.models.base import ChatModel
from samovar.models.shelf import Shelf
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest
from samovar.server import replies, requests
from samovar.server.errors import answer_errors, described
from samovar.server.errors import language as language_of
from samovar.server.names import chat_model, model, served
from samovar.server.replies import event
from samovar.server.requests import ChatBody, EmbeddingBody

T = TypeVar("T")
LARGEST = 16_000_000
"""Bytes of a request."""
LOOK = 0.2
"""Seconds between two looks whether the client is still there."""

FULL = Phrase("All {limit} places are taken.", "Все места ({limit}) заняты.")
LATER = Phrase("Try again in a few seconds.", "Повторите через несколько секунд.")


def api(shelf: Shelf) -> FastAPI:
    """Return the application over the models of `shelf`."""
    app = FastAPI(title="Samovar", redoc_url=None, max_body_size=LARGEST)
    places = Places(shelf.settings.queue)
    answer_errors(app, shelf.settings.language)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Say that the server is up."""
        return {"status": "ok"}

    @app.get("/v1/models")
    def models() -> dict[str, Any]:
        """List the models and adapters that requests may name."""
        rows = [{"id": name, "object": "model", "owned_by": "samovar"} for name in served(shelf)]
        return {"object": "list", "data": rows}

    @app.post("/v1/chat/completions")
    async def chat_completions(body: ChatBody, request: Request) -> Response:
        """Continue a conversation, as a whole or as a stream of events."""
        asked = requests.requests(body)
        chat, adapter = await run_in_threadpool(chat_model, body.model, shelf)
        asked = [replace(one, adapter=adapter) for one in asked]
        if body.stream:
            language = language_of(request, shelf.settings.language)
            return await _stream(chat, asked[0], body, places, language)
        stop = threading.Event()
        with places.taken():
            completions = await _watched(request, lambda: chat.complete(asked, stop), stop)
        return JSONResponse(replies.completion(body.model or chat.name, completions))

    @app.post("/v1/embeddings")
    def embeddings(body: EmbeddingBody) -> dict[str, Any]:
        """Turn texts into unit vectors."""
        row = model("encoder", body.model, shelf)
        with places.taken():
            vectors = shelf.encoder(row.id).encode(requests.texts(body), body.input_type)
        return replies.embeddings(row.id, vectors, body.encoding_format)

    return app


class Places:
    """Admit a bounded number of requests at a time."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._free = threading.Semaphore(limit)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a place.

        Raises:
            BusyError: none is free.
        """
        if not self._free.acquire(blocking=False):
            raise BusyError(FULL, LATER, limit=self._limit)
        try:
            yield
        finally:
            self._free.release()


async def _watched(request: Request, work: Callable[[], T], stop: threading.Event) -> T:
    """Return what `work` returns in a thread; a client that hangs up sets `stop`."""
    task = asyncio.ensure_future(run_in_threadpool(work))
    while not (await asyncio.wait({task}, timeout=LOOK))[0]:
        if await request.is_disconnected():
            stop.set()
    return task.result()


async def _stream(
    chat: ChatModel, asked: ChatRequest, body: ChatBody, places: Places, language: Language
) -> Response:
    """Answer by events. What fails before the first piece still gets its own status."""
    stop = threading.Event()
    hold = ExitStack()
    hold.callback(stop.set)
    with hold:
        hold.enter_context(places.taken())
        pieces = chat.stream(asked, stop)
        first = await run_in_threadpool(next, pieces, "")
        kept = hold.pop_all()
    head = replies.envelope(body.model or chat.name, "chat.completion.chunk")

    async def events() -> AsyncIterator[str]:
        text = first
        try:
            yield event({**head, **replies.delta(first)})
            async for piece in iterate_in_threadpool(pieces):
                text += piece
                yield event({**head, **replies.delta(piece)})
            for last in await run_in_threadpool(_last, chat, asked, body, text):
                yield event({**head, **last})
            yield "data: [DONE]\n\n"
        except SamovarError as error:
            yield event(described(error, language)[1])

    return Events(events(), kept)


class Events(StreamingResponse):
    """Stream events and close what they hold at the end, also when the client hangs up."""

    def __init__(self, events: AsyncIterator[str], held: ExitStack) -> None:
        super().__init__(events, media_type="text/event-stream")
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events."""
        with self._held:
            await super().__call__(scope, receive, send)


def _last(chat: ChatModel, asked: ChatRequest, body: ChatBody, text: str) -> list[dict[str, Any]]:
    """Return the end of a stream. Tokens are counted again from the text, without the template."""
    tokens = chat.count(text)
    end = replies.delta("", "length" if tokens >= asked.sampling.max_tokens else "stop")
    if not (body.stream_options and body.stream_options.include_usage):
        return [end]
    prompt = sum(chat.count(turn.text) for turn in asked.turns)
    return [end, {"choices": [], "usage": replies.usage(prompt, tokens)}]


def main() -> None:
    """Serve the process's models at GRADIO_SERVER_NAME and GRADIO_SERVER_PORT."""
    import uvicorn

    from samovar.models.shelf import shelf

    argparse.ArgumentParser(prog="python -m samovar.server", description=__doc__).parse_args()
    settings = shelf().settings
    uvicorn.run(api(shelf()), host=settings.host, port=settings.port, log_level="warning")
