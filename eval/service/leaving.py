"""Clients that leave: how long a request holds its place after its client has hung up."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from eval.service.client import Client

PAUSE = 0.005
"""Seconds between two looks at the places that a client holds."""
LONGEST = 60.0
"""Seconds after which a place counts as never freed."""
LATEST = 4.0
"""Seconds after which a client leaves at the latest: in the queue, while its prompt is read, or later."""
QUESTION = "Tell me a long story about yourself."


async def leavings(
    client: Client, models: Sequence[str], seed: int, goes_on: Callable[[], bool]
) -> AsyncIterator[float]:
    """Yield for one leaving after the other the milliseconds until its place was free again."""
    drawn = random.Random(seed)
    while goes_on():
        yield await left(client, drawn.choice(models), drawn.uniform(0.05, LATEST))


async def left(client: Client, model: str, seconds: float) -> float:
    """Ask, hang up after `seconds`, and return the milliseconds until the place was free again."""
    asked = {"role": "user", "content": QUESTION}
    body: dict[str, Any] = {"model": model, "messages": [asked], "max_tokens": 512}

    async def listen() -> None:
        async for _ in client.events(body):
            pass

    listening = asyncio.ensure_future(listen())
    await asyncio.wait({listening}, timeout=seconds)
    listening.cancel()
    await asyncio.wait({listening})
    if not listening.cancelled():
        listening.exception()  # it was answered before
    began = time.perf_counter()
    while await client.holds() and time.perf_counter() - began < LONGEST:
        await asyncio.sleep(PAUSE)
    return (time.perf_counter() - began) * 1000
