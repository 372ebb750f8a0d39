"""Runs of lm-evaluation-harness through its Python API: every answer is kept, so that a run can go on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lm_eval import evaluate
from lm_eval.api.model import CachingLM
from lm_eval.api.task import ConfigurableTask
from lm_eval.tasks import TaskManager

from eval.metrics.regression import ERRORS, changed
from eval.systems.chat_weights import ChatWeights
from eval.systems.harness_model import HarnessModel
from samovar.models.base import ChatModel
from samovar.models.files.adapters import Adapter

METRICS = ("acc_norm", "acc", "exact_match")
"""What is compared: the first that a task reports."""
BOOTSTRAPS = 1000
"""Draws of the harness for the standard error of a metric that is no mean."""

Tasks = Mapping[str, Any]
"""Name → the harness's task."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold what one task says of one model."""

    metric: str
    value: float
    error: float | None
    """Standard error, by the harness; a single item has none."""
    values: tuple[float, ...]
    """Of each item, in their order."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Hold all tasks of one model and what they cost."""

    tasks: dict[str, Scores]
    requests: int
    answered: int
    """Requests that were not in the cache."""
    tokens: int
    """Tokens read for these; a shared beginning counts once."""
    seconds: float


def local(configurations: Sequence[dict[str, Any]]) -> Tasks:
    """Return the tasks that `configurations` describe."""
    logging.getLogger("lm_eval").setLevel(logging.ERROR)  # warns of each option left out
    return {one["task"]: ConfigurableTask(config=one) for one in configurations}


def stock(names: Sequence[str], seed: int) -> Tasks:
    """Return the harness's own tasks of these names, their data from the Hub.

    Raises:
        KeyError: the harness has no such task.
    """
    tasks: Tasks = TaskManager().load(list(names))["tasks"]
    for task in tasks.values():
        if task.get_config("num_fewshot") is None:
            task.set_config("num_fewshot", 0)
        task.set_fewshot_seed(seed)
    return tasks


@dataclass(frozen=True, slots=True)
class Bench:
    """Hold what all models of one run share."""

    weights: ChatWeights
    context: int
    """Longest input in tokens."""
    chat: Callable[[], ChatModel]
    """Returns the engine that generates; called by tasks that need it."""
    cache: Path
    """Folder of the answers."""
    limit: int | None = None
    """Items of a task, the first ones; all by default."""

    def scored(self, tasks: Tasks, adapter: Adapter | None = None) -> Pass:
        """Return what every task says of the model with `adapter`, or without one."""
        self.weights.switch.to(adapter)
        name = adapter.name if adapter else None
        network, vocabulary = self.weights.network, self.weights.vocabulary
        model = HarnessModel(network, vocabulary, self.context, self.chat, name)
        kept = CachingLM(model, str(self.cache / f"{self.weights.key(adapter)}.sqlite"))
        asked: Any = {"tasks": dict(tasks)}
        began = time.perf_counter()
        try:
            found: Any = evaluate(kept, asked, limit=self.limit, bootstrap_iters=BOOTSTRAPS)
        finally:
            kept.dbdict.close()
        return Pass(
            {
                task: _scores(rows, found["results"][task])
                for task, rows in found["samples"].items()
            },
            requests=sum(len(task.instances) for task in tasks.values()),
            answered=model.answered,
            tokens=model.tokens_read,
            seconds=round(time.perf_counter() - began, 1),
        )


def compared(before: Pass, after: Pass, least: float, seed: int) -> dict[str, Any]:
    """Return every task before and after with its alarm, the rule, and what both passes cost."""
    rows = {name: _row(before.tasks[name], after.tasks[name], least, seed) for name in before.tasks}
    costs = {
        name: {key: value for key, value in asdict(one).items() if key != "tasks"}
        for name, one in (("before", before), ("after", after))
    }
    return {"errors": ERRORS, "least": least, "passes": costs, "tasks": rows}


def _row(before: Scores, after: Scores, least: float, seed: int) -> dict[str, Any]:
    change = changed(before.values, after.values, seed)
    difference = {key: round(value, 4) for key, value in asdict(change.difference).items()}
    return {
        "size": len(before.values),
        "metric": before.metric,
        "before": _rounded(before),
        "after": _rounded(after),
        "difference": difference,
        "difference_error": round(change.error, 4),
        "p": change.p,
        "gained": change.gained,
        "lost": change.lost,
        "alarm": change.alarming(least),
    }


def _rounded(scores: Scores) -> dict[str, float | None]:
    error = None if scores.error is None else round(scores.error, 4)
    return {"value": round(scores.value, 4), "error": error}


def _scores(rows: Sequence[Mapping[str, Any]], said: Mapping[str, Any]) -> Scores:
    """Return the main metric of one task; of several filters of a reply the first counts."""
    rows = [row for row in rows if row["filter"] == rows[0]["filter"]]
    metric = next(name for name in METRICS if name in rows[0])
    key = f"{metric},{rows[0]['filter']}"
    values = tuple(float(row[metric]) for row in sorted(rows, key=lambda row: row["doc_id"]))
    error = said[key.replace(metric, f"{metric}_stderr", 1)]
    spread = None if error == "N/A" else float(error)
    return Scores(metric, float(said[key]), spread, values)
