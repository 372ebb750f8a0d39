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
from samovar.ner.tagging.labels import NAMES
from samovar.settings import Settings
from training.corpora import sources
from training.entities import corpora
from training.entities.sentences import Tagged, tagged
from training.frame import backbone, command, export
from training.frame.batches import Planned
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import train

IGNORED = -100
"""Target of a piece that speaks for no word."""
FREE = len(TAGS)
"""Target of a word outside of names in a corpus that does not mark MISC: O or MISC, never mind which."""
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


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one row of pieces, the class of each of its words, and the text it came from."""

    row: Row
    classes: tuple[int, ...]


def batch(examples: Sequence[Example]) -> dict[str, torch.Tensor]:
    """Return input_ids, attention_mask and classes, [rows, pieces], and weight [rows].

    `weight` makes the mean over rows of the summed losses the mean over all words, also when the
    rows are dealt out to several processes.
    """
    inputs = padded([example.row for example in examples])
    classes = np.full(inputs["input_ids"].shape, IGNORED)
    for at, example in enumerate(examples):
        classes[at, list(example.row.firsts)] = example.classes
    words = max(1, sum(len(example.classes) for example in examples))
    return {
        **{name: torch.from_numpy(values) for name, values in inputs.items()},
        "classes": torch.from_numpy(classes),
        "weight": torch.full((len(examples),), len(examples) / words),
    }


def loss(logits: torch.Tensor, classes: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Return the mean cross-entropy of a word; FREE means O or MISC.

    `logits` are [rows, pieces, tags], `classes` [rows, pieces], `weight` [rows].
    """
    log_probabilities = functional.log_softmax(logits.float(), dim=-1)
    known = log_probabilities.gather(-1, classes.clamp(0, FREE - 1)[..., None])[..., 0]
    either = torch.logsumexp(log_probabilities[..., MISC], dim=-1)
    each = torch.where(classes == FREE, either, known) * (classes != IGNORED)
    return -(each.sum(dim=-1) * weight).mean()


def fit(chosen: TaggerRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    parts = [corpora.TRAINING[name] for name in chosen.corpora]
    with command.opened(options, chosen, corpora.hashed(parts, options.data_dir)) as run:
        base = catalog.model(chosen.base)
        folder = options.base or encoding.folder(base, settings)
        pieces = WordPieces(folder / "tokenizer.json", base)
        training: list[Example] = []
        held: list[Tagged] = []
        for part in parts:
            found = tagged(corpora.texts(part, options.data_dir))
            kept = [one for one in found if corpora.drawn(_said(one), chosen.held_out)]
            held += kept if "MISC" in part.labels else []
            known = [one for one in found if not corpora.drawn(_said(one), chosen.held_out)]
            training += [row for one in known for row in examples(one, pieces, part.labels)]
        run.facts["texts"] = {"training": len(training), "validation": len(held)}
        run.facts["sources"] = sources.attribution(part.origin for part in parts)
        network = classifier(chosen, folder, run)

        def validate(model: Any) -> dict[str, float]:
            return validation_metrics(model, held, pieces, run.device)

        train(
            network,
            Planned(training, lambda example: len(example.row.ids), batch, chosen.training),
            token_loss,
            chosen.training,
            run,
            validate,
        )
        if run.main:
            write(network, chosen, run.folder / "adapter")
    return run.folder


def token_loss(model: Any, rows: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Return the loss of one batch."""
    logits = model(rows["input_ids"], rows["attention_mask"])
    return loss(logits, rows["classes"], rows["weight"])


def examples(one: Tagged, pieces: WordPieces, labels: Sequence[str]) -> list[Example]:
    """Return the rows of a sentence; `labels` are those that its corpus marks."""
    outside = FREE if set(NAMES) - set(labels) else 0
    classes = [TAGS.index(tag) if tag != "O" else outside for tag in one.tags]
    found, at = [], 0
    for row in pieces.parts(one.words):
        found.append(Example(row, tuple(classes[at : at + len(row.firsts)])))
        at += len(row.firsts)
    return found


def classifier(chosen: TaggerRecipe, folder: Path, run: Run) -> TokenClassifier:
    """Return the base in `folder` under LoRA and a new head; only these are trained."""
    base = backbone.bert(folder, chosen.training, run.device, chosen.dropout)
    shortened(base, chosen.layers)
    network = TokenClassifier(backbone.tuned(base, chosen.lora), base.config.hidden_size)
    return network.to(run.device)


@torch.no_grad()
def validation_metrics(
    model: Any, held: Sequence[Tagged], pieces: WordPieces, device: torch.device
) -> dict[str, float]:
    """Return the strict F1 on held-out sentences, over all and by language."""
    rows = [(at, row) for at, one in enumerate(held) for row in pieces.parts(one.words)]
    rows.sort(key=lambda pair: len(pair[1].ids))
    found: dict[int, list[np.ndarray[Any, Any]]] = {at: [] for at in range(len(held))}
    for start in range(0, len(rows), VALIDATED):
        some = rows[start : start + VALIDATED]
        inputs = {
            n: torch.from_numpy(v).to(device) for n, v in padded([r for _, r in some]).items()
        }
        with torch.autocast(device.type, torch.bfloat16):
            logits = model(**inputs).float().cpu().numpy()
        for (at, row), own in zip(some, logits, strict=True):
            found[at].append(own[list(row.firsts)])
    counts: dict[str, Counter[str]] = {"en": Counter(), "ru": Counter()}
    for at, one in enumerate(held):
        logits = np.concatenate(found[at])
        if len(logits) != len(one.words):
            continue  # a sentence in several rows, whose order the sorting lost
        gold = set(spans(one.text, one.words, one.tags))
        said = set(spans(one.text, one.words, decoded(logits)))
        counts[one.language].update(both=len(gold & said), all=len(gold) + len(said))
    whole = counts["en"] + counts["ru"]
    named = {"": whole, "_en": counts["en"], "_ru": counts["ru"]}
    return {f"validation_f1{n}": 2 * c["both"] / c["all"] for n, c in named.items() if c["all"]}


def write(network: TokenClassifier, chosen: TaggerRecipe, folder: Path) -> None:
    """Write the adapter with its head into `folder`."""
    from peft import get_peft_model_state_dict

    encoder: Any = network.encoder
    tensors = dict(get_peft_model_state_dict(encoder))
    tensors |= {"head.weight": network.head.weight, "head.bias": network.head.bias}
    languages = {corpora.TRAINING[name].language for name in chosen.corpora}
    about = {
        "base": chosen.base,
        "role": ROLE,
        "labels": list(TAGS),
        "layers": chosen.layers,
        "languages": sorted(languages),
    }
    export.write(folder, encoder.peft_config["default"].to_dict(), tensors, about)


def _said(one: Tagged) -> str:
    return f"validation {' '.join(word.text for word in one.words)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.tagger", __doc__).parse_args(argv)
    return command.trained(options, TaggerRecipe, fit)


if __name__ == "__main__":
    raise SystemExit(main())
