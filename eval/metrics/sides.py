"""Two sides on the same prompts: means by task and language, and how sure the differences are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import mean

from eval.metrics.replies import ENDLESS
from eval.sets.basket import TASKS
from samovar.figures import statistics
from samovar.figures.basket import ALL, Case, Pair, Reply, Row, Side
from samovar.figures.statistics import Comparison, Interval
from samovar.phrases import LANGUAGES

DIGITS = 4
Value = Callable[[Reply], float | None]


def rows(cases: Sequence[Case]) -> tuple[Row, ...]:
    """Return one row for every task and language of `cases`, and for all of them."""
    found = (
        (task, language, _of(cases, task, language))
        for task in (ALL, *TASKS)
        for language in (ALL, *LANGUAGES)
    )
    return tuple(_row(task, language, chosen) for task, language, chosen in found if chosen)


def sides(cases: Sequence[Case]) -> tuple[Side, ...]:
    """Return what the replies of each side were like in each language."""
    return tuple(
        _side(name, language, [getattr(case, name) for case in _of(cases, ALL, language)])
        for name in ("base", "adapter")
        for language in (ALL, *LANGUAGES)
        if _of(cases, ALL, language)
    )


def _of(cases: Sequence[Case], task: str, language: str) -> list[Case]:
    return [one for one in cases if task in (ALL, one.task) and language in (ALL, one.language)]


def _row(task: str, language: str, cases: Sequence[Case]) -> Row:
    passed = _pair(cases, lambda reply: float(not reply.failed))
    assert passed is not None
    chrf, f1 = _pair(cases, lambda reply: reply.chrf), _pair(cases, lambda reply: reply.f1)
    return Row(task, language, passed, chrf, f1)


def _pair(cases: Sequence[Case], value: Value) -> Pair | None:
    """Return the means over the prompts that have this value, None where none has it."""
    both = [(value(case.base), value(case.adapter)) for case in cases]
    base = [first for first, _ in both if first is not None]
    adapter = [second for _, second in both if second is not None]
    if not base:
        return None
    compared = statistics.compare(adapter, base)
    return Pair(len(base), _rounded(mean(base)), _rounded(mean(adapter)), _short(compared))


def _short(compared: Comparison) -> Comparison:
    found = compared.difference
    bounds = Interval(_rounded(found.value), _rounded(found.low), _rounded(found.high))
    return replace(compared, difference=bounds, p=_rounded(compared.p))


def _side(name: str, language: str, replies: Sequence[Reply]) -> Side:
    known = [reply.wrong_language for reply in replies if reply.wrong_language is not None]
    return Side(
        side=name,
        language=language,
        size=len(replies),
        wrong_language=_rounded(mean(known)) if known else 0.0,
        repeated=_rounded(mean(reply.repeated for reply in replies)),
        endless=_rounded(mean(reply.cut and reply.repeated >= ENDLESS for reply in replies)),
        cut=_rounded(mean(reply.cut for reply in replies)),
        tokens=_rounded(mean(reply.tokens for reply in replies)),
    )


def _rounded(value: float) -> float:
    return round(float(value), DIGITS)
