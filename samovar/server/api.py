"""The models and characters as an OpenAI-compatible HTTP API; `samovar serve` serves it.

POST /v1/chat/completions, POST /v1/embeddings, GET /v1/models, GET /healthz.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from samovar.models.shelf import Shelf
from samovar.server import completions, names, replies, requests
from samovar.server.answers import Caller, Stream, Whole
from samovar.server.door import Door
from samovar.server.errors import answer_errors
from samovar.server.errors import language as language_of
from samovar.server.requests import ChatBody, EmbeddingBody
from samovar.server.waiting_room import WaitingRoom
from samovar.server.work import once

LARGEST = 16_000_000
"""Bytes of a request."""


def api(shelf: Shelf, room: WaitingRoom | None = None) -> FastAPI:
    """Return the application over the models of `shelf`; its requests wait in `room`."""
    settings = shelf.settings
    waiting_room = room or room_of(shelf)
    app = FastAPI(title="Samovar", redoc_url=None, max_body_size=LARGEST)
    app.add_middleware(Door, settings=settings, room=waiting_room)
    answer_errors(app, settings.language)
    _tell(app, shelf, waiting_room)
    _work(app, shelf, waiting_room)
    return app


def _tell(app: FastAPI, shelf: Shelf, room: WaitingRoom) -> None:
    """Add what says how the server is and what it has."""
    since = int(time.time())

    @app.get("/healthz")
    async def healthz() -> Response:
        """Say whether the server takes requests, and how many it has."""
        status = "draining" if room.closing else "ok"
        held = {"running": room.running, "waiting": room.waiting}
        return JSONResponse({"status": status, **held}, 503 if room.closing else 200)

    @app.get("/v1/models")
    def models() -> dict[str, Any]:
        """List the characters, models and adapters that requests may name."""
        return {"object": "list", "data": replies.models(names.served(shelf), since)}

    @app.get("/v1/models/{name}")
    def model(name: str) -> dict[str, Any]:
        """Describe one of them."""
        return replies.models({name: names.about(name, shelf)}, since)[0]


def _work(app: FastAPI, shelf: Shelf, room: WaitingRoom) -> None:
    """Add what runs a model."""

    def caller(request: Request) -> Caller:
        return Caller(room, request.state.client, language_of(request, shelf.settings.language))

    @app.post("/v1/chat/completions")
    async def chat_completions(body: ChatBody, request: Request) -> Response:
        """Continue a conversation, as a whole or as a stream of events."""
        source = await run_in_threadpool(completions.source, body, shelf)
        return (Stream if body.stream else Whole)(caller(request), source)

    @app.post("/v1/embeddings")
    async def embeddings(body: EmbeddingBody, request: Request) -> Response:
        """Turn texts into unit vectors."""
        row = await run_in_threadpool(names.model, "encoder", body.model, shelf)
        texts = requests.texts(body)

        def vectors(_: threading.Event) -> dict[str, Any]:
            found = shelf.encoder(row.id).encode(texts, body.input_type)
            return replies.embeddings(row.id, found, body.encoding_format)

        return Whole(caller(request), once(vectors))


def room_of(shelf: Shelf) -> WaitingRoom:
    """Return the waiting room that the settings of `shelf` describe."""
    settings = shelf.settings
    return WaitingRoom(settings.running, settings.queue, settings.client_limit)
