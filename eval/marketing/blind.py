"""A blind comparison: the texts of the columns side by side, in an order that the rater does not know.

`python -m eval.marketing.blind --language ru --out build/blind-ru.csv` writes a table with the texts of every
task under A, B, C … and the key to build/blind-ru-key.json. A rater writes the letter of the best text (or
`none`) under `best`, and the letters of those that may be sent under `usable`. `--count build/blind-ru.csv`
then tells how often each column was best and usable.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.marketing.tasks import FILE
from samovar.figures.results import RESULTS
from samovar.marketing.facts.brief import products
from samovar.models.shelf import shelf

LETTERS = "ABCDEFGH"
FIELDS = ("id", "channel", "tone", "sheet")
FILLED = ("best", "usable")
NONE = "NONE"


def main(argv: Sequence[str] | None = None) -> int:
    """Write the table with its key, or count a table that was filled in."""
    parser = argparse.ArgumentParser("python -m eval.marketing.blind", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--language", choices=("en", "ru"))
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--seed", type=int, default=0)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, help="CSV file to write")
    what.add_argument("--count", type=Path, help="CSV file that was filled in")
    given = parser.parse_args(argv)
    if given.count:
        print(json.dumps(counted(given.count), indent=1))
        return 0
    if given.language is None:
        parser.error("--out needs --language")
    result = json.loads((given.results / f"marketing-{given.language}.json").read_text("utf-8"))
    sheets = products(shelf().settings.data / FILE)
    rows, key = shuffled(result["listed"], {id: one.said for id, one in sheets.items()}, given.seed)
    save(given.out, rows, key)
    print(f"{given.out}: {len(rows)} tasks; {key_path(given.out)}")
    return 0


def shuffled(
    listed: Sequence[Mapping[str, Any]], sheets: Mapping[str, str], seed: int
) -> tuple[list[dict[str, str]], dict[str, dict[str, str]]]:
    """Return the rows of the table, and for each row's id the column behind each letter.

    Only tasks of which every column has a text; the first one of each counts.
    """
    by_task: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in listed:
        task = row["sheet"], row["channel"], row["tone"]
        by_task.setdefault(task, {}).setdefault(row["column"], row["text"])
    columns = {row["column"] for row in listed}
    draw = random.Random(seed)
    rows, key = [], {}
    for at, ((sheet, channel, tone), texts) in enumerate(by_task.items(), 1):
        if set(texts) != columns:
            continue
        order = sorted(texts)
        draw.shuffle(order)
        letters = dict(zip(LETTERS, order, strict=False))
        shown = {letter: texts[column] for letter, column in letters.items()}
        about = dict(zip(FIELDS, (str(at), channel, tone, sheets[sheet]), strict=True))
        rows.append(about | shown | dict.fromkeys(FILLED, ""))
        key[str(at)] = letters
    return rows, key


def save(path: Path, rows: Sequence[Mapping[str, str]], key: Mapping[str, Any]) -> None:
    """Write the table (UTF-8 with a mark, as spreadsheets want it) and the key beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = list(rows[0]) if rows else [*FIELDS, *FILLED]
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.DictWriter(out, names)
        table.writeheader()
        table.writerows(rows)
    key_path(path).write_text(json.dumps(key, indent=1) + "\n", encoding="utf-8")


def counted(path: Path) -> dict[str, dict[str, int]]:
    """Return how often each column was best and usable in a table that was filled in."""
    key = json.loads(key_path(path).read_text(encoding="utf-8"))
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("rated", *FILLED)}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            letters = key[row["id"]]
            if row["best"].strip():
                counts["rated"].update(letters.values())
            for name in FILLED:
                said = row[name].strip().upper()
                chosen = set() if said == NONE else set(said) & set(letters)
                counts[name].update(letters[letter] for letter in chosen)
    return {name: dict(sorted(count.items())) for name, count in counts.items()}


def key_path(path: Path) -> Path:
    """Return where the key of a table lies."""
    return path.with_name(f"{path.stem}-key.json")


if __name__ == "__main__":
    raise SystemExit(main())
