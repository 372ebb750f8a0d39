"""Ask lm-evaluation-harness whether an adapter made its base forget something.

`python -m eval.harness --adapter NAME --data-dir ../shared/datasets` scores the base model with and
without the adapter on the tasks of `eval/sets/harness_tasks.py`, prints before and after with standard
errors and a paired test, and writes `eval/results/harness-<model>.json`. The exit code is 1 when a task
lost more than two standard errors of the difference and more than --least points, 2 when nothing could
be measured, else 0. Answers are kept in a cache: a run that was stopped goes on where it was. Without
--adapter the base alone is scored, which only fills that cache.

Where there is a Hub, `--stock arc_challenge,hellaswag --limit 200` asks the harness's own tasks instead.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from eval.metrics.regression import LEAST
from eval.sets.harness_tasks import TASKS, chosen, configuration
from eval.tables.harness_table import harness, value
from samovar import catalog, checks
from samovar.command import terminal
from samovar.errors import InputError, ModelError
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.files import adapters
from samovar.models.files.dequantised import dequantised
from samovar.models.shelf import Shelf
from samovar.phrases import Phrase
from samovar.settings import Settings

if TYPE_CHECKING:
    from eval.systems.harness_run import Pass, Tasks

MODEL = "qwen2.5-coder-1.5b-instruct"
SEED = 0
LIBRARIES = ("lm-eval", "transformers", "peft", "torch")
PRECISIONS = ("fp32", "bf16")
"""fp32 by default: bf16 keeps eight bits of a logit, too few where two answers are nearly as probable."""

NO_HARNESS = Phrase(
    "lm-evaluation-harness is not installed.", "lm-evaluation-harness не установлен."
)
INSTALL = Phrase(
    "Install it: pip install -r requirements-dev.txt -c requirements.lock",
    "Установите его: pip install -r requirements-dev.txt -c requirements.lock",
)
BAD_SIZE = Phrase("`{given}` is no size of a task.", "«{given}» — не число примеров задачи.")
SIZES = Phrase(
    "Write task=number with one of the tasks: {options}.",
    "Напишите задача=число; задачи: {options}.",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and return the exit code."""
    given = options().parse_args(argv)
    return terminal.run(lambda settings, out: measured(given, settings, out))


def options() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser("python -m eval.harness", description=__doc__)
    parser.add_argument("--model", default=MODEL, help="id of the base in the catalog")
    parser.add_argument("--base", type=Path, help="folder with its weights, not the catalog's")
    parser.add_argument("--adapter", default="", help="name of a folder in assets/adapters")
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--tasks", default=",".join(TASKS), help="names, separated by commas")
    parser.add_argument("--sizes", default="", help="other sizes, such as blimp=2,piqa=300")
    parser.add_argument("--stock", default="", help="the harness's own tasks instead, from the Hub")
    parser.add_argument("--limit", type=int, help="items of each of these")
    parser.add_argument(
        "--least", type=float, default=100 * LEAST, help="points; smaller losses pass"
    )
    parser.add_argument("--precision", choices=("auto", *PRECISIONS), default="fp32")
    parser.add_argument(
        "--cache", type=Path, help="folder of the answers; default: the app's cache"
    )
    parser.add_argument("--results", type=Path, default=RESULTS)
    return parser


def measured(given: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Score the base, then the adapter; print the table and write the result.

    Raises:
        InputError: an unknown task, a wrong size, or a data set is missing.
        ModelError: the harness, the weights or the adapter are missing.
    """
    if importlib.util.find_spec("lm_eval") is None:
        raise ModelError(NO_HARNESS, INSTALL)
    from eval.systems import chat_weights, harness_run

    began = time.perf_counter()
    model = catalog.model(given.model)
    adapter = adapters.find(given.adapter, model, settings) if given.adapter else None
    tasks = harness_run.stock(given.stock.split(","), SEED) if given.stock else local(given)
    weights = chat_weights.load(given.base or dequantised(model, settings), given.precision)
    shelf = Shelf(settings)
    bench = harness_run.Bench(
        weights,
        model.context,
        lambda: shelf.chat(model.id),
        given.cache or settings.cache / "harness",
        given.limit if given.stock else None,
    )
    before = bench.scored(tasks)
    if adapter is None:
        return terminal.write(out, _alone(before))
    compared = harness_run.compared(before, bench.scored(tasks, adapter), given.least / 100, SEED)
    shelf.close()
    named = {"model": model.id, "adapter": adapter.name, "precision": weights.precision}
    result = {**named, **compared}
    terminal.write(out, harness(result))
    origin = _origin(result, time.perf_counter() - began)
    path = provenance.write(f"harness-{model.id}", result, origin, given.results)
    terminal.write(out, [str(path)])
    return int(any(row["alarm"] for row in result["tasks"].values()))


def local(given: argparse.Namespace) -> Tasks:
    """Return the tasks over local files, of the sizes asked for.

    Raises:
        InputError: an unknown task, a wrong size, or a data set is missing.
    """
    from eval.systems import harness_run

    sizes = given_sizes(given.sizes)
    described = []
    for name in given.tasks.split(","):
        task = TASKS[checks.choice(name, tuple(TASKS), "tasks")]
        items = chosen(task.read(given.data_dir), sizes.get(name, task.size), task.each)
        described.append(configuration(name, items))
    return harness_run.local(described)


def given_sizes(text: str) -> dict[str, int]:
    """Return what `text` says: blimp=2,piqa=300 → the size of each task.

    Raises:
        InputError: another task, or no number from 1 on.
    """
    sizes = {}
    for part in filter(None, text.split(",")):
        name, _, number = part.partition("=")
        if name not in TASKS or not number.isdecimal() or int(number) < 1:
            raise InputError(BAD_SIZE, SIZES, given=part, options=", ".join(TASKS))
        sizes[name] = int(number)
    return sizes


def _origin(result: Mapping[str, Any], seconds: float) -> provenance.Provenance:
    return provenance.here(
        seed=SEED,
        wall_seconds=seconds,
        data=", ".join(result["tasks"]),
        size=sum(row["size"] for row in result["tasks"].values()),
        libraries=LIBRARIES,
    )


def _alone(scored: Pass) -> list[str]:
    """Return one line a task of the base alone."""
    rows = [
        f"{name}: {row.metric} {value(row.value, row.error)}, {len(row.values)} items"
        for name, row in scored.tasks.items()
    ]
    return [*rows, f"{scored.tokens} tokens read in {scored.seconds} s"]


if __name__ == "__main__":
    raise SystemExit(main())
