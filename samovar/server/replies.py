"""The answers of OpenAI's HTTP API, written from our records."""

from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.records import Completion

DONE = "data: [DONE]\n\n"
"""The last event of a stream."""


def completion(model: str, replies: Sequence[Completion]) -> dict[str, Any]:
    """Return the body of a whole answer."""
    choices = [
        {
            "index": i,
            "message": {"role": "assistant", "content": reply.text},
            "finish_reason": "length" if reply.finish == "length" else "stop",
        }
        for i, reply in enumerate(replies)
    ]
    used = usage(replies[0].prompt_tokens, sum(reply.tokens for reply in replies))
    return {**envelope(model, "chat.completion"), "choices": choices, "usage": used}


def envelope(model: str, kind: str) -> dict[str, Any]:
    """Return what every answer and every event of one stream begins with."""
    name = f"chatcmpl-{uuid.uuid4().hex}"
    return {"id": name, "object": kind, "created": int(time.time()), "model": model}


def delta(piece: str, finish: str | None = None) -> dict[str, Any]:
    """Return the choices of one event of a stream."""
    said = {"role": "assistant", "content": piece}
    return {"choices": [{"index": 0, "delta": said, "finish_reason": finish}]}


def silence() -> dict[str, Any]:
    """Return the choices of an event that says nothing."""
    return {"choices": [{"index": 0, "delta": {}, "finish_reason": None}]}


def models(rows: Mapping[str, dict[str, Any]], since: int) -> list[dict[str, Any]]:
    """Return the list of what requests may name: id → extension field, empty for plain models."""
    return [
        {"id": id, "object": "model", "created": since, "owned_by": "samovar"}
        | ({"samovar": about} if about else {})
        for id, about in rows.items()
    ]


def usage(prompt: int, tokens: int) -> dict[str, int]:
    """Return the token counts of an answer."""
    return {"prompt_tokens": prompt, "completion_tokens": tokens, "total_tokens": prompt + tokens}


def embeddings(model: str, vectors: NDArray[np.float32], form: str) -> dict[str, Any]:
    """Return the body of an answer with one vector per text; tokens are not counted."""
    data = [
        {
            "object": "embedding",
            "index": i,
            "embedding": base64.b64encode(vector.astype("<f4").tobytes()).decode()
            if form == "base64"
            else vector.tolist(),
        }
        for i, vector in enumerate(vectors)
    ]
    return {"object": "list", "data": data, "model": model}


def event(body: dict[str, Any]) -> str:
    """Return one server-sent event."""
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
