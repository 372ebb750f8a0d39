"""How a character's replies are drawn best: `python -m eval.selection.character_sampling`.

Asks English development questions under every combination of temperature, top-p and repetition penalty, and
as served, each for one first draft beside its facts, and writes eval/results/character-sampling.json: right
answers, style, distinct-2, repetition, length. The other settings are those of serving. Rows are kept in the
cache until the result is written: a run that was stopped goes on where it was, `--fresh` begins anew.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from eval.character.ablation import SEED, Row, kept
from eval.character.questions import Question, judged, questions, spread
from eval.selection.sampling_cells import SERVED, Cell, summed
from eval.selection.sampling_table import sampling
from eval.systems.settled_chat import SettledChat
from samovar import checks
from samovar.character.core import exchange
from samovar.character.drafts import Ensemble
from samovar.character.endpoint import ensemble, turns_of
from samovar.character.exchange import ABLATION
from samovar.character.persona import CHARACTERS, Character
from samovar.character.speech.style import Speakers, load
from samovar.command import terminal
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.base import ChatModel
from samovar.models.shelf import Shelf
from samovar.settings import Settings

RESULT = "character-sampling"
STEPS = ABLATION["retrieval"]
"""The first draft beside its facts: later steps choose among drafts, which hides how they are drawn."""
TEMPERATURES, TOP_P, PENALTIES = (0.25, 0.5, 0.8), (0.9, 1.0), (1.0, 1.1)
MOST = 20
"""Questions to a character: 13 ways to draw 40 replies are some ten minutes of the small model."""


@dataclass(frozen=True, slots=True)
class Played:
    """Hold a character, who plays him, who judges his style, and what he is asked."""

    character: Character
    cast: Ensemble
    speakers: Speakers | None
    asked: tuple[Question, ...]


def main(argv: Sequence[str] | None = None) -> int:
    """Ask under every combination, write the result and return the exit code."""
    parser = argparse.ArgumentParser(
        "python -m eval.selection.character_sampling", description=__doc__
    )
    parser.add_argument("--model", default="", help="id of a chat model; default: the tool's")
    parser.add_argument("--characters", default=",".join(CHARACTERS))
    parser.add_argument("--most", type=int, default=MOST, help="questions of a character; 0: all")
    for name, values in grid().items():
        parser.add_argument(f"--{name}", type=float, nargs="+", default=list(values))
    parser.add_argument("--rows", type=Path, help="folder of the rows; default: the app's cache")
    parser.add_argument("--fresh", action="store_true", help="forget the rows of earlier runs")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    return terminal.run(lambda settings, out: measured(given, settings, out))


def grid() -> dict[str, tuple[float, ...]]:
    """Return the values of each setting by the name of its option."""
    return {"temperatures": TEMPERATURES, "top-p": TOP_P, "penalties": PENALTIES}


def measured(given: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Ask all questions in all cells and write what was found.

    Raises:
        SamovarError: an unknown model or character, or data that are not here.
    """
    began = time.perf_counter()
    wanted = itertools.product(given.temperatures, given.top_p, given.penalties)
    cells = {SERVED: None, **{cell.name: cell for cell in itertools.starmap(Cell, wanted)}}
    with closing(Shelf(settings)) as models:
        chat = models.chat(given.model) if given.model else models.chat_of("character")
        path = (given.rows or settings.cache / "eval") / f"sampling-{chat.name}.jsonl"
        if given.fresh:
            path.unlink(missing_ok=True)
        slugs = [
            checks.choice(one, CHARACTERS, "characters") for one in given.characters.split(",")
        ]
        played = [_played(models, chat, CHARACTERS[slug], given.most) for slug in slugs]
        rows = list(drawn(played, cells, path))
        result = {"model": chat.name, "engine": chat.engine, **summed(rows, cells)}
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - began,
        data="data/characters/*/questions-development.jsonl",
        size=sum(len(one.asked) for one in played),
        libraries=("openvino-genai", "xllamacpp", "scipy"),
    )
    written = provenance.write(RESULT, {**result, "rows": rows}, origin, given.results)
    path.unlink(missing_ok=True)
    return terminal.write(out, [*sampling(result), str(written)])


def _played(models: Shelf, chat: ChatModel, character: Character, most: int) -> Played:
    found = questions(models.settings.data, character.slug, "development")
    english = [one for one in found if one.language == "en"]  # the style is told in English only
    cast = ensemble(models, character, STEPS, chat)
    speakers = load(character.series, models.settings)
    return Played(character, cast, speakers, tuple(spread(english, most)))


def drawn(played: Sequence[Played], cells: Mapping[str, Cell | None], path: Path) -> Iterator[Row]:
    """Yield a row a question and cell; those that `path` lacks are asked and written to it.

    All cells of a question follow each other: engines keep its prompt computed.
    """
    held = {(row["id"], row["cell"]): row for row in kept(path)}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as sink:
        for one in played:
            for question, (name, cell) in itertools.product(one.asked, cells.items()):
                row = held.get((question.id, name))
                if row is None:
                    row = {"id": question.id, "cell": name, **_row(one, question, cell)}
                    sink.write(json.dumps(row, ensure_ascii=False) + "\n")
                    sink.flush()
                    print(f"{question.id} ({name}): {row['reply']}", file=sys.stderr, flush=True)
                yield judged(row, question)


def _row(played: Played, question: Question, cell: Cell | None) -> Row:
    cast, history = played.cast, turns_of(list(question.history))
    if cell is not None:
        cast = replace(cast, chat=SettledChat(cast.chat, cell.settle))
    *_, last = exchange(cast, played.character, question.question, history, STEPS, SEED)
    styles = None
    if played.speakers is not None and cast.encoder is not None and last.reply:
        name = played.character.name.en
        styles = played.speakers.style([last.reply], name, cast.encoder)
    return {
        "reply": last.reply,
        "style": styles[0] if styles else None,
        "milliseconds": last.cost.milliseconds if last.cost else None,
    }


if __name__ == "__main__":
    raise SystemExit(main())
