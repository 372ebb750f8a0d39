"""How probable llama.cpp finds the tokens of a text, which its server tells only of what it writes."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from samovar.models.chat.llamacpp.server import Body, LlamaServer

CERTAIN = 1000.0
"""Added to the logit of the text's own token: it is always written, its probability stays as it was."""
FIRST = 2
"""The first place that is read. One token is no text: in these models the first takes all attention,
and eight bits hold its state badly (3.9 nats off, where later places are 0.002 off)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Hold what a model finds of one token of a text."""

    logarithm: float
    """Natural logarithm of the probability of the text's own token."""
    best: int
    """The most probable token."""


Reading = dict[int, Place]
"""Places of a text by their number, the first token is 0."""


def readings(
    server: LlamaServer, texts: Sequence[Sequence[int]], adapter: str | None = None
) -> list[Reading]:
    """Read each text (token ids) with `adapter`, all at once.

    Places whose token ends amid a character are left out: the server says nothing of them.

    Raises:
        ModelError: llama.cpp fails.
    """
    with ThreadPoolExecutor(len(texts)) as readers:
        return list(readers.map(lambda ids: _reading(server, ids, adapter), texts))


def _reading(server: LlamaServer, ids: Sequence[int], adapter: str | None) -> Reading:
    found = {at: _written(server, ids[:at], ids[at], adapter) for at in range(FIRST, len(ids))}
    return {at: place for at, place in found.items() if place is not None}


def _written(
    server: LlamaServer, before: Sequence[int], token: int, adapter: str | None
) -> Place | None:
    """Let the server write `token` after `before`; return what it tells about this place."""
    found: list[Place] = []

    def read(chunk: Body) -> bool:
        for told in (chunk["choices"][0].get("logprobs") or {}).get("content", ()):
            found.append(Place(float(told["logprob"]), int(told["top_logprobs"][0]["id"])))
        return False

    body: Body = {
        "prompt": list(before),
        "n_predict": 1,
        "n_probs": 1,
        "logit_bias": [[token, CERTAIN]],
        "temperature": 0,
        "cache_prompt": True,
    }
    server.generate(body, adapter, read)
    return found[0] if found else None
