"""Train the verifier of requests: LoRA and a head on multilingual-e5-small, as a cross-encoder.

python -m training.verifier training/configs/verifier-e5.yaml --export
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
from scipy.optimize import minimize_scalar
from sklearn.metrics import average_precision_score
from torch.nn.functional import binary_cross_entropy_with_logits

from samovar import catalog
from samovar.models.encoders import encoding
from samovar.models.encoders.bert_adapter import LAYER_NAMES
from samovar.models.files.adapters import FILES
from samovar.models.pairs.network import PairNetwork
from samovar.models.pairs.rows import PairTokenizer, Row, padded
from samovar.models.pairs.verifier import FORM, LABELS, ROLE
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES
from samovar.settings import Settings
from training.corpora import requests, sources
from training.corpora.requests import RequestPair
from training.frame import backbone, command, export, warm_start
from training.frame.batches import Planned, ordered
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import Loss, train
from training.lessons.requests.crossed import crossed, half_turned, turned
from training.lessons.requests.hard_negatives import with_negatives

VALIDATED = 64
"""Pairs a batch of validation."""
COLDEST, HOTTEST = 0.1, 10.0


@dataclass(frozen=True, slots=True)
class VerifierRecipe:
    """Describe one adapter of a verifier."""

    name: str
    """Of the adapter: its folder in assets/adapters, and its row in the catalog."""
    base: str = "multilingual-e5-small"
    """The encoder that the tools have in memory anyway: a hundred languages in 12 layers of 384."""
    start: str = ""
    """Adapter whose matrices and head are the first ones: the entailment model already holds two texts
    against each other. Without: random ones."""
    smoothing: Annotated[float, Field(ge=0, le=0.5)] = 0.02
    """Share of a label given to the other one: careful people differ about a few pairs."""
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.1
    """Of the base itself: the pairs are few and read several times."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 6
    """Per cent of the requests that only validate: the same ones as the larger verifier holds out."""
    turned: bool = False
    """Whether half of the pairs are read the other way round, as serving reads all of them both ways; one
    epoch of it was no better (docs/LOG.md)."""
    negatives: Annotated[int, Field(ge=0, le=8)] = 0
    """Hard negatives a request that are made from the frames of its rewordings."""
    lora: Lora = field(default_factory=lambda: Lora(layers=LAYER_NAMES))
    training: Training = field(default_factory=Training)


def fit(chosen: VerifierRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    first = warm_start.starting_adapter(chosen.start, settings) if chosen.start else None
    files = requests.files() | ({"start": first.path / FILES[1]} if first else {})
    with command.run_of(options, chosen, files) as run:
        pairs = [pair for language in LANGUAGES for pair in requests.training(language)]
        training, held = requests.parts(pairs, chosen.held_out)
        training = enlarged(training, chosen)
        base = catalog.model(chosen.base)
        folder = options.base or encoding.folder(base, settings)
        tokenizer = PairTokenizer(folder / "tokenizer.json", base, FORM)
        lessons = [
            (row, float(pair.same))
            for row, pair in zip(rows(training, tokenizer), training, strict=True)
        ]
        kept = rows(held, tokenizer), rows([turned(pair) for pair in held], tokenizer)
        inherited = warm_start.sources(first) if first else []
        run.facts["pairs"] = counts(training, held)
        run.facts["sources"] = [*dict.fromkeys([*sources.attribution({"samovar"}), *inherited])]
        network = verifier(chosen, folder, run)
        if first:
            warm_start.warmed(network, first)

        def validate(model: Any) -> dict[str, float]:
            return metrics(both(model, kept, run.device), held)

        batches = Planned(lessons, lambda lesson: len(lesson[0][0]), tensors, chosen.training)
        train(network, batches, entropy(chosen.smoothing), chosen.training, run, validate)
        if run.main:
            found = both(network.eval(), kept, run.device)
            heat = temperature(found, np.array([pair.same for pair in held]))
            run.facts["temperature"] = heat
            write(network, chosen, heat, run.folder / "adapter")
    return run.folder


def enlarged(pairs: Sequence[RequestPair], chosen: VerifierRecipe) -> list[RequestPair]:
    """Return `pairs` with hard negatives and with the pairs that follow from them."""
    seed = chosen.training.seed
    parsers = {language: shelf().parser(language) for language in LANGUAGES}
    found = crossed(with_negatives(pairs, parsers, chosen.negatives, seed), seed)
    return half_turned(found, seed) if chosen.turned else found


def entropy(smoothing: float) -> Loss:
    """Return the loss of a batch whose labels give `smoothing` of themselves to the other one."""

    def loss(model: Any, batch: Any) -> torch.Tensor:
        aims = batch["same"] * (1 - 2 * smoothing) + smoothing
        return binary_cross_entropy_with_logits(outputs(model, batch), aims)

    return loss


def rows(pairs: Sequence[RequestPair], tokenizer: PairTokenizer) -> list[Row]:
    """Return ids and segments of each pair."""
    return tokenizer.rows([(pair.source, pair.text) for pair in pairs])


def counts(training: Sequence[RequestPair], held: Sequence[RequestPair]) -> dict[str, Any]:
    """Return how many pairs train, of which language, and how many validate."""
    languages = Counter(pair.language for pair in training)
    same = sum(pair.same for pair in training)
    return {
        "training": len(training),
        "same": same,
        "validation": len(held),
        **{str(language): count for language, count in languages.items()},
    }


def verifier(chosen: VerifierRecipe, folder: Path, run: Run) -> PairNetwork:
    """Return the base in `folder` under LoRA and a new head; only these are trained."""
    base = backbone.bert(folder, chosen.training, run.device, chosen.dropout)
    encoder = backbone.tuned(base, chosen.lora)
    return PairNetwork(encoder, base.config.hidden_size, len(LABELS)).to(run.device)


def tensors(lessons: Sequence[tuple[Row, float]]) -> dict[str, torch.Tensor]:
    """Return ids, mask and segments [pairs, tokens], and whether they ask for the same [pairs]."""
    return {**filled([row for row, _ in lessons]), "same": torch.tensor([s for _, s in lessons])}


def filled(listed: Sequence[Row]) -> dict[str, torch.Tensor]:
    """Return ids, mask and segments [pairs, tokens] of rows."""
    return {name: torch.from_numpy(values) for name, values in padded(listed).items()}


def outputs(model: Any, batch: Any) -> torch.Tensor:
    """Return the logit of each pair, float32 [pairs]."""
    found: torch.Tensor = model(batch["input_ids"], batch["attention_mask"], batch["segments"])
    return found[:, 0].float()


def both(
    model: Any, listed: tuple[Sequence[Row], Sequence[Row]], device: torch.device
) -> np.ndarray[Any, Any]:
    """Return the mean logits of pairs that are read in both orders, as in serving, float64 [pairs]."""
    first, second = (logits(model, rows, device) for rows in listed)
    mean: np.ndarray[Any, Any] = (first + second) / 2
    return mean


@torch.no_grad()
def logits(model: Any, listed: Sequence[Row], device: torch.device) -> np.ndarray[Any, Any]:
    """Return the logits of rows in their order, float64 [pairs]."""
    found = np.zeros(len(listed))
    for places, batch in ordered(listed, lambda row: len(row[0]), filled, VALIDATED, device):
        found[places] = outputs(model, batch).cpu().numpy()
    return found


def metrics(found: np.ndarray[Any, Any], held: Sequence[RequestPair]) -> dict[str, float]:
    """Return loss, accuracy and average precision over held-out requests, in all and by language."""
    right = np.array([pair.same for pair in held])
    told = {
        "validation_loss": _entropy(found, right),
        "validation_accuracy": float(((found > 0) == right).mean()),
    }
    for language in LANGUAGES:
        own = np.array([pair.language == language for pair in held])
        if own.any():
            told[f"validation_{language}"] = float(average_precision_score(right[own], found[own]))
    return told


def temperature(found: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> float:
    """Return by what the logits are to be divided, so that their probabilities are as often right."""
    bounds = (float(np.log(COLDEST)), float(np.log(HOTTEST)))
    best = minimize_scalar(
        lambda heat: _entropy(found / np.exp(heat), right), bounds=bounds, method="bounded"
    )
    return round(float(np.exp(best.x)), 4)


def _entropy(found: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> float:
    return float(np.logaddexp(0, np.where(right, -found, found)).mean())


def write(network: PairNetwork, chosen: VerifierRecipe, heat: float, folder: Path) -> None:
    """Write the adapter with its head and its temperature into `folder`."""
    about = {
        "base": chosen.base,
        "role": ROLE,
        "labels": list(LABELS),
        "temperature": heat,
        "languages": list(LANGUAGES),
    }
    export.adapter(folder, network.encoder, about, network.head())


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.verifier", __doc__).parse_args(argv)
    return command.trained(options, VerifierRecipe, fit)


if __name__ == "__main__":
    raise SystemExit(main())
