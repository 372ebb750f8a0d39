"""Let a larger chat model reword commands, to train a smaller one: `python -m training.rewordings`.

python -m training.rewordings --data-dir ../shared/datasets --out runs/rewordings/en.jsonl

Writes a line a command as it comes: {source, language, origin, rewordings: {style: text}}. A run that was
stopped goes on where it ended.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from tqdm import tqdm

from samovar.command.terminal import run, write
from samovar.models.base import ChatModel
from samovar.models.shelf import Shelf
from samovar.paraphrase.styles import read, restyled
from samovar.phrases import LANGUAGES, Language
from training.corpora import requests
from training.corpora.files import records
from training.corpora.shipped import basket, normal
from training.lessons.rewordings import candidates

TEACHER = "qwen2.5-coder-1.5b-instruct"
AT_ONCE = 8
"""Commands asked for together: a batch costs little more than one."""
WORDS = (3, 25)
"""Commands that are shorter or longer are left out."""


def asked(args: argparse.Namespace) -> list[dict[str, str]]:
    """Return the commands to reword, in an order by hash; those of the basket never take part."""
    language: Language = args.language
    rows = [{"source": text, "origin": "samovar"} for text in requests.sources(language)]
    if language == "en":
        listed = candidates.all_commands(args.data_dir)
        rows += [{"source": command.text, "origin": command.origin} for command in listed]
    taken = basket(language)
    kept = {
        normal(row["source"]): row
        for row in reversed(rows)
        if normal(row["source"]) not in taken and WORDS[0] <= len(row["source"].split()) <= WORDS[1]
    }
    own = [row for row in kept.values() if row["origin"] == "samovar"]
    others = [row for row in kept.values() if row["origin"] != "samovar"]
    return [*sorted(own, key=_chance), *sorted(others, key=_chance)][: args.most]


def _chance(row: dict[str, str]) -> bytes:
    return hashlib.sha256(row["source"].encode()).digest()


def build(args: argparse.Namespace, shelf: Shelf, out: IO[str]) -> int:
    """Ask for the rewordings of every command that the file does not hold yet.

    Raises:
        SamovarError: data or weights are missing.
    """
    args.out.parent.mkdir(parents=True, exist_ok=True)
    done = {row["source"] for row in records(args.out)} if args.out.is_file() else set()
    rows = [row for row in asked(args) if row["source"] not in done]
    chat = shelf.chat(TEACHER)
    with args.out.open("a", encoding="utf-8") as file, ThreadPoolExecutor(AT_ONCE) as pool:
        for line in tqdm(pool.map(lambda row: reworded(row, args, chat), rows), total=len(rows)):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
    return write(out, [f"{len(done) + len(rows):,} commands in {args.out}"])


def reworded(row: dict[str, str], args: argparse.Namespace, chat: ChatModel) -> dict[str, object]:
    """Return `row` with its rewordings by style."""
    reply = chat.complete([restyled(row["source"], args.language, args.seed)])[0]
    said = read(reply.text, args.language)
    return {**row, "language": args.language, "rewordings": said}


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
