"""Compare the ways to run a chat model by llama.cpp on this CPU, and prove that its weights are exact.

`python -m eval.chat_engines pace` times the variants, each in a process of its own, on a machine that
does nothing else; `… weights` compares how probable the engine finds the words of texts with what
transformers says of the same weights, dequantised. They write eval/results/chat-pace.json and
chat-weights.json.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.metrics import chat_speed
from eval.metrics.chat_speed import CHATS
from eval.systems.llamacpp_likelihood import Reading, readings
from samovar import catalog
from samovar.catalog import Model
from samovar.errors import SamovarError
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.base import ChatModel
from samovar.models.chat.llamacpp.engine import LlamaCppChat
from samovar.models.chat.llamacpp.options import SERVED, Options
from samovar.models.chat.llamacpp.server import LlamaServer
from samovar.models.files import weights
from samovar.settings import ROOT, Settings

MODEL = "qwen2.5-coder-1.5b-instruct"
VARIANTS: dict[str, Options] = {
    "served": SERVED,
    "awake": replace(SERVED, looks=10**9),
    "asleep": replace(SERVED, looks=0),
    "mapped": replace(SERVED, mapped=True),
    "as-filed": replace(SERVED, mapped=True, reordered=False),
    "lookup": replace(SERVED, lookup=2),
    "long-steps": replace(SERVED, batch=2048),
}
"""What is compared; `served` is what the product runs with."""
FEW = 4
"""New tokens where only the first counts."""
PASSAGES, TOKENS = 4, 128
"""Texts of each language, and the most tokens of each that are read."""
TEXTS = ROOT / "data" / "encyclopedia"
LIBRARIES = {"pace": ("xllamacpp",), "weights": ("xllamacpp", "transformers", "torch")}

Case = Callable[[int], float]


def paces(chat: ChatModel, repeats: int, tokens: int) -> dict[str, list[float]]:
    """Return the values of every case; each repeat measures all in turn."""
    cases: dict[str, Case] = {
        "one_chat": lambda repeat: chat_speed.together(chat, 1, repeat, tokens),
        "eight_chats": lambda repeat: chat_speed.together(chat, CHATS, repeat, tokens),
        "one_copying": lambda repeat: chat_speed.copying(chat, 1, repeat, tokens),
        "first_seconds": lambda repeat: chat_speed.first(chat, repeat, FEW),
        "reading": lambda repeat: chat_speed.reading(chat, repeat),
    }
    chat_speed.together(chat, 1, -1, FEW)  # the first call allocates
    values: dict[str, list[float]] = {name: [] for name in cases}
    for repeat in range(repeats):
        for name, case in cases.items():
            values[name].append(round(case(repeat), 3))
            print(f"{repeat + 1}/{repeats} {name}: {values[name][-1]}", file=sys.stderr)
    return values


def child(model: Model, variant: str, repeats: int, tokens: int) -> None:
    """Print the values of one variant and the memory of this process as the last line."""
    from eval.metrics.process_memory import now

    chat = LlamaCppChat(model, Settings.from_env(), VARIANTS[variant])
    values = paces(chat, repeats, tokens)
    use = now(variant)
    memory = {"resident": use.resident, "anonymous": use.anonymous}
    print(json.dumps({"values": values, "memory": memory}), flush=True)
    os._exit(0)  # the engine needs no orderly end here


def pace(given: argparse.Namespace) -> dict[str, Any]:
    """Return the medians and all values of each variant, run in processes of their own."""
    rows: dict[str, Any] = {}
    for variant in given.variants:
        command = [sys.executable, "-m", "eval.chat_engines", "pace", "--child", variant]
        command += ["--model", given.model, "--repeats", str(given.repeats)]
        command += ["--tokens", str(given.tokens)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        told = json.loads(done.stdout.splitlines()[-1])
        medians = {name: statistics.median(found) for name, found in told["values"].items()}
        rows[variant] = {"medians": medians, **told}
    return {"model": given.model, "tokens": given.tokens, "repeats": given.repeats, "rows": rows}


def agreement(ours: Sequence[Reading], theirs: Sequence[Reading]) -> dict[str, float]:
    """Return both perplexities, and the share of places with the same most probable token."""
    pairs = [
        (place, other[at])
        for text, other in zip(ours, theirs, strict=True)
        for at, place in text.items()
    ]
    return {
        "places": len(pairs),
        "llamacpp": math.exp(-statistics.fmean(place.logarithm for place, _ in pairs)),
        "transformers": math.exp(-statistics.fmean(other.logarithm for _, other in pairs)),
        "same_best": statistics.fmean(place.best == other.best for place, other in pairs),
    }


def exactness(given: argparse.Namespace) -> dict[str, Any]:
    """Read texts by the engine and by transformers; return how far they agree."""
    model, settings = catalog.model(given.model), Settings.from_env()
    server = LlamaServer(weights.joined(model, settings), (), settings.threads)
    texts = [server.encode(text, False)[:TOKENS] for text in passages()]
    ours = readings(server, texts)
    del server
    from eval.systems.transformers_likelihood import reference

    theirs = reference(model, settings, given.base, texts)
    return {"model": given.model, "texts": len(texts), **agreement(ours, theirs)}


def passages() -> list[str]:
    """Return the first text of the first subjects, English and Russian."""
    files = [p for code in ("en", "ru") for p in sorted(TEXTS.glob(f"{code}-*.jsonl"))[:PASSAGES]]
    return [json.loads(path.read_text("utf-8").splitlines()[0])["text"] for path in files]


PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "pace": pace,
    "weights": exactness,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure one part and write its result."""
    parser = argparse.ArgumentParser("python -m eval.chat_engines", description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--model", default=MODEL, help="id of a chat model in the catalog")
    parser.add_argument("--variants", nargs="+", choices=VARIANTS, default=list(VARIANTS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--tokens", type=int, default=64, help="new tokens of each reply")
    parser.add_argument("--base", type=Path, help="folder with its weights, not the catalog's")
    parser.add_argument("--child", choices=VARIANTS, help=argparse.SUPPRESS)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    began = time.perf_counter()
    try:
        if given.child:
            child(catalog.model(given.model), given.child, given.repeats, given.tokens)
        measured = PARTS[given.part](given)
    except SamovarError as error:
        print(error, file=sys.stderr)
        return 1
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data="prompts in eval/metrics/chat_speed.py" if given.part == "pace" else TEXTS.name,
        size=measured.get("texts", CHATS),
        libraries=LIBRARIES[given.part],
    )
    print(provenance.write(f"chat-{given.part}", measured, origin, given.results))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
