"""Check a text against its sheet, and say what was checked: no text is called good because no rule fired."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samovar.marketing.checks import (
    claims,
    comparisons,
    deadlines,
    forbidden,
    lost,
    quantities,
    swapped,
    waived,
    wording,
)
from samovar.marketing.checks.finding import Check, Draft, Finding
from samovar.marketing.checks.forms import Form
from samovar.marketing.checks.judge import Judge
from samovar.marketing.checks.kinds import reason
from samovar.marketing.checks.support import JUDGED, settled
from samovar.marketing.facts.brief import Brief
from samovar.marketing.facts.reading import Reader, Sheet
from samovar.models.base import Parser
from samovar.phrases import Language
from samovar.records import Problem

CHECKS: Mapping[str, tuple[tuple[str, ...], Check]] = {
    "quantities": (("number", "unit", "currency"), quantities.check),
    "contradictions": (("contradiction",), quantities.doubtful),
    "swapped": (("swapped",), swapped.check),
    "conditions": (("lost_condition",), lost.check),
    "waived conditions": (("lost_condition",), waived.check),
    "promises": (
        ("discount", "guarantee", "superlative", "medical", "financial", "delivery"),
        claims.check,
    ),
    "comparisons": (("superlative",), comparisons.check),
    "deadlines": (("delivery",), deadlines.check),
    "forbidden": (("forbidden",), forbidden.check),
    "length": (("length",), wording.length),
    "unfinished": (("unfinished",), wording.unfinished),
    "name": (("name",), wording.name),
    "other products": (("other_product",), wording.other_product),
    "repetition": (("repetition",), wording.repetition),
    "copied": (("copied",), wording.copied),
}
"""Check → the kinds of problems that it finds, and the check, in the order in which they are shown."""
OF_WORDING = frozenset({"length", "unfinished", "name", "repetition", "other_product", "copied"})
"""Kinds that concern a text as a whole, not what it says of the product."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold the problems of a text, and the kinds of problems that were looked for."""

    problems: tuple[Problem, ...]
    checked: tuple[str, ...]


class Checker:
    """Check texts of one language."""

    def __init__(self, parser: Parser, language: Language, data: Path, judge: Judge | None) -> None:
        """Read the ads to learn from in the folder `data`; without a judge only rules check."""
        self._language = language
        self._reader = Reader(parser, language)
        self._ads = ads(data / f"texts-{language}.jsonl")
        self._judge = judge

    def sheet(self, brief: Brief) -> Sheet:
        """Return `brief` read into facts; many texts are checked against one."""
        return self._reader.sheet(brief)

    def check(
        self,
        text: str,
        sheet: Sheet,
        form: Form,
        others: Sequence[str] = (),
        *,
        finished: bool = True,
    ) -> Checked:
        """Return the problems of `text`; a problem of the same kind and words is named once."""
        sentences = self._reader.sentences(text)
        read = [one.text for one in sentences] if form.facts else []
        judged = self._judge.read(sheet.brief, read, self._language) if self._judge else []
        draft = Draft(
            *(text, sentences, sheet, form, others, finished),
            *(self._ads.get(sheet.brief.id, self._ads[""]), tuple(judged)),
        )
        findings = [each for _, check in CHECKS.values() for each in check(draft)]
        found: dict[tuple[str, str], Finding] = {}
        for each in settled(findings, draft):
            found.setdefault((each.kind, each.words), each)
        problems = tuple(
            Problem(each.kind, each.words, reason(each.kind, each.fact, self._language), each.fact)
            for each in found.values()
        )
        kinds = tuple(dict.fromkeys(kind for names, _ in CHECKS.values() for kind in names))
        return Checked(problems, (*kinds, *(JUDGED if judged else ())))


@cache
def ads(path: Path) -> Mapping[str, frozenset[int]]:
    """Return by sheet the runs of words of the ads for other sheets; under "" those of all."""
    if not path.is_file():
        return {"": frozenset()}
    by_sheet: dict[str, set[int]] = {}
    with path.open(encoding="utf-8") as file:
        for row in (json.loads(line) for line in file if line.strip()):
            by_sheet.setdefault(row["sheet"], set()).update(wording.runs_of(row["text"]))
    everything = frozenset().union(*by_sheet.values())
    return {id: everything - runs for id, runs in by_sheet.items()} | {"": everything}
