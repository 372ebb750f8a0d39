"""The command `samovar serve`."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

import uvicorn

from samovar.character.endpoint import exchanges
from samovar.character.persona import CHARACTERS
from samovar.command import terminal
from samovar.command.cli import COMMANDS
from samovar.errors import SamovarError
from samovar.models.shelf import Shelf, shelf
from samovar.phrases import Phrase
from samovar.server.api import api, room_of
from samovar.server.lifetime import Server
from samovar.settings import Settings

IDLE = 75
"""Seconds that a connection without a request stays open: longer than a proxy keeps its own."""
FLUSH = 5
"""Seconds in which connections must have taken the last of their answers."""

HELLO = "Hello."

HOST = Phrase("address to listen at, by default {host}", "адрес сервера, по умолчанию {host}")
PORT = Phrase("port, by default {port}", "порт, по умолчанию {port}")
LOG = Phrase("note every request on stderr", "записывать каждый запрос в stderr")
AT = Phrase(
    "Serving at http://{host}:{port}/v1; its documentation is at /docs. Ctrl+C ends it.",
    "API доступен по адресу http://{host}:{port}/v1, описание — /docs. Остановить: Ctrl+C.",
)


def serve(argv: Sequence[str], settings: Settings, out: IO[str]) -> int:
    """Serve until the process is asked to stop; what its first answers need is loaded meanwhile."""
    language = settings.language
    parser = terminal.parser("samovar serve", COMMANDS["serve"].about.say(language), out)
    parser.add_argument(
        "--host", default=settings.host, help=HOST.say(language, host=settings.host)
    )
    parser.add_argument(
        "--port", type=int, default=settings.port, help=PORT.say(language, port=settings.port)
    )
    parser.add_argument("--log", action="store_true", help=LOG.say(language))
    given = parser.parse_args(argv)
    if given.log:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
        logging.getLogger("httpx").setLevel(logging.WARNING)
    models = shelf()
    threading.Thread(target=_warm_up, args=(models,), daemon=True, name="samovar-warm-up").start()
    print(AT.say(language, host=given.host, port=given.port), file=sys.stderr, flush=True)
    if not run(models, given.host, given.port):
        sys.stderr.flush()
        os._exit(0)  # an engine still reads a prompt: the interpreter cannot end in order around it
    models.close()
    return 0


def run(models: Shelf, host: str, port: int) -> bool:
    """Serve `models` until the process is asked to stop; tell whether all requests have ended."""
    room = room_of(models)
    config = uvicorn.Config(
        api(models, room),
        host=host,
        port=port,
        log_level="warning",
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=FLUSH,
        server_header=False,
    )
    Server(config, room, models.settings.drain).run()
    return not room.running


def _warm_up(models: Shelf) -> None:
    with suppress(SamovarError):  # the request that needs it tells
        models.chat()
        for slug in CHARACTERS:
            next(exchanges(HELLO, character=slug))  # the facts come first: they are encoded once
