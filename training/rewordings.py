"""Let a larger chat model reword commands, to train a smaller one: `python -m training.rewordings`.

python -m training.rewordings --data-dir ../shared/datasets --out runs/rewordings/en.jsonl

Writes a line a command as it comes: {source, language, origin, rewordings: [{text, probability}]}, where the
model itself tells how likely a rewording asks for the same. A run that was stopped goes on where it ended.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO

from tqdm import tqdm

from samovar.command.terminal import run, write
from samovar.models.shelf import Shelf
from samovar.paraphrase.generation.larger import Larger
from samovar.phrases import LANGUAGES, Language
from training.corpora import commands, requests
from training.corpora.files import records
from training.corpora.shipped import basket, normal

EACH = 6
"""Rewordings drawn of one command, together."""
WORDS = (3, 25)
"""Commands that are shorter or longer are left out."""


def asked(data: Path, language: Language, most: int) -> list[dict[str, str]]:
    """Return at most `most` commands to reword, in an order by hash; those of the basket are left out."""
    rows = [{"source": text, "origin": "samovar"} for text in requests.sources(language)]
    if language == "en":
        rows += [{"source": one.text, "origin": one.origin} for one in commands.asking(data)]
    taken = basket(language)
    kept = {
        normal(row["source"]): row
        for row in rows
        if normal(row["source"]) not in taken and WORDS[0] <= len(row["source"].split()) <= WORDS[1]
    }
    return sorted(kept.values(), key=_chance)[:most]


def _chance(row: dict[str, str]) -> bytes:
    return hashlib.sha256(row["source"].encode()).digest()


def known(path: Path) -> set[str]:
    """Return the commands that the file holds; half a line, left by a killed run, is cut off."""
    if not path.is_file():
        return set()
    whole = path.read_bytes()
    with path.open("r+b") as file:
        file.truncate(whole.rfind(b"\n") + 1)
    return {row["source"] for row in records(path)}


def build(args: argparse.Namespace, shelf: Shelf, out: IO[str]) -> int:
    """Ask for the rewordings of every command that the file does not hold yet.

    Raises:
        SamovarError: data or weights are missing.
    """
    args.out.parent.mkdir(parents=True, exist_ok=True)
    done = known(args.out)
    rows = [
        row for row in asked(args.data_dir, args.language, args.most) if row["source"] not in done
    ]
    larger = Larger.of(shelf)
    with args.out.open("a", encoding="utf-8") as file:
        for row in tqdm(rows, unit="command"):
            drafts = larger.rewordings(row["source"], args.language, EACH, args.seed)
            told = {"language": args.language, "rewordings": [asdict(one) for one in drafts]}
            file.write(json.dumps(row | told, ensure_ascii=False) + "\n")
            file.flush()
    return write(out, [f"{len(done) + len(rows):,} commands in {args.out}"])


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(prog="python -m training.rewordings", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines file to write")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--most", type=int, default=4000, help="commands at most")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Parse the arguments and write the rewordings; return the exit code."""
    args = arguments(argv)
    return run(lambda settings, out: build(args, Shelf(settings), out))


if __name__ == "__main__":
    sys.exit(main())
