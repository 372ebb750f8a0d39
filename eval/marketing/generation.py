"""How good the advertising texts are, on sheets that nothing was trained or tuned on.

`python -m eval.marketing --columns base,lora,checked --language ru` writes three texts for each task, checks
them and writes eval/results/marketing-<language>.json; a column that is not asked for stays, with its origin.
What was written is kept in runs/marketing-evaluation, so that a stopped run goes on; another prompt or
adapter begins anew. The result lists 50 texts a column for a person to fill in `usable`, `unsupported` and
`why`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tqdm import tqdm

from eval.marketing import columns, figures
from eval.marketing.columns import COLUMNS
from eval.marketing.listed import listed, verdicts
from eval.marketing.rows import FOLDER, Rows, identity
from eval.marketing.tasks import FILE, SEED, Task, tasks
from samovar import checks
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.marketing.endpoint import checker
from samovar.marketing.writers import Writer
from samovar.models.base import ChatModel
from samovar.models.shelf import Shelf, shelf

ENCODER = "multilingual-e5-small"


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser("python -m eval.marketing", description=__doc__)
    parser.add_argument("--columns", default=",".join(COLUMNS), help="of " + ", ".join(COLUMNS))
    parser.add_argument("--language", choices=("en", "ru"), required=True)
    parser.add_argument("--model", default="", help="id of a chat model; default: the tool's own")
    parser.add_argument("--most", type=int, default=0, help="tasks at most; 0: all")
    parser.add_argument("--fresh", action="store_true", help="write all texts anew")
    parser.add_argument("--runs", type=Path, default=FOLDER, help="folder of what was written")
    parser.add_argument("--results", type=Path, default=RESULTS)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the columns asked for, and write the result after each."""
    given = arguments().parse_args(argv)
    models = shelf()
    chat = columns.model(models, given.language, given.model)
    asked = tasks(models.settings.data, given.language, given.most)
    path = given.results / f"marketing-{given.language}.json"
    for name in [checks.choice(one, COLUMNS, "columns") for one in given.columns.split(",")]:
        begun = time.perf_counter()
        column = name if not given.model else f"{name} {chat.name}"
        row, rows = measured(chat, name, column, asked, models, given, path)
        origin = provenance.here(
            seed=SEED,
            wall_seconds=time.perf_counter() - begun,
            data=f"data/{FILE}",
            size=len(asked),
            libraries=("openvino-genai", "xllamacpp", "spacy", "slovnet", "sacrebleu"),
        )
        result = kept(path, column)
        result["columns"][column] = row | {"origin": asdict(origin)}
        result["listed"] += rows
        print(column, json.dumps(row["figures"], ensure_ascii=False), flush=True)
        print(provenance.write(path.stem, result, origin, given.results))
    return 0


def measured(
    chat: ChatModel,
    name: str,
    column: str,
    asked: Sequence[Task],
    models: Shelf,
    given: argparse.Namespace,
    path: Path,
) -> tuple[dict[str, Any], list[Any]]:
    """Return the row of a column and its listed texts.

    Raises:
        ModelError: its adapter is not on this machine.
    """
    kind = COLUMNS[name]
    adapter = columns.adapter(chat, kind, models)
    weights = columns.digest(chat, adapter, models)
    rows = Rows(given.runs / f"{given.language}-{chat.name}-{name}.jsonl", fresh=given.fresh)
    written = []
    for task in tqdm(asked, desc=column, unit="task"):
        drawn = Writer(chat, models.settings.data, adapter)
        requests = columns.requests(task, adapter, models)
        if kind.checked:
            requests = requests * drawn.drawn(len(requests))
        own = identity(requests, chat.name, weights)
        texts = rows.get(task, own)
        if texts is None:
            texts = columns.written(chat, kind, adapter, task, models)
            rows.put(task, own, texts)
        written.append((task, texts))
    found = figures.judged(written, checker(given.language))
    row = {
        "model": chat.name,
        "engine": chat.engine,
        "adapter": adapter or "",
        "figures": figures.figures(written, found, models.encoder(ENCODER)),
    }
    return row, listed(column, found, verdicts(path))


def kept(path: Path, column: str) -> dict[str, Any]:
    """Return what the result at `path` has beside `column`: the others, and their listed texts."""
    if not path.is_file():
        return {"columns": {}, "listed": []}
    before = json.loads(path.read_text(encoding="utf-8"))
    others = {name: row for name, row in before["columns"].items() if name != column}
    listed = [row for row in before["listed"] if row["column"] != column]
    return {"columns": others, "listed": listed}
