"""What each step brings: the same questions to a character with ever more steps.

`python -m eval.character` asks the frozen questions of both characters in the columns base, + LoRA,
+ retrieval, + check, + ranking, and writes eval/results/character-<model>.json: the share of right
replies by kind, false things said, contradicted claims (by the tool's own judge), style and seconds.
`--development` asks the questions that tuning may look at, and writes character-development-<model>.json.
Rows are kept in the cache: a run that was stopped goes on where it was, `--fresh` begins anew.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from eval.character.ablation import SEED, Row, asked, summed
from eval.character.questions import questions, spread
from eval.character.table import ablation
from samovar import checks
from samovar.character.exchange import ABLATION
from samovar.character.persona import CHARACTERS
from samovar.errors import SamovarError
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.shelf import shelf


def main(argv: Sequence[str] | None = None) -> int:
    """Ask, write the result and print its table; return the exit code."""
    given = _options().parse_args(argv)
    try:
        return measured(given)
    except SamovarError as error:
        print(error.say("en"), file=sys.stderr)
        return 1
    finally:
        shelf().close()


def measured(given: argparse.Namespace) -> int:
    """Ask all characters in all columns.

    Raises:
        SamovarError: an unknown model, character or column, or data that are not here.
    """
    began, models, name = (
        time.perf_counter(),
        shelf(),
        "development" if given.development else "test",
    )
    chat = models.chat(given.model) if given.model else models.chat_of("character")
    columns = [checks.choice(one, ABLATION, "columns") for one in given.columns.split(",")]
    rows: list[Row] = []
    for slug in given.characters.split(","):
        character = CHARACTERS[checks.choice(slug, CHARACTERS, "characters")]
        chosen = spread(questions(models.settings.data, slug, name), given.most)
        path = (given.rows or models.settings.cache / "eval") / f"{slug}-{name}-{chat.name}.jsonl"
        if given.fresh:
            path.unlink(missing_ok=True)
        rows += asked(models, chat, character, chosen, columns, path, _told)
    result = {"model": chat.name, "questions": name, "columns": summed(rows), "rows": rows}
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - began,
        data=f"data/characters/*/questions-{name}.jsonl",
        size=len({row["id"] for row in rows}),
        libraries=("numpy", "scipy"),
    )
    stem = f"character-{chat.name}" if name == "test" else f"character-{name}-{chat.name}"
    path = provenance.write(stem, result, origin, given.results)
    print(*ablation(result), "", path, sep="\n")
    return 0


def _told(row: Row) -> None:
    print(f"{row['column']:10s} {row['id']}: {row['reply']}", file=sys.stderr, flush=True)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m eval.character", description=__doc__)
    parser.add_argument("--model", default="", help="id of a chat model; default: the tool's")
    parser.add_argument("--characters", default=",".join(CHARACTERS))
    parser.add_argument("--columns", default=",".join(ABLATION))
    parser.add_argument("--development", action="store_true", help="not the frozen questions")
    parser.add_argument("--most", type=int, default=0, help="questions of a character; 0: all")
    parser.add_argument("--rows", type=Path, help="folder of the rows; default: the app's cache")
    parser.add_argument("--fresh", action="store_true", help="forget the rows of earlier runs")
    parser.add_argument("--results", type=Path, default=RESULTS)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
