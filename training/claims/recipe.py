"""Train the judge of what a character says: the entailment model goes on with his facts and claims.

python -m training.claims training/configs/claims-e5.yaml --export
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
from pydantic import Field

from samovar import catalog
from samovar.models.base import Encoder
from samovar.models.encoders import encoding
from samovar.models.encoders.bert_adapter import LAYER_NAMES
from samovar.models.files.adapters import FILES
from samovar.models.pairs.entailment import LABELS, PairTokenizer
from samovar.models.pairs.rows import Row
from samovar.models.shelf import shelf
from samovar.settings import Settings
from training.claims import corpus
from training.claims.duplicates import duplicated
from training.claims.pairs import ORIGIN, ClaimPair, Kind, claim_pairs, fact_bases
from training.corpora import sources
from training.frame import command, warm_start
from training.frame.batches import Planned
from training.frame.best import LOSS, Best
from training.frame.calibration import temperatures
from training.frame.recipe import Lora, Training
from training.frame.trainer import train, trainable
from training.lessons.inference.cross_encoder import (
    cross_encoder,
    logits,
    loss_of,
    tensors,
    tokens,
    write,
)
from training.lessons.inference.natural_inference import (
    CLASSES,
    targets,
    validation_metrics,
)

MEASURING: tuple[corpus.Name, ...] = ("development", "test")
"""Claims that nothing which trains may repeat: the first choose the thresholds, the second measure."""
VALIDATING: tuple[Kind, ...] = ("given", "other")


@dataclass(frozen=True, slots=True)
class ClaimsRecipe:
    """Describe one adapter of a judge of claims."""

    name: str
    """Of the adapter: its folder in assets/adapters, and its row in the catalog."""
    base: str = "multilingual-e5-small"
    """The encoder that the tools have in memory anyway: a hundred languages in 12 layers of 384."""
    start: str = "entailment-e5"
    """Adapter whose matrices and head are the first ones, and whose labels are the same."""
    smoothing: Annotated[float, Field(ge=0, le=0.5)] = 0.05
    """Share of a label spread over all three: of some claims people think differently."""
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.0
    """Of the base itself; random numbers cost a CPU a third of a step, and the best step is kept anyway."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 8
    """Per cent of the facts whose claims only validate: they choose the step that is kept and fit the
    temperatures, and tell how it does on facts that it never read."""
    lora: Lora = field(default_factory=lambda: Lora(layers=LAYER_NAMES))
    training: Training = field(default_factory=Training)


@dataclass(frozen=True, slots=True)
class Lessons:
    """Hold the pairs that train, those that only validate, and what was left out."""

    training: list[ClaimPair]
    held: list[ClaimPair]
    facts: dict[str, Any]
    """Counts for run.json."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Hold what only validates: the rows, the right class of each, and whose it is."""

    rows: list[Row]
    classes: list[int]
    origins: list[str]
    """Character and language."""

    @classmethod
    def of(cls, pairs: Sequence[ClaimPair], tokenizer: PairTokenizer) -> HeldOut:
        """Return `pairs`, whose labels leave nothing open, as a network reads them."""
        classes = [CLASSES[one.pair.label] for one in pairs]
        origins = [f"{one.character}-{one.pair.language}" for one in pairs]
        return cls(tokenizer.rows(texts(pairs)), classes, origins)

    def metrics(self, outputs: torch.Tensor) -> dict[str, float]:
        """Return loss and accuracy of logits [pairs, 3], of all and of each origin."""
        return validation_metrics(outputs, torch.tensor(self.classes), self.origins)


def fit(chosen: ClaimsRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    first = warm_start.starting_adapter(chosen.start, settings)
    files = corpus.files(settings.data, "train") | {"start": first.path / FILES[1]}
    with command.run_of(options, chosen, files) as run:
        lessons = lessons_of(chosen, settings, shelf().encoder())
        base = catalog.model(chosen.base)
        folder = options.base or encoding.folder(base, settings)
        tokenizer = PairTokenizer(folder / "tokenizer.json", base)
        run.facts["claims"] = lessons.facts
        own = sources.attribution({ORIGIN})
        run.facts["sources"] = [*dict.fromkeys([*own, *warm_start.sources(first)])]
        network = cross_encoder(folder, chosen.lora, chosen.training, chosen.dropout, run)
        warm_start.continued(network, first)
        held = HeldOut.of(lessons.held, tokenizer)
        best = Best(run, trainable(network))

        def validate(model: Any) -> dict[str, float]:
            found = held.metrics(logits(model, held.rows, chosen.training, run.device))
            best.seen(found[LOSS])
            return found

        aims = targets([one.pair.label for one in lessons.training])
        items = [*zip(tokenizer.rows(texts(lessons.training)), aims, strict=True)]
        batches = Planned(items, lambda lesson: tokens(lesson[0]), tensors, chosen.training)
        train(network, batches, loss_of(chosen.smoothing), chosen.training, run, validate)
        best.restore()
        if run.main:
            outputs = logits(network.eval(), held.rows, chosen.training, run.device)
            fitted = temperatures(outputs.numpy(), np.array(held.classes))
            run.facts["temperatures"] = [fitted.sure, fitted.torn]
            run.facts["best"] = held.metrics(outputs)
            write(network, chosen.base, fitted, run.folder / "adapter")
    return run.folder


def lessons_of(chosen: ClaimsRecipe, settings: Settings, encoder: Encoder) -> Lessons:
    """Return the pairs of the claims that train, but of none that says what a measuring one says.

    A held-out claim stands as in serving behind the facts given, if these are all that decide, and behind
    others that say nothing of it.
    """
    found = corpus.claims(settings.data, "train")
    own = {name: corpus.claims(settings.data, name) for name in MEASURING}
    twice = duplicated(found, [claim for listed in own.values() for claim in listed], encoder)
    ends = np.cumsum([len(listed) for listed in own.values()])[:-1]
    repeat = dict(zip(own, np.split(twice, ends, axis=1), strict=True))
    left = np.asarray(twice.any(axis=1))
    kept = [claim for claim, out in zip(found, left, strict=True) if not out]
    training, held = corpus.parts(kept, chosen.held_out)
    bases = fact_bases(encoder, settings)
    learnt = claim_pairs(training, bases, encoder)
    asked = [
        one
        for one in claim_pairs(held, bases, encoder)
        if one.kind in VALIDATING and CLASSES[one.pair.label] < len(LABELS)
    ]
    facts = {
        "written": len(found),
        "repeat": {name: int(out.any(axis=1).sum()) for name, out in repeat.items()},
        "left_out": int(left.sum()),
        "training": len(training),
        "held_out": len(held),
        "validation": len(asked),
        "labels": dict(sorted(Counter(one.pair.label for one in learnt).items())),
        "kinds": dict(sorted(Counter(one.kind for one in learnt).items())),
    }
    return Lessons(learnt, asked, facts)


def texts(pairs: Sequence[ClaimPair]) -> list[tuple[str, str]]:
    """Return what a model reads of `pairs`."""
    return [(one.pair.premise, one.pair.hypothesis) for one in pairs]


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.claims", __doc__).parse_args(argv)
    return command.trained(options, ClaimsRecipe, fit)
