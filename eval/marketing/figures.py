"""The figures of one column: what its texts say that the sheet does not, their form, variety and speed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from eval.marketing.columns import Texts
from eval.marketing.tasks import Task
from eval.metrics.diversity import distinct, self_bleu
from eval.metrics.readability import reading_ease
from samovar.figures import statistics
from samovar.marketing.checks.checker import OF_WORDING, Checker
from samovar.marketing.checks.forms import FORMS
from samovar.models.base import Encoder
from samovar.records import Problem, to_json

Written = Sequence[tuple[Task, Texts]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold one text of a task with what the checks find in it."""

    task: Task
    text: str
    problems: tuple[Problem, ...]

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of its problems, each once."""
        return sorted({problem.kind for problem in self.problems})

    @property
    def unsupported(self) -> bool:
        """Tell whether it says something of the product that the sheet does not."""
        return bool(set(self.kinds) - OF_WORDING)


def judged(written: Written, checker: Checker) -> list[list[Judged]]:
    """Return the texts of each task with their problems."""
    return [[_judged(task, text, checker) for text in made.texts] for task, made in written]


def figures(
    written: Written, found: Sequence[Sequence[Judged]], encoder: Encoder
) -> dict[str, Any]:
    """Return the figures of a column.

    Raises:
        ValueError: there are no texts.
    """
    texts = [one for row in found for one in row]
    kinds = Counter(kind for one in texts for kind in one.kinds)
    firsts = [made.first_seconds for _, made in written]
    seconds = [made.seconds for _, made in written]
    sets = [made.texts for _, made in written if len(set(made.texts)) > 1]
    measured: dict[str, Any] = {
        "tasks": len(written),
        "texts": len(texts),
        "unsupported": statistics.mean([float(one.unsupported) for one in texts]),
        "clean": statistics.mean([float(not one.problems) for one in texts]),
        "length": statistics.mean([float("length" not in one.kinds) for one in texts]),
        "kinds": dict(kinds.most_common()),
        "distinct_2": round(mean(distinct(made.texts) for _, made in written), 4),
        "self_bleu": round(mean(map(self_bleu, sets)), 4) if sets else 1.0,
        "to_sheet": round(_to_sheet(texts, encoder), 4),
        "reading_ease": round(mean(reading_ease(o.text, o.task.language) for o in texts), 1),
        "first_seconds_median": round(median(firsts), 2),
        "seconds_median": round(median(seconds), 2),
        "seconds_most": round(max(seconds), 2),
    }
    return to_json(measured)  # type: ignore[no-any-return]


def _judged(task: Task, text: str, checker: Checker) -> Judged:
    checked = checker.check(text, checker.sheet(task.brief), FORMS[task.channel])
    return Judged(task, text, checked.problems)


def _to_sheet(texts: Sequence[Judged], encoder: Encoder) -> float:
    """Return the mean cosine of a text to its sheet."""
    briefs: Mapping[str, str] = {one.task.brief.id: one.task.brief.said for one in texts}
    places = {id: at for at, id in enumerate(briefs)}
    sheets = encoder.encode(list(briefs.values()))
    said = encoder.encode([one.text for one in texts])
    own = sheets[[places[one.task.brief.id] for one in texts]]
    return float((said * own).sum(axis=1).mean())
