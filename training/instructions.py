"""Mix the instructions that an assistant's adapter learns: `python -m training.instructions`.

python -m training.instructions --data-dir ../shared/datasets --out runs/instructions

Writes instructions.jsonl to train on and instructions-test.jsonl, which training/chat.py never reads:
other passages and subjects of our own, and the other half of XQuAD's articles.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from math import ceil
from pathlib import Path
from typing import IO

from samovar.command.terminal import run, write
from samovar.phrases import LANGUAGES
from samovar.settings import ROOT, Settings
from training.corpora import instructions
from training.corpora.instructions import Instruction

TRAINING = "instructions.jsonl"
TEST = "instructions-test.jsonl"
TESTED = 0.15
"""Share of our own groups that only measure: some hundred instructions in two languages."""
QUESTIONS = 60
"""Questions of XQuAD a language in each part. Short exact answers are the easiest part of the mixture
and its longest prompts, so they get a tenth of its instructions."""


def mixed(data: Path) -> tuple[list[Instruction], list[Instruction]]:
    """Return (training, test); `data` holds the public data sets."""
    training: list[Instruction] = []
    test: list[Instruction] = []
    for language in LANGUAGES:
        own = instructions.own(language)
        tested = groups_to_test(own)
        for row in own:
            (test if row.group in tested else training).append(row)
        for rows, trains in ((training, True), (test, False)):
            rows += instructions.questions(data, language, trains, QUESTIONS)
    return training, test


def groups_to_test(rows: Sequence[Instruction]) -> set[str]:
    """Return TESTED of the groups, chosen by hash among those that mostly hold the same task."""
    tasks: dict[str, Counter[str]] = {}
    for row in rows:
        tasks.setdefault(row.group, Counter())[row.task] += 1
    kinds: dict[str, list[str]] = {}
    for group in sorted(tasks, key=_hash):
        kinds.setdefault(tasks[group].most_common(1)[0][0], []).append(group)
    return {group for kind in kinds.values() for group in kind[: ceil(len(kind) * TESTED)]}


def build(options: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Write both parts and print what is in them."""
    options.out.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, rows in zip((TRAINING, TEST), mixed(options.data_dir), strict=True):
        text = "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
        (options.out / name).write_text(text, encoding="utf-8")
        counts = Counter(f"{row.task} {row.language}" for row in rows)
        told = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
        lines.append(f"{options.out / name}: {len(rows)} ({told})")
    return write(out, lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Write both parts and return the exit code."""
    parser = argparse.ArgumentParser("python -m training.instructions", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=ROOT / "runs" / "instructions")
    options = parser.parse_args(argv)
    return run(lambda settings, out: build(options, settings, out))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
