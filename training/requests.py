"""Train a chat model to reword requests and to tell whether a rewording keeps the meaning: one adapter.

python -m training.requests training/configs/requests-qwen.yaml --export
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from samovar import catalog
from samovar.models.chat.vocabulary import Vocabulary
from samovar.models.files.dequantised import dequantised
from samovar.phrases import LANGUAGES
from samovar.settings import Settings
from training.corpora import requests, sources
from training.frame import command
from training.lessons.chat.verdicts import VerdictRecipe, learn, start
from training.lessons.requests.trees import trees, verdicts


@dataclass(frozen=True, slots=True)
class RequestsRecipe(VerdictRecipe):
    """Describe one adapter that rewords and verifies."""

    parts: tuple[str, ...] = requests.PARTS
    """Which files of data/requests train, by the beginnings of their names."""


def fit(chosen: RequestsRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    files = {**requests.files(chosen.parts), **start(chosen)}
    with command.run_of(options, chosen, files) as run:
        pairs = [
            pair for language in LANGUAGES for pair in requests.training(language, chosen.parts)
        ]
        training, held = requests.parts(pairs, chosen.held_out)
        base = catalog.model(chosen.base)
        folder = options.base or dequantised(base, settings)
        vocabulary = Vocabulary(folder)
        dialogue = vocabulary.dialogue(base.context)
        rows, kept = (
            trees(part, vocabulary, dialogue, chosen.longest) for part in (training, held)
        )
        run.facts["pairs"] = {"training": len(training), "validation": len(held)}
        run.facts["sources"] = sources.attribution({"samovar"})
        learn(chosen, run, folder, rows, kept, verdicts(vocabulary), "requests")
    return run.folder


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.requests", __doc__).parse_args(argv)
    return command.trained(options, RequestsRecipe, fit)


if __name__ == "__main__":
    raise SystemExit(main())
