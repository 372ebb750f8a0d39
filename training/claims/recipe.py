"""Train a judge of what is said: the entailment model goes on with facts and claims of one kind.

python -m training.claims training/configs/claims-e5.yaml --export     of a character
python -m training.claims training/configs/adverts-e5.yaml --export    of adverts, about product sheets
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import torch
from pydantic import Field

from samovar import catalog
from samovar.models.base import Encoder
from samovar.models.encoders import encoding
from samovar.models.encoders.bert_adapter import LAYER_NAMES
from samovar.models.files.adapters import FILES
from samovar.models.pairs.entailment import PairTokenizer
from samovar.models.shelf import shelf
from samovar.settings import Settings
from training.adverts import corpus as adverts
from training.adverts import lessons as adverts_lessons
from training.claims import characters, corpus
from training.claims.pairs import ORIGIN
from training.corpora import sources
from training.frame import command, warm_start
from training.frame.batches import Planned
from training.frame.best import LOSS, Best
from training.frame.calibration import temperature
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
from training.lessons.inference.held_out import HeldOut, Lessons
from training.lessons.inference.natural_inference import targets, texts

CorpusName = Literal["characters", "adverts"]


@dataclass(frozen=True, slots=True)
class ClaimsRecipe:
    """Describe one adapter of a judge of claims."""

    name: str
    """Of the adapter: its folder in assets/adapters, and its row in the catalog."""
    base: str = "multilingual-e5-small"
    """The encoder that the tools have in memory anyway: a hundred languages in 12 layers of 384."""
    corpus: CorpusName = "characters"
    """What is judged: what characters say of themselves, or what adverts say of products."""
    start: str = "entailment-e5"
    """Adapter whose matrices and head are the first ones, and whose labels are the same."""
    smoothing: Annotated[float, Field(ge=0, le=0.5)] = 0.05
    """Share of a label spread over all three: of some claims people think differently."""
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.0
    """Of the base itself; random numbers cost a CPU a third of a step, and the best step is kept anyway."""
    frozen: Annotated[int, Field(ge=0, le=11)] = 0
    """Lowest layers whose matrices stay those of `start`: each saves a CPU a fifteenth of a step."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 8
    """Per cent of the facts, or of the product sheets, whose claims only validate: they choose the step that
    is kept and fit the temperature, and tell how it does on facts that it never read."""
    lora: Lora = field(default_factory=lambda: Lora(layers=LAYER_NAMES))
    training: Training = field(default_factory=Training)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Say where statements with their facts stand, and how they become lessons."""

    files: Callable[[Path], Mapping[str, Path]]
    """Gets the data folder."""
    lessons: Callable[[int, Settings, Encoder], Lessons]
    """Gets the per cent that is held out."""


CORPORA: Mapping[CorpusName, Corpus] = {
    "characters": Corpus(partial(corpus.files, name="train"), characters.lessons),
    "adverts": Corpus(adverts.files, adverts_lessons.lessons),
}


def fit(chosen: ClaimsRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    first = warm_start.starting_adapter(chosen.start, settings)
    source = CORPORA[chosen.corpus]
    files = {**source.files(settings.data), "start": first.path / FILES[1]}
    with command.run_of(options, chosen, files) as run:
        lessons = source.lessons(chosen.held_out, settings, shelf().encoder())
        base = catalog.model(chosen.base)
        folder = options.base or encoding.folder(base, settings)
        longest = catalog.model(chosen.name).context
        tokenizer = PairTokenizer(folder / "tokenizer.json", base, longest)
        learnt = [*sources.attribution({ORIGIN}), *warm_start.sources(first)]
        run.facts.update(claims=lessons.facts, sources=[*dict.fromkeys(learnt)])
        network = cross_encoder(folder, chosen.lora, chosen.training, chosen.dropout, run)
        warm_start.continued(network, first)
        freeze(network, chosen.frozen)
        held = HeldOut.of(lessons.held, tokenizer)
        best = Best(run, trainable(network))

        def validate(model: Any) -> dict[str, float]:
            found = held.metrics(logits(model, held.rows, chosen.training, run.device))
            best.seen(found[LOSS])
            return found

        aims = targets([pair.label for pair in lessons.training])
        items = [*zip(tokenizer.rows(texts(lessons.training)), aims, strict=True)]
        batches = Planned(items, lambda lesson: tokens(lesson[0]), tensors, chosen.training)
        train(network, batches, loss_of(chosen.smoothing), chosen.training, run, validate)
        best.restore()
        if run.main:
            outputs = logits(network.eval(), held.rows, chosen.training, run.device)
            fitted = temperature(outputs.numpy(), np.array(held.classes))
            run.facts["temperature"] = fitted.sure
            run.facts["best"] = held.metrics(outputs)
            write(network, chosen.base, fitted, run.folder / "adapter")
    return run.folder


def freeze(network: torch.nn.Module, layers: int) -> None:
    """Let the weights of so many of the lowest layers of `network` be trained no more."""
    below = tuple(f"layer.{number}." for number in range(layers))
    for name, weight in network.named_parameters():
        if any(layer in name for layer in below):
            weight.requires_grad_(False)


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.claims", __doc__).parse_args(argv)
    return command.trained(options, ClaimsRecipe, fit)
