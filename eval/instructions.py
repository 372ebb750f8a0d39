"""What an adapter learned: the held-out part of its instructions, answered with and without it.

`python -m eval.instructions --data runs/instructions/instructions-test.jsonl` asks every instruction
twice, greedily and by the engine that serves, and writes eval/results/instructions-<model>.json: by task
and language the F1 of answers, the share of refusals where the passage does not tell, and chrF of the
other replies with the written one, with paired intervals. `python -m training.instructions` writes the
file; none of its passages and subjects stands in the part that trains.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import mean
from typing import IO, Any

from eval.metrics import replies
from eval.tables.instructions_table import instructions
from samovar import catalog
from samovar.command import terminal
from samovar.figures import provenance, statistics
from samovar.figures.results import RESULTS
from samovar.models.base import ChatModel
from samovar.models.files import adapters
from samovar.models.shelf import Shelf
from samovar.records import ChatRequest, Sampling, Turn, to_json
from samovar.settings import ROOT, Settings
from training.corpora.files import records
from training.corpora.instructions import Instruction

MODEL, ADAPTER = "qwen2.5-coder-1.5b-instruct", "assistant-qwen"
DATA = ROOT / "runs" / "instructions" / "instructions-test.jsonl"
SEED = 0
LONGEST = 96
"""New tokens at most: the longest written reply has 70."""
SCORES: dict[str, tuple[str, Callable[[Instruction, str], float]]] = {
    "answer": ("F1", lambda row, said: replies.f1(said, [row.target])),
    "absent": ("refused", lambda row, said: float(replies.refuses(said, row.language))),
    "reword": ("chrF", lambda row, said: replies.chrf(said, row.target)),
    "simplify": ("chrF", lambda row, said: replies.chrf(said, row.target)),
    "facts": ("chrF", lambda row, said: replies.chrf(said, row.target)),
}
"""Task → the name of its score and the score, 0 to 1. Open questions have no single good reply and are
judged in the basket."""


def main(argv: Sequence[str] | None = None) -> int:
    """Ask both sides, write the result, print its table and return the exit code."""
    parser = argparse.ArgumentParser("python -m eval.instructions", description=__doc__)
    parser.add_argument("--model", default=MODEL, help="id of a chat model in the catalog")
    parser.add_argument("--adapter", default=ADAPTER, help="name of an adapter of that model")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--most", type=int, default=40, help="of each task, language and origin")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    return terminal.run(lambda settings, out: measured(given, settings, out))


def measured(given: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Measure as `given` says.

    Raises:
        SamovarError: the data, the model or its adapter is not here.
    """
    began = time.perf_counter()
    rows = held_out(given.data, given.most)
    with closing(Shelf(settings)) as shelf:
        model = catalog.model(given.model)
        adapters.find(given.adapter, model, settings)  # before minutes of work
        chat = shelf.chat(model.id)
        base, tuned = (scored(chat, rows, adapter) for adapter in (None, given.adapter))
    found = {
        "model": model.id,
        "title": model.title,
        "adapter": given.adapter,
        "rows": compared(rows, base, tuned),
    }
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - began,
        data="held-out instructions: own, XQuAD",
        size=len(rows),
        libraries=("sacrebleu", "xllamacpp"),
    )
    path = provenance.write(f"instructions-{model.id}", found, origin, given.results)
    return terminal.write(out, [*instructions(to_json(found)), "", str(path)])


def held_out(path: Path, most: int) -> list[Instruction]:
    """Return the instructions of `path` that have a score, `most` of each kind.

    Raises:
        InputError: the file is not there.
    """
    taken: dict[tuple[str, ...], int] = {}
    rows = []
    for row in (Instruction(**line) for line in records(path)):
        kind = (row.task, row.language, row.origin)
        taken[kind] = taken.get(kind, 0) + 1
        if row.task in SCORES and taken[kind] <= most:
            rows.append(row)
    return rows


def scored(chat: ChatModel, rows: Sequence[Instruction], adapter: str | None) -> list[float]:
    """Return the score of the reply to each of `rows`, asked in one batch."""
    sampling = Sampling(max_tokens=LONGEST, seed=SEED)
    requests = [ChatRequest((Turn("user", row.source),), sampling, adapter) for row in rows]
    said = chat.complete(requests)
    return [SCORES[row.task][1](row, one.text.strip()) for row, one in zip(rows, said, strict=True)]


def compared(
    rows: Sequence[Instruction], base: Sequence[float], tuned: Sequence[float]
) -> list[dict[str, Any]]:
    """Return the means of both sides by task and language, and of all, with their difference."""
    kinds = [("all", language) for language in ("all", "en", "ru")]
    kinds += [(task, language) for task in SCORES for language in ("all", "en", "ru")]
    found = []
    for task, language in kinds:
        chosen = [
            at
            for at, row in enumerate(rows)
            if task in ("all", row.task) and language in ("all", row.language)
        ]
        if chosen:
            before, after = [base[at] for at in chosen], [tuned[at] for at in chosen]
            found.append(
                {
                    "task": task,
                    "language": language,
                    "size": len(chosen),
                    "base": mean(before),
                    "adapter": mean(after),
                    "compared": to_json(statistics.compare(after, before)),
                }
            )
    return found


if __name__ == "__main__":
    raise SystemExit(main())
