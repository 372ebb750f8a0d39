"""Train a chat model to tell whether a product sheet supports what an advert says: the larger judge.

python -m training.adverts training/configs/adverts-qwen.yaml --export
python -m training.adverts training/configs/adverts-qwen.yaml --count     says how much it would read

The small judge, adverts-e5, is trained by training.claims on the same statements.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Annotated, Any

from pydantic import Field

from samovar import catalog
from samovar.command import terminal
from samovar.models.chat.vocabulary import Vocabulary
from samovar.models.files.dequantised import dequantised, tokenizer
from samovar.settings import Settings
from training.adverts import corpus
from training.adverts.trees import Read, prompts, verdicts
from training.corpora import sources
from training.frame import command, recipe
from training.lessons.chat.trees import Tree, trees
from training.lessons.chat.verdicts import VerdictRecipe, learn, start


@dataclass(frozen=True, slots=True)
class AdvertsRecipe(VerdictRecipe):
    """Describe one adapter that judges what adverts say."""

    statements: Annotated[int, Field(ge=1, le=1000)] = 24
    """Statements of a sheet at most: a further sheet teaches more than a further statement."""
    said: Annotated[int, Field(ge=0, le=1000)] = 4
    """Sentences of the advertising texts for a sheet at most; they are all right."""
    asked: Annotated[int, Field(ge=1, le=1000)] = 8
    """Statements of a held-out sheet at most, about which the model is asked to validate it."""


def fit(chosen: AdvertsRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    files = {**corpus.files(settings.data), **start(chosen)}
    with command.run_of(options, chosen, files) as run:
        folder = options.base or dequantised(catalog.model(chosen.base), settings)
        rows, kept = lessons(chosen, folder, settings)
        run.facts["statements"] = {"training": numbers(rows), "validation": numbers(kept)}
        run.facts["sources"] = sources.attribution({"samovar"})
        learn(chosen, run, folder, rows, kept, verdicts(Vocabulary(folder)), "adverts")
    return run.folder


def lessons(
    chosen: AdvertsRecipe, folder: Path, settings: Settings
) -> tuple[list[Tree], list[Tree]]:
    """Return the trees of the sheets that train and of those held out, by the tokenizer in `folder`."""
    vocabulary = Vocabulary(folder)
    dialogue = vocabulary.dialogue(catalog.model(chosen.base).context)
    most = Read(chosen.statements, chosen.said, chosen.asked)
    training, held = prompts(settings.data, chosen.held_out, most)
    rows, kept = (trees(part, vocabulary, dialogue, chosen.longest) for part in (training, held))
    return rows, kept


def numbers(listed: Sequence[Tree]) -> dict[str, int]:
    """Return how many sheets and statements there are, and how many of them are right."""
    holds = [branch.holds for tree in listed for branch in tree.branches]
    return {
        "sheets": len(listed),
        "statements": len(holds),
        "right": sum(holds),
        "tokens": sum(tree.length for tree in listed),
        "longest": max((tree.length for tree in listed), default=0),
    }


def counted(chosen: AdvertsRecipe, options: Namespace, settings: Settings) -> list[str]:
    """Return what a run of `chosen` would read, in lines."""
    folder = options.base or tokenizer(catalog.model(chosen.base), settings)
    parts = lessons(chosen, folder, settings)
    return [
        "{name}: {sheets} sheets, {statements:,} statements ({right:,} right), {tokens:,} tokens, "
        "the longest row {longest:,}".format(name=name, **numbers(rows))
        for name, rows in zip(("training", "validation"), parts, strict=True)
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    parser = command.arguments("training.adverts", __doc__)
    parser.add_argument(
        "--count", action="store_true", help="say how much it reads, and train nothing"
    )
    options = parser.parse_args(argv)
    if not options.count:
        return command.trained(options, AdvertsRecipe, fit)

    def count(settings: Settings, out: IO[str]) -> int:
        chosen: Any = recipe.load(options.config, AdvertsRecipe)
        return terminal.write(out, counted(chosen, options, settings))

    return terminal.run(count)
