"""Check a text against its sheet, and say what was checked: no text is called good because no rule fired."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samovar.errors import StoreError
from samovar.marketing.checks import claims, forbidden, lost, quantities, support, swapped, wording
from samovar.marketing.checks.finding import Check, Draft, Finding
from samovar.marketing.checks.forms import Form
from samovar.marketing.checks.kinds import reason
from samovar.marketing.facts.brief import DAMAGED, Brief
from samovar.marketing.facts.reading import Reader, Sheet
from samovar.models.base import EntailmentModel, Parser
from samovar.phrases import Language
from samovar.records import Problem

CHECKS: Mapping[str, tuple[tuple[str, ...], Check]] = {
    "quantities": (("number", "unit", "currency"), quantities.check),
    "swapped": (("swapped",), swapped.check),
    "conditions": (("lost_condition",), lost.check),
    "promises": (
        ("discount", "guarantee", "superlative", "medical", "financial", "delivery"),
        claims.check,
    ),
    "forbidden": (("forbidden",), forbidden.check),
    "support": (("invented_feature", "property"), support.check),
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

    def __init__(
        self, parser: Parser, language: Language, data: Path, entailment: EntailmentModel | None
    ) -> None:
        """Read the everyday words and the ads to learn from in the folder `data`.

        Raises:
            StoreError: the file of everyday words is damaged.
        """
        self._language = language
        self._reader = Reader(parser, language)
        self._everyday = everyday(data / "everyday-words.json", language)
        self._ads = ads(data / f"texts-{language}.jsonl")
        self._entailment = entailment

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
        draft = Draft(
            *(text, self._reader.sentences(text), sheet, form, others, finished),
            *(self._everyday, self._ads.get(sheet.brief.id, self._ads[""]), self._entailment),
        )
        found: dict[tuple[str, str], Finding] = {}
        for _, check in CHECKS.values():
            for each in check(draft):
                found.setdefault((each.kind, each.words), each)
        problems = tuple(
            Problem(each.kind, each.words, reason(each.kind, each.fact, self._language))
            for each in found.values()
        )
        kinds = tuple(kind for names, _ in CHECKS.values() for kind in names)
        return Checked(problems, kinds)


@cache
def everyday(path: Path, language: Language) -> frozenset[str]:
    """Return the stems that need no fact; none where the file is not there.

    Raises:
        StoreError: the file is damaged.
    """
    if not path.is_file():
        return frozenset()
    try:
        return frozenset(json.loads(path.read_text(encoding="utf-8"))[language])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(DAMAGED, path=path.name, why=error) from error


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
