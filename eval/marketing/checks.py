"""Both errors of the checks: planted faults missed, and right sentences flagged, by kind and language.

`python -m eval.marketing.checks` reads the frozen data/marketing/faults-test.jsonl and writes
eval/results/marketing-checks.json. `--statements` reads what people who had not seen the checks wrote about
the sheets that the judge of adverts was not trained on (its threshold was chosen on them), prints what went
wrong and writes eval/results/marketing-statements.json. `--development` reads the sentences that the rules
were built on, prints and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samovar import schema
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.figures.statistics import mean
from samovar.marketing.check import verdict
from samovar.marketing.checks.checker import OF_WORDING, Checked
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES, Language
from samovar.records import to_json
from training.adverts import corpus

TEST = "faults-test.jsonl"
CHANNEL = "post"
"""Of statements that were written for no channel."""


@dataclass(frozen=True, slots=True)
class Planted:
    """Hold one sentence about a sheet; `fault` and `words` are None in a right one."""

    sheet: str
    channel: str
    language: Language
    text: str
    fault: str | None
    words: str | None


def planted(path: Path) -> list[Planted]:
    """Return the sentences of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [schema.record(json.loads(line), Planted) for line in lines if line.strip()]


def held_out(data: Path) -> list[Planted]:
    """Return the statements about the sheets that do not train the judge."""
    _, held = corpus.parts(corpus.written(data))
    return [
        Planted(one.sheet, CHANNEL, one.language, one.text, one.fault, one.words) for one in held
    ]


def found(one: Planted) -> set[str]:
    """Return the kinds of problems found; those of a whole text, such as its length, are left out."""
    checked: Checked = verdict(one.sheet, one.text, one.channel, one.language)
    return {problem.kind for problem in checked.problems} - OF_WORDING


def measured(rows: Sequence[Planted], kinds: Sequence[set[str]]) -> dict[str, Any]:
    """Return by language, and of both, the shares of faults found, by kind, and of right ones flagged."""
    result: dict[str, Any] = {}
    for language in ("all", *LANGUAGES):
        own = [
            (row, said)
            for row, said in zip(rows, kinds, strict=True)
            if language in ("all", row.language)
        ]
        faults = [(row, said) for row, said in own if row.fault]
        right = [said for row, said in own if not row.fault]
        names = sorted({str(row.fault) for row, _ in faults})
        result[language] = {
            "faults": len(faults),
            "found": mean([float(bool(said)) for _, said in faults]),
            "kind_named": mean([float(row.fault in said) for row, said in faults]),
            "right": len(right),
            "flagged": mean([float(bool(said)) for said in right]),
            "kinds": {
                name: mean([float(bool(said)) for row, said in faults if row.fault == name])
                for name in names
            },
        }
    return to_json(result)  # type: ignore[no-any-return]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, and write or print."""
    parser = argparse.ArgumentParser("python -m eval.marketing.checks", description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--development", action="store_true", help="print, and write nothing")
    which.add_argument("--statements", action="store_true", help="on held-out sheets")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given, began = parser.parse_args(argv), time.perf_counter()
    data = shelf().settings.data
    name = corpus.DEVELOPMENT if given.development else TEST
    rows = held_out(data) if given.statements else planted(data / "marketing" / name)
    kinds = [found(row) for row in rows]
    result = measured(rows, kinds)
    if given.development or given.statements:
        for row, said in zip(rows, kinds, strict=True):
            if bool(said) != bool(row.fault):
                print(row.fault or "right", sorted(said), row.text)
        print(json.dumps(result["all"], indent=1))
    if given.development:
        return 0
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data=f"data/marketing/{'statements-*.jsonl' if given.statements else name}",
        size=len(rows),
        libraries=("spacy", "slovnet", "pymorphy3", "openvino"),
    )
    written = "marketing-statements" if given.statements else "marketing-checks"
    print(provenance.write(written, result, origin, given.results))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
