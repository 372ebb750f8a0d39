"""OpenAI's chat completions on the wire: the request, the events of a reply, errors."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

from samovar.models.chat.streaming import Emit
from samovar.records import ChatRequest, Completion, Finish, Turn

SHORTEST = 200
"""Characters: a last turn is not cut below this."""


class Reply:
    """Collect the events of one reply.

    Some servers repeat the request's prefix, which is then removed. Not covered: a server that does
    not repeat it, and a model that does.
    """

    def __init__(self, emit: Emit, stop: threading.Event, prefix: str) -> None:
        self._emit = emit
        self._stop = stop
        self._prefix = prefix
        self._held = ""
        self._texts: list[str] = []
        self._usage: dict[str, int] = {}
        self._finish: Finish | None = None

    def read(self, event: dict[str, Any]) -> bool:
        """Take one event; True when nobody waits for the rest."""
        self._usage = event.get("usage") or self._usage
        for choice in event["choices"][:1]:
            self._add(choice["delta"].get("content") or "")
            if choice.get("finish_reason"):
                self._finish = "length" if choice["finish_reason"] == "length" else "stop"
        return self._stop.is_set()

    def _add(self, text: str) -> None:
        self._held += text
        if self._prefix.startswith(self._held) and len(self._held) < len(self._prefix):
            return
        text = self._held.removeprefix(self._prefix)
        self._held, self._prefix = "", ""
        if text:
            self._texts.append(text)
            self._emit(text)

    def completion(self, milliseconds: float) -> Completion:
        """Return the whole reply; tokens are 0 where the server does not count them."""
        if self._held:
            self._texts.append(self._held)
            self._emit(self._held)
        finish = self._finish or ("cancelled" if self._stop.is_set() else "stop")
        prompt = self._usage.get("prompt_tokens", 0)
        tokens = self._usage.get("completion_tokens", 0)
        return Completion("".join(self._texts), finish, prompt, tokens, milliseconds)


def body(request: ChatRequest, model: str) -> dict[str, Any]:
    """Return the body of POST /chat/completions that asks `model` for a streamed reply."""
    sampling = request.sampling
    messages = [{"role": turn.role, "content": turn.text} for turn in request.turns]
    fields: dict[str, Any] = {
        "model": model,
        "messages": messages,
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "max_tokens": sampling.max_tokens,
        "seed": sampling.seed,
    }
    if request.stop:
        fields["stop"] = list(request.stop)
    if request.schema is not None:
        form = {"name": "reply", "schema": dict(request.schema), "strict": True}
        fields["response_format"] = {"type": "json_schema", "json_schema": form}
    if sampling.top_k:  # not part of OpenAI's API, but of vLLM's and ours
        fields["top_k"] = sampling.top_k
    if sampling.repetition_penalty != 1:
        fields["repetition_penalty"] = sampling.repetition_penalty
    if request.prefix:
        messages.append({"role": "assistant", "content": request.prefix})
        fields |= {"continue_final_message": True, "add_generation_prompt": False}
    return fields


def shortened(request: ChatRequest) -> ChatRequest | None:
    """Return `request` without the older half of its turns, or the last one's front half.

    None when there is nothing left to drop.
    """
    turns = request.turns
    head = next((i for i, turn in enumerate(turns) if turn.role != "system"), len(turns))
    inner = turns[head:-1]
    if inner:
        rest = inner[(len(inner) + 1) // 2 :]
        return replace(request, turns=(*turns[:head], *rest, turns[-1]))
    last = turns[-1]
    if last.role == "system" or len(last.text) < 2 * SHORTEST:
        return None
    return replace(request, turns=(*turns[:-1], Turn(last.role, last.text[len(last.text) // 2 :])))


def message(content: bytes) -> str:
    """Return what an error's body says, OpenAI's form or another, in at most 300 characters."""
    try:
        answer = json.loads(content)
        error = answer.get("error", answer)
        said = error.get("message") or error.get("detail") if isinstance(error, dict) else error
    except (ValueError, AttributeError):
        said = content.decode("utf-8", "replace")
    return " ".join(str(said).split())[:300] or "—"
