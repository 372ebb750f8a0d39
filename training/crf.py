"""Train a conditional random field on annotated words (Lafferty, McCallum & Pereira 2001).

python -m training.crf training/configs/crf-en.yaml --data-dir ../shared/datasets --export

The features are those of samovar/models/taggers/word_features.py, which serving uses, too. L-BFGS with an
L1 part leaves most weights at zero: the shipped file holds the rest.
"""

from __future__ import annotations

import json
import shutil
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any

import sklearn_crfsuite
from pydantic import Field

from samovar.models.taggers.crf import ABOUT, CARD, PROTOCOL, WEIGHTS
from samovar.models.taggers.word_features import rows
from samovar.phrases import Language
from samovar.settings import Settings
from training.corpora import sources
from training.entities import corpora
from training.entities.sentences import Tagged, tagged
from training.entities.tagger_card import card
from training.frame import command, export


@dataclass(frozen=True, slots=True)
class CrfTraining:
    """Say how the weights are found."""

    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Named in run.json; L-BFGS itself draws nothing."""
    iterations: Annotated[int, Field(ge=1, le=10_000)] = 100
    """Of L-BFGS: the F1 on held-out text no longer moves beyond."""
    l1: Annotated[float, Field(ge=0, le=100)] = 0.1
    """Weight of the sum of sizes: sets most weights to zero and keeps the file small."""
    l2: Annotated[float, Field(ge=0, le=100)] = 0.05
    """Weight of the sum of squares: rare words then count for less."""
    rarest: Annotated[float, Field(ge=0, le=100)] = 1
    """Occurrences below which a feature is left out."""


@dataclass(frozen=True, slots=True)
class CrfRecipe:
    """Describe one CRF."""

    name: str
    """Of its folder in assets/taggers and its row in the catalog."""
    language: Language
    """Decides about the features: Russian words bring their dictionary entry."""
    corpora: tuple[str, ...]
    """Keys of TRAINING in training/entities/corpora.py."""
    training: CrfTraining = field(default_factory=CrfTraining)


def fit(chosen: CrfRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds tagger/.

    Raises:
        SamovarError: data are missing or bad, or the folder holds another run.
    """
    del settings
    parts = [corpora.TRAINING[name] for name in chosen.corpora]
    with command.opened(options, chosen, corpora.hashed(parts, options.data_dir)) as run:
        training = [
            one for part in parts for one in tagged(corpora.texts(part, options.data_dir), True)
        ]
        run.facts["texts"] = {
            "training": len(training),
            "words": sum(len(x.words) for x in training),
        }
        run.facts["sources"] = sources.attribution(part.origin for part in parts)
        folder = run.folder / "tagger"
        folder.mkdir(parents=True, exist_ok=True)
        model = trained(training, chosen, folder / WEIGHTS)
        log = model.training_log_.iterations
        for step in run.steps(len(log)):
            run.log(step + 1, loss=float(log[step]["loss"]))
        run.count(sum(len(one.words) for one in training) * len(log))
        about = {"protocol": PROTOCOL, "name": chosen.name, "languages": [chosen.language]}
        text = json.dumps({**about, "config": asdict(chosen)}, ensure_ascii=False, indent=1)
        (folder / ABOUT).write_text(text + "\n", encoding="utf-8")
    return run.folder


def trained(training: Sequence[Tagged], chosen: CrfRecipe, path: Path) -> Any:
    """Fit the weights, write them to `path` and return the model."""
    model = sklearn_crfsuite.CRF(
        algorithm="lbfgs",
        c1=chosen.training.l1,
        c2=chosen.training.l2,
        min_freq=chosen.training.rarest,
        max_iterations=chosen.training.iterations,
        all_possible_transitions=True,
        model_filename=str(path),
        keep_tempfiles=True,
        verbose=True,
    )
    features = [rows(one.words, chosen.language) for one in training]
    return model.fit(features, [list(one.tags) for one in training])


def publish(run: Path, folder: Path) -> Path:
    """Copy the finished tagger of `run` to `folder` with its card.

    Raises:
        StoreError: a file would be too large for the repository.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (WEIGHTS, ABOUT):
        shutil.copyfile(run / "tagger" / name, folder / name)
    export.beside(run, folder)
    (folder / CARD).write_text(card(folder, "A conditional random field"), encoding="utf-8")
    export.fits(folder)
    return folder


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.crf", __doc__).parse_args(argv)
    return command.trained(options, CrfRecipe, fit, publish, place=lambda chosen: "taggers")


if __name__ == "__main__":
    raise SystemExit(main())
