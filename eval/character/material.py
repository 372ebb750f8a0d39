"""How much is written for each character: `python -m eval.character.material`.

Counts facts, questions and claims of data/characters and writes eval/results/character-material.json. Only
counts are read: kind and language of a question, verdict of a claim.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from eval.character.questions import KINDS
from samovar.character.persona import CHARACTERS
from samovar.command import terminal
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.phrases import LANGUAGES
from samovar.settings import Settings

RESULT = "character-material"
PARTS = ("development", "test")
CLAIMS = {"train": "claims-train-*.jsonl"} | {part: f"claims-{part}.jsonl" for part in PARTS}
"""Part → its files; claims alone have one that trains."""
SAID = {
    "fact": "facts asked for",
    "false_premise": "false premises",
    "follow_up": "follow-ups",
    "unknowable": "what he cannot know",
}
LANGUAGE_NAMES = {"en": "in English", "ru": "in Russian"}
Counts = dict[str, int]


def main(argv: Sequence[str] | None = None) -> int:
    """Count, write the result and return the exit code."""
    parser = argparse.ArgumentParser("python -m eval.character.material", description=__doc__)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    return terminal.run(lambda settings, out: measured(given, settings, out))


def measured(given: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Count what there is of every character and write it."""
    began = time.perf_counter()
    folder = settings.data / "characters"
    found = {slug: counted(folder / slug) for slug in CHARACTERS}
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data="data/characters",
        size=len(found),
        libraries=(),
    )
    path = provenance.write(RESULT, {"characters": found}, origin, given.results)
    return terminal.write(out, [*material({"characters": found}), str(path)])


def counted(folder: Path) -> dict[str, Any]:
    """Return the counts of one character's folder; a file that is missing counts as empty."""
    facts = _rows(folder, "facts.jsonl")
    return {
        "facts": {
            "all": len(facts),
            "placed": sum("season" in row for row in facts),
            "russian": sum(bool(row.get("ru")) for row in facts),
            "topics": len({row["topic"] for row in facts}),
        },
        "questions": {part: _questions(_rows(folder, f"questions-{part}.jsonl")) for part in PARTS},
        "claims": {part: len(_rows(folder, pattern)) for part, pattern in CLAIMS.items()},
    }


def material(result: Mapping[str, Any]) -> list[str]:
    """Return the table of `eval/results/character-material.json`, a column a character."""
    held = result["characters"]
    names = [CHARACTERS[slug].name.en for slug in held]
    lines = [f"| written for | {' | '.join(names)} |", "|---|" + "---:|" * len(names)]

    def line(what: str, *keys: str) -> None:
        cells = [str(_inner(counts, keys)) for counts in held.values()]
        lines.append(f"| {what} | {' | '.join(cells)} |")

    line("facts, in English", "facts", "all")
    line("the same in Russian", "facts", "russian")
    line("facts with their season", "facts", "placed")
    line("topics of the facts", "facts", "topics")
    for part in PARTS:
        line(f"questions, {part}", "questions", part, "all")
        for key, said in {**SAID, **LANGUAGE_NAMES}.items():
            line(f"– {said}", "questions", part, key)
    for part in CLAIMS:
        line(f"claims, {part}", "claims", part)
    return [*lines, ""]


def _rows(folder: Path, pattern: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted(folder.glob(pattern))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _questions(rows: Sequence[Mapping[str, Any]]) -> Counts:
    counts = Counter(row[key] for row in rows for key in ("kind", "language"))
    return {"all": len(rows), **{key: counts[key] for key in (*KINDS, *LANGUAGES)}}


def _inner(counts: Any, keys: Sequence[str]) -> Any:
    for key in keys:
        counts = counts[key]
    return counts


if __name__ == "__main__":
    raise SystemExit(main())
