"""Measure the default chat engine against itself and against transformers, in one run.

`make bench` · medians over the repeats; each repeat measures every case in turn, so that a change
of the machine's pace meets all of them. Compare the ratios: the seconds are this machine's.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.metrics import chat_speed
from eval.metrics.chat_speed import CHATS, question
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.base import ChatModel
from samovar.models.chat.pytorch.reference import PRECISIONS, Reference
from samovar.models.shelf import shelf

LIBRARIES = ("openvino-genai", "transformers", "torch")

Case = Callable[[int], float]
"""Gets the number of the repeat; returns tokens per second, or seconds."""


def measure(chat: ChatModel, references: dict[str, Reference], repeats: int, tokens: int) -> Any:
    """Return the medians, all values and the two ratios."""
    cases: dict[str, Case] = {
        "one_chat": lambda repeat: chat_speed.together(chat, 1, repeat, tokens),
        "eight_chats": lambda repeat: chat_speed.together(chat, CHATS, repeat, tokens),
        "first_token_seconds": lambda repeat: chat_speed.first(chat, repeat, tokens),
    }
    for precision, reference in references.items():
        cases[f"transformers_{precision}"] = _generation(reference, tokens)
    for case in cases.values():
        case(-1)  # the first call of each allocates and compiles
    values: dict[str, list[float]] = {name: [] for name in cases}
    for repeat in range(repeats):
        for name, case in cases.items():
            values[name].append(round(case(repeat), 4))
            print(f"{repeat + 1}/{repeats} {name}: {values[name][-1]}", file=sys.stderr)
    return summary(values)


def summary(values: dict[str, list[float]]) -> dict[str, Any]:
    """Return medians and ratios of `values`: tokens per second by case, and seconds."""
    medians = {name: statistics.median(found) for name, found in values.items()}
    best = max(found for name, found in medians.items() if name.startswith("transformers_"))
    return {
        "medians": medians,
        "values": values,
        "eight_to_one": round(medians["eight_chats"] / medians["one_chat"], 2),
        "one_to_transformers": round(medians["one_chat"] / best, 2),
    }


def _generation(reference: Reference, tokens: int) -> Case:
    def case(repeat: int) -> float:
        began = time.perf_counter()
        reference.generate(question(0, repeat), tokens)
        return tokens / (time.perf_counter() - began)

    return case


def main(argv: Sequence[str] | None = None) -> int:
    """Run the measurement and write its result."""
    parser = argparse.ArgumentParser("python -m eval.speed", description=__doc__)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--tokens", type=int, default=64, help="new tokens of each reply")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    began = time.perf_counter()
    choice, settings = shelf().choice("chat"), shelf().settings
    references: dict[str, Reference] = {
        name: Reference(choice.model, settings, name) for name in PRECISIONS
    }
    measured = measure(shelf().chat(), references, given.repeats, given.tokens)
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data="story prompts in eval/metrics/chat_speed.py",
        size=CHATS,
        libraries=LIBRARIES,
    )
    described = {"model": choice.model.id, "engine": choice.engine, "tokens": given.tokens}
    path = provenance.write("speed", {**described, **measured}, origin, given.results)
    print(f"eight to one {measured['eight_to_one']}, one to transformers ", end="")
    print(f"{measured['one_to_transformers']} → {path}")
    shelf().close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
