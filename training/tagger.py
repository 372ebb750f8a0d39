"""Train the token classifier: LoRA and a head on multilingual-e5-small, English and Russian at once.

python -m training.tagger training/configs/ner-e5.yaml --data-dir ../shared/datasets --export
accelerate launch --multi_gpu --num_processes 2 -m training.tagger CONFIG --data-dir DIR
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
from pydantic import Field
from torch.nn import functional

from samovar import catalog
from samovar.models.encoders import encoding
from samovar.models.encoders.bert_adapter import LAYER_NAMES
from samovar.models.taggers.token_network import TokenClassifier, shortened
from samovar.models.taggers.token_tagger import ROLE, TAGS, Row, WordPieces, decoded, padded
from samovar.models.taggers.words import spans
from samovar.settings import Settings
from training.corpora import sources
from training.entities import corpora
from training.entities.examples import FREE, IGNORED, Example, batch, examples
from training.entities.sentences import Tagged, tagged
from training.frame import backbone, command, export
from training.frame.batches import Planned, ordered
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import train

MISC = [at for at, tag in enumerate(TAGS) if tag == "O" or tag.endswith("MISC")]
VALIDATED = 64
"""Rows a batch of validation."""


@dataclass(frozen=True, slots=True)
class TaggerRecipe:
    """Describe one token classifier."""

    name: str
    """Of the adapter: its folder in assets/adapters, and its row in the catalog."""
    corpora: tuple[str, ...]
    """Keys of TRAINING in training/entities/corpora.py."""
    base: str = "multilingual-e5-small"
    """The encoder that the tools have in memory anyway: a hundred languages in 12 layers of 384."""
    layers: Annotated[int, Field(ge=0, le=100)] = 0
    """First layers of the base that are kept; 0 keeps all. Fewer make a faster student."""
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.0
    """Of the base itself: a low-rank update of so small an encoder fits too little rather than too much."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 3
    """Per cent of the training sentences that only validate and draw the curve."""
    lora: Lora = field(default_factory=lambda: Lora(rank=32, layers=LAYER_NAMES))
    training: Training = field(default_factory=Training)


def fit(chosen: TaggerRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    parts = [corpora.TRAINING[name] for name in chosen.corpora]
    with command.run_of(options, chosen, corpora.hashed(parts, options.data_dir)) as run:
        base = catalog.model(chosen.base)
        folder = options.base or encoding.folder(base, settings)
        pieces = WordPieces(folder / "tokenizer.json", base)
        training: list[Example] = []
        held: list[Tagged] = []
        for part in parts:
            for sentence in tagged(corpora.texts(part, options.data_dir)):
                if not corpora.drawn(validation_key(sentence), chosen.held_out):
                    training += examples(sentence, pieces, part.labels)
                elif "MISC" in part.labels:
                    held.append(sentence)
        run.facts["texts"] = {"training": len(training), "validation": len(held)}
        run.facts["sources"] = sources.attribution(part.origin for part in parts)

        network = classifier(chosen, folder, run)

        def validate(model: Any) -> dict[str, float]:
            return validation_metrics(model, held, pieces, run.device)

        batches = Planned(training, lambda example: len(example.row.ids), batch, chosen.training)
        train(network, batches, token_loss, chosen.training, run, validate)

        if run.main:
            write(network, chosen, run.folder / "adapter")
    return run.folder


def validation_key(sentence: Tagged) -> str:
    """Return the text whose hash decides whether `sentence` only validates."""
    return f"validation {' '.join(word.text for word in sentence.words)}"


def classifier(chosen: TaggerRecipe, folder: Path, run: Run) -> TokenClassifier:
    """Return the base in `folder` under LoRA and a new head; only these are trained."""
    base = backbone.bert(folder, chosen.training, run.device, chosen.dropout)
    shortened(base, chosen.layers)
    network = TokenClassifier(backbone.tuned(base, chosen.lora), base.config.hidden_size)
    return network.to(run.device)


def token_loss(model: Any, rows: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Return the loss of one batch."""
    logits = model(rows["input_ids"], rows["attention_mask"])
    return loss(logits, rows["classes"], rows["weight"])


def loss(logits: torch.Tensor, classes: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Return the mean cross-entropy of a word; FREE means O or MISC.

    `logits` are [rows, pieces, tags], `classes` [rows, pieces], `weight` [rows].
    """
    log_probabilities = functional.log_softmax(logits.float(), dim=-1)
    known = log_probabilities.gather(-1, classes.clamp(0, FREE - 1)[..., None])[..., 0]
    either = torch.logsumexp(log_probabilities[..., MISC], dim=-1)
    each = torch.where(classes == FREE, either, known) * (classes != IGNORED)
    return -(each.sum(dim=-1) * weight).mean()


@torch.no_grad()
def validation_metrics(
    model: Any, held: Sequence[Tagged], pieces: WordPieces, device: torch.device
) -> dict[str, float]:
    """Return the strict F1 on held-out sentences, over all and by language."""
    rows = [(at, row) for at, sentence in enumerate(held) for row in pieces.parts(sentence.words)]
    logits_of: dict[int, list[np.ndarray[Any, Any]]] = {at: [] for at in range(len(held))}

    def tensors(part: Sequence[tuple[int, Row]]) -> dict[str, torch.Tensor]:
        inputs = padded([row for _, row in part])
        return {name: torch.from_numpy(values) for name, values in inputs.items()}

    for places, inputs in ordered(rows, lambda pair: len(pair[1].ids), tensors, VALIDATED, device):
        logits = model(**inputs).float().cpu().numpy()
        for place, own in zip(places, logits, strict=True):
            at, row = rows[place]
            logits_of[at].append(own[list(row.firsts)])
    counts: dict[str, Counter[str]] = {"en": Counter(), "ru": Counter()}
    for at, sentence in enumerate(held):
        logits = np.concatenate(logits_of[at])
        if len(logits) != len(sentence.words):
            continue  # a sentence in several rows, whose order the sorting lost
        gold = set(spans(sentence.text, sentence.words, sentence.tags))
        said = set(spans(sentence.text, sentence.words, decoded(logits)))
        counts[sentence.language].update(both=len(gold & said), all=len(gold) + len(said))
    whole = counts["en"] + counts["ru"]
    named = {"": whole, "_en": counts["en"], "_ru": counts["ru"]}
    return {f"validation_f1{n}": 2 * c["both"] / c["all"] for n, c in named.items() if c["all"]}


def write(network: TokenClassifier, chosen: TaggerRecipe, folder: Path) -> None:
    """Write the adapter with its head into `folder`."""
    languages = {corpora.TRAINING[name].language for name in chosen.corpora}
    about = {
        "base": chosen.base,
        "role": ROLE,
        "labels": list(TAGS),
        "layers": chosen.layers,
        "languages": sorted(languages),
    }
    head = {"head.weight": network.head.weight, "head.bias": network.head.bias}
    export.adapter(folder, network.encoder, about, head)


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.tagger", __doc__).parse_args(argv)
    return command.trained(options, TaggerRecipe, fit)


if __name__ == "__main__":
    raise SystemExit(main())
