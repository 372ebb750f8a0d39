"""One client: it streams conversations, one turn at a time, and notes what it sees and how fast."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from eval.service.conversations import Turn, conversation

TOKENS = 64
"""Of one reply at the most."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold what one turn gave."""

    client: int
    model: str
    word: str
    text: str = ""
    tokens: int = 0
    first: float = 0.0
    """Seconds to the first words of the reply."""
    seconds: float = 0.0
    """To the end of the reply."""
    opening: str = ""
    facts: tuple[str, ...] = ()
    written: bool = True
    """False when the word that the schema demands is not there."""
    error: str = ""


class Client:
    """Ask one server under a key of its own."""

    def __init__(self, url: str, key: str, number: int) -> None:
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {key}"},
            timeout=httpx.Timeout(None, connect=30),
            trust_env=False,
        )
        self._number = number

    async def talk(self, model: str, word: str, goes_on: Callable[[], bool]) -> AsyncIterator[Seen]:
        """Yield the turns of one conversation; it ends early with an error, or when time is over."""
        messages: list[dict[str, str]] = []
        for turn in conversation(model, self._number, word):
            if not goes_on():
                return
            messages.append({"role": "user", "content": turn.text})
            seen = await self._seen(model, word, turn, messages)
            yield seen
            if seen.error:
                return
            messages.append({"role": "assistant", "content": seen.text or "…"})

    async def events(self, body: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        """Yield the events of a streamed answer.

        Raises:
            ValueError: the server refuses, or tells of an error in the stream.
        """
        asked = {**body, "stream": True, "stream_options": {"include_usage": True}}
        async with self._http.stream("POST", "/v1/chat/completions", json=asked) as reply:
            if reply.status_code != 200:
                raise ValueError(f"{reply.status_code} {(await reply.aread()).decode()[:200]}")
            done = False
            async for line in reply.aiter_lines():
                done = done or line == "data: [DONE]"
                if line.startswith("data: {"):
                    told = json.loads(line.removeprefix("data: "))
                    if "error" in told:
                        raise ValueError(told["error"]["message"])
                    yield told
            if not done:
                raise ValueError("the stream broke off")

    async def holds(self) -> int:
        """Return how many places of the server this client has."""
        told = (await self._http.get("/healthz")).headers
        limit, left = (int(told[f"x-ratelimit-{name}-requests"]) for name in ("limit", "remaining"))
        return limit - left

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _seen(
        self, model: str, word: str, turn: Turn, messages: list[dict[str, str]]
    ) -> Seen:
        body: dict[str, Any] = {"model": model, "messages": messages, "max_tokens": TOKENS}
        if turn.schema is not None:
            named = {"name": "word", "schema": turn.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        began, first = time.perf_counter(), 0.0
        texts: list[str] = []
        tokens, about = 0, dict[str, Any]()
        try:
            async for told in self.events(body):
                if told["model"] != model:
                    raise ValueError(f"the answer is of {told['model']}")
                about = told.get("samovar", about)
                tokens = (told.get("usage") or {}).get("completion_tokens", tokens)
                piece = "".join(c["delta"].get("content") or "" for c in told["choices"])
                if piece:
                    first = first or time.perf_counter() - began
                    texts.append(piece)
        except (ValueError, LookupError, httpx.HTTPError) as error:
            return Seen(self._number, model, word, error=f"{type(error).__name__}: {error}")
        text = "".join(texts)
        return Seen(
            self._number,
            model,
            word,
            text,
            tokens,
            first,
            time.perf_counter() - began,
            turn.opening,
            tuple(fact["id"] for fact in about.get("facts", ())),
            turn.schema is None or word in text,
        )
