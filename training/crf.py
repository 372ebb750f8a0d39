"""Train a conditional random field on annotated words (Lafferty, McCallum & Pereira 2001).

python -m training.crf training/configs/crf-en.yaml --data-dir ../shared/datasets --export

The features are those of samovar/models/taggers/word_features.py, which serving uses, too. L-BFGS with an
L1 part leaves most weights at zero: the shipped file holds the rest.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from samovar.models.taggers.crf import WEIGHTS
from samovar.phrases import Language
from samovar.settings import Settings
from training.corpora import sources
from training.entities import corpora, tagger_folder
from training.entities.random_field import CrfTraining, trained
from training.entities.sentences import tagged
from training.entities.tagger_folder import TAGGER, describe
from training.frame import command


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
    with command.run_of(options, chosen, corpora.hashed(parts, options.data_dir)) as run:
        texts = [one for part in parts for one in corpora.texts(part, options.data_dir)]
        training = tagged(texts, whole=True)
        words = sum(len(one.words) for one in training)
        run.facts["texts"] = {"training": len(training), "words": words}
        run.facts["sources"] = sources.attribution(part.origin for part in parts)

        folder = run.folder / TAGGER
        folder.mkdir(parents=True, exist_ok=True)
        model = trained(training, chosen.language, chosen.training, folder / WEIGHTS)

        log = model.training_log_.iterations
        for step in run.steps(len(log)):
            run.log(step + 1, loss=float(log[step]["loss"]))
        run.count(words * len(log))

        describe(folder, chosen)
    return run.folder


def publish(run: Path, folder: Path) -> Path:
    """Copy the finished tagger of `run` to `folder` with its card.

    Raises:
        StoreError: a file would be too large for the repository.
    """
    return tagger_folder.publish(run, folder, "A conditional random field")


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.crf", __doc__).parse_args(argv)
    return command.trained(options, CrfRecipe, fit, publish, place=lambda chosen: "taggers")


if __name__ == "__main__":
    raise SystemExit(main())
