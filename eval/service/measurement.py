"""Measure the service: one client alone, many at once, and clients that leave meanwhile.

`python -m eval.service --clients 32 --seconds 300` · the server is a process of its own. Each client has
one conversation after the other, of four turns, and an answer that is begun is always read to its end.
Compare the ratios: the seconds are this machine's.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.service import figures
from eval.service.client import Client, Seen
from eval.service.conversations import marker
from eval.service.leaving import leavings
from eval.service.process import Server, served
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.settings import Settings

LIBRARIES = ("fastapi", "uvicorn", "openvino-genai", "xllamacpp")
LEAVERS = 2
"""Clients that leave again and again while the others talk."""
MODELS = ("house", "smollm2-135m-instruct")


@dataclass(frozen=True, slots=True)
class Phase:
    """Hold what so many clients saw at once."""

    turns: list[Seen]
    seconds: float
    """Until the last answer was read to its end."""
    left: list[float]
    """Milliseconds that places were held by clients that had left."""


class Load:
    """Ask one server by many clients; every conversation of the run has a word of its own."""

    def __init__(self, url: str, keys: Sequence[str], models: Sequence[str]) -> None:
        self._clients = [Client(url, key, number) for number, key in enumerate(keys)]
        self._models = models
        self._words = map(marker, itertools.count())

    async def warm(self) -> None:
        """Let every model answer once.

        Raises:
            RuntimeError: one does not.
        """
        for model in self._models:
            turns = [
                seen async for seen in self._clients[0].talk(model, next(self._words), _always)
            ]
            wrong = [seen.error for seen in turns if seen.error]
            if wrong:
                raise RuntimeError(wrong[0])

    async def alone(self, model: str, seconds: float) -> Phase:
        """Let one client talk to one model."""
        began = time.perf_counter()
        turns = await self._talk(0, (model,), _until(seconds))
        return Phase(turns, time.perf_counter() - began, [])

    async def together(self, clients: int, seconds: float) -> Phase:
        """Let so many clients talk at once, and the others leave again and again."""
        began, goes_on, left = time.perf_counter(), _until(seconds), list[float]()

        async def leave(number: int) -> None:
            client = self._clients[number]
            async for milliseconds in leavings(client, self._models, number, goes_on):
                left.append(milliseconds)

        leaving = [leave(number) for number in range(len(self._clients))[-LEAVERS:]]
        talking = [self._talk(number, self._models, goes_on) for number in range(clients)]
        told = asyncio.gather(*leaving), asyncio.gather(*talking)
        turns = list(itertools.chain.from_iterable(await told[1]))
        ended = time.perf_counter() - began
        await told[0]
        return Phase(turns, ended, left)

    async def close(self) -> None:
        """Close all connections."""
        for client in self._clients:
            await client.close()

    async def _talk(
        self, number: int, models: Sequence[str], goes_on: Callable[[], bool]
    ) -> list[Seen]:
        turns: list[Seen] = []
        for at in itertools.count(number):
            if not goes_on():
                return turns
            model, word = models[at % len(models)], next(self._words)
            async for seen in self._clients[number].talk(model, word, goes_on):
                turns.append(seen)
        return turns


async def measured(
    server: Server, keys: Sequence[str], given: argparse.Namespace
) -> dict[str, Any]:
    """Return what one client alone and all together saw."""
    load = Load(server.url, keys, given.models)
    await load.warm()
    ones = {model: await load.alone(model, given.alone) for model in given.models}
    print(f"one client: {sum(len(one.turns) for one in ones.values())} turns", file=sys.stderr)
    many = await load.together(given.clients, given.seconds)
    print(f"{given.clients} clients: {len(many.turns)} turns", file=sys.stderr)
    quiet = await load.together(0, given.alone)
    await load.close()
    alone = {n: figures.speed(one.turns, one.seconds)[n] for n, one in ones.items()}
    together = figures.speed(many.turns, many.seconds)
    return {
        "one": alone,
        "many": together,
        "many_seconds": round(many.seconds, 1),
        "beside_one": figures.beside_one(together, alone),
        "faults": figures.faults([seen for one in (*ones.values(), many) for seen in one.turns]),
        "shares": figures.shares(many.turns, given.clients),
        "left_milliseconds": {
            "under_load": figures.quantiles(many.left, 0),
            "quiet": figures.quantiles(quiet.left, 0),
        },
        "server_megabytes": server.megabytes(),
    }


def _until(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() < end


def _always() -> bool:
    return True


def main(argv: Sequence[str] | None = None) -> int:
    """Run the measurement and write its result."""
    plain = Settings()
    parser = argparse.ArgumentParser("python -m eval.service", description=__doc__)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--alone", type=float, default=60, help="seconds of one client, each model")
    parser.add_argument("--models", type=lambda text: text.split(","), default=list(MODELS))
    parser.add_argument("--running", type=int, default=plain.running)
    parser.add_argument("--queue", type=int, default=plain.queue)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    began = time.perf_counter()
    keys = [f"client-{number}" for number in range(given.clients + LEAVERS)]
    with served(keys, given.running, given.queue) as server:
        found = asyncio.run(measured(server, keys, given))
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data="conversations in eval/service/conversations.py",
        size=found["many"]["all"]["turns"],
        libraries=LIBRARIES,
    )
    described = {name: getattr(given, name) for name in ("clients", "seconds", "models", "running")}
    path = provenance.write("service", {**described, **found}, origin, given.results)
    print(f"faults {found['faults']}, beside one {found['beside_one']} → {path}")
    return 0
