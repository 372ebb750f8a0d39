"""Train a spaCy pipeline with spaCy's own config system: one NER component on hashed embeddings.

python -m training.pipeline training/configs/spacy-en.yaml --data-dir ../shared/datasets --export

The YAML names the data; the network, the optimiser and the batches stand in spaCy's own file
training/configs/spacy.cfg, as `python -m spacy train` reads it.
"""

from __future__ import annotations

import json
import re
import shutil
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import spacy
from pydantic import Field
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config, load_model_from_config, registry

from samovar.models.taggers.spacy_trained import PIPELINE
from samovar.ner.annotated.gold import Annotated as Gold
from samovar.phrases import Language
from samovar.settings import ROOT, Settings
from training.corpora import sources
from training.entities import corpora, packed_texts, tagger_folder
from training.entities.corpora import Corpus
from training.entities.tagger_folder import TAGGER, describe
from training.frame import command

LOCAL = re.compile(r"^(train|dev) = \"/.*\"$", re.MULTILINE)
"""Lines with paths of this machine, which nobody needs afterwards."""
LOGGER = "samovar.measurements.v1"
CONFIG = ROOT / "training" / "configs" / "spacy.cfg"


@dataclass(frozen=True, slots=True)
class PipelineTraining:
    """Say how long spaCy trains; everything else stands in its own file."""

    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Of the first weights, the order of the texts and the dropout."""
    steps: Annotated[int, Field(ge=1, le=10**6)] = 1600
    """At most, some five minutes on one core; the F1 on held-out texts still grows a little then."""
    patience: Annotated[int, Field(ge=1, le=10**6)] = 1600
    """Steps without a better F1 before it ends."""
    validate_every: Annotated[int, Field(ge=1, le=10**6)] = 400
    """Steps between two measurements on held-out texts."""


@dataclass(frozen=True, slots=True)
class PipelineRecipe:
    """Describe one spaCy pipeline."""

    name: str
    """Of its folder in assets/taggers and its row in the catalog."""
    language: Language
    """Decides about spaCy's tokenizer."""
    corpora: tuple[str, ...]
    """Keys of TRAINING in training/entities/corpora.py."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 5
    """Per cent of the training texts that only choose the best step."""
    training: PipelineTraining = field(default_factory=PipelineTraining)


def fit(chosen: PipelineRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds tagger/.

    Raises:
        SamovarError: data are missing or bad, or the folder holds another run.
    """
    del settings
    parts = [corpora.TRAINING[name] for name in chosen.corpora]
    files = {**corpora.hashed(parts, options.data_dir), CONFIG.name: CONFIG}
    with command.run_of(options, chosen, files) as run:
        training, held = divided(parts, options.data_dir, chosen.held_out)
        run.facts["texts"] = {"training": len(training), "validation": len(held)}
        run.facts["sources"] = sources.attribution(part.origin for part in parts)
        before = None if options.fresh else stopped(run.folder)
        same = stored({"train": training, "dev": held}, chosen.language, run.folder)

        if before is not None and same:
            run.facts["closed"] = "stopped before its last step; the best pipeline until then"
            log = [before]
        else:
            log = trained(chosen, run.folder)

        for step in run.steps(len(log)):
            run.log(int(log[step]["step"]), loss=log[step]["loss"], validation_f1=log[step]["f1"])

        finish(run.folder, chosen)
    return run.folder


def divided(parts: Sequence[Corpus], data_dir: Path, percent: int) -> tuple[list[Gold], list[Gold]]:
    """Return the texts that train and those that only choose the best step."""
    texts = [text for part in parts for text in corpora.texts(part, data_dir)]
    held = [text for text in texts if corpora.drawn(f"validation {text.text}", percent)]
    kept = {text.text for text in held}
    return [text for text in texts if text.text not in kept], held


def stored(sides: Mapping[str, Sequence[Gold]], language: Language, folder: Path) -> bool:
    """Write each side for spaCy into `folder`; tell whether the same texts lay there before."""
    packed = {name: packed_texts.packed(texts, language) for name, texts in sides.items()}
    same = all(packed_texts.same(part, folder / f"{name}.spacy") for name, part in packed.items())
    for name, part in packed.items():
        part.to_disk(folder / f"{name}.spacy")
    return same


def stopped(folder: Path) -> dict[str, float] | None:
    """Return the measurement of the best pipeline that a stopped run left in `folder`, if it did.

    spaCy keeps no optimiser to go on with, but it writes the best pipeline at every measurement: a run
    that is started again after a crash or a time limit is closed with it.
    """
    meta = folder / "model-best" / "meta.json"
    if not meta.is_file() or (folder / "run.json").is_file():
        return None
    performance = json.loads(meta.read_text(encoding="utf-8"))["performance"]
    return {"step": 0, "loss": float(performance["ner_loss"]), "f1": float(performance["ents_f"])}


def trained(chosen: PipelineRecipe, folder: Path) -> list[dict[str, float]]:
    """Let spaCy train; the best pipeline lies in `folder`/model-best. Return its measurements."""
    config = load_config(
        CONFIG,
        overrides={
            "nlp.lang": chosen.language,
            "paths.train": str(folder / "train.spacy"),
            "paths.dev": str(folder / "dev.spacy"),
            "system.seed": chosen.training.seed,
            "training.max_steps": chosen.training.steps,
            "training.patience": chosen.training.patience,
            "training.eval_frequency": chosen.training.validate_every,
        },
    )
    nlp = init_nlp(load_model_from_config(config, auto_fill=True).config)
    rows: list[dict[str, float]] = []

    def watched(*_: Any) -> tuple[Any, Any]:
        def step(info: dict[str, Any] | None) -> None:
            if info is not None and info["score"] is not None:
                loss = float(sum(info["losses"].values()))
                rows.append({"step": info["step"], "loss": loss, "f1": float(info["score"])})
                print(rows[-1], flush=True)

        return step, lambda: None

    registry.loggers.register(LOGGER, func=lambda: watched)
    nlp.config["training"]["logger"] = {"@loggers": LOGGER}
    train(nlp, folder, use_gpu=-1)
    return rows


def finish(folder: Path, chosen: PipelineRecipe) -> None:
    """Make tagger/ in `folder`, that of the run, of spaCy's best pipeline."""
    target = folder / TAGGER
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder / "model-best", target / PIPELINE)
    config = target / PIPELINE / "config.cfg"
    config.write_text(LOCAL.sub(r"\1 = null", config.read_text(encoding="utf-8")))
    describe(target, chosen)


def publish(run: Path, folder: Path) -> Path:
    """Copy the finished pipeline of `run` to `folder` with its card.

    Raises:
        StoreError: a file would be too large for the repository.
    """
    shutil.rmtree(folder, ignore_errors=True)
    tagger_folder.publish(run, folder, "A spaCy pipeline")
    forget_words(folder / PIPELINE)
    return folder


def forget_words(pipeline: Path) -> None:
    """Leave out the words of the training texts, which the weights know by their hashes only."""
    strings = pipeline / "vocab" / "strings.json"
    language = load_config(pipeline / "config.cfg")["nlp"]["lang"]
    labels = spacy.load(pipeline).pipe_labels["ner"]
    kept = sorted({*spacy.blank(language).vocab.strings, *labels})
    strings.write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.pipeline", __doc__).parse_args(argv)
    return command.trained(options, PipelineRecipe, fit, publish, place=lambda chosen: "taggers")


if __name__ == "__main__":
    raise SystemExit(main())
