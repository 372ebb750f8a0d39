"""Train the encoder of search: contrastive LoRA on multilingual-e5-small, questions against texts.

python -m training.encoder training/configs/search-e5.yaml --data-dir ../shared/datasets
accelerate launch --multi_gpu --num_processes 2 -m training.encoder CONFIG --data-dir DIR
"""

from __future__ import annotations

import random
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import torch
from pydantic import Field
from torch.nn import functional

from samovar import catalog
from samovar.models.encoders import encoding
from samovar.models.encoders.bert_adapter import LAYER_NAMES
from samovar.models.encoders.tuned import ROLE
from samovar.models.shelf import Shelf
from samovar.settings import Settings
from training.corpora import questions, sources
from training.corpora.topic import Topic
from training.frame import backbone, command, export
from training.frame.curves import by_origin
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import train
from training.lessons.retrieval import neighbours
from training.lessons.retrieval.contrast import MeanPooled, ranking_loss, vectors
from training.lessons.retrieval.held_out import parts
from training.lessons.retrieval.topic_batches import Tokens, TopicBatches, rows


@dataclass(frozen=True, slots=True)
class EncoderRecipe:
    """Describe one adapter of an encoder."""

    name: str
    """Of the adapter: its folder in assets/adapters, and its row in the catalog."""
    base: str = "multilingual-e5-small"
    """Knows a hundred languages and has read questions before: the adapter only sharpens it."""
    temperature: Annotated[float, Field(ge=0.001, le=1)] = 0.02
    """Cosines are divided by it. E5 was made with 0.01, which lets one hard text rule a batch."""
    questions: Annotated[int, Field(ge=1, le=16)] = 4
    """At most so many of a text's questions in one step, others in the next epoch. A text is ten
    times as long as a question, so that asking it more than once is nearly free."""
    family: Annotated[int, Field(ge=1, le=64)] = 6
    """Topics that come into a batch together, a random one and its mined neighbours: 1 leaves out
    hard negatives, the whole batch would be one article and forget how articles differ."""
    chunk: Annotated[int, Field(ge=1, le=4096)] = 48
    """Texts whose activations are held at a time (GradCache): memory no longer depends on the batch,
    at the price of a second forward pass."""
    passes: Annotated[int, Field(ge=1, le=16)] = 4
    """Of XQuAD in one epoch, each asking other questions: its few texts are the only ones that are
    asked, and written, in both languages."""
    most: Annotated[int, Field(ge=1, le=10**6)] = 640
    """Topics of one data set, drawn once: all of SQuAD's would leave the other languages little room,
    and take a CPU long."""
    longest: Annotated[int, Field(ge=16, le=512)] = 224
    """Tokens of a text that are read. Attention to all 512 would double the time for a few texts."""
    lengths: tuple[int, ...] = (384, 192, 96)
    """Matryoshka: the first so many numbers of a vector must do as well. An index may keep fewer."""
    strength: Annotated[float, Field(ge=0.1, le=1)] = 1.0
    """Share of the trained update that ships (Wortsman et al. 2022): between the base and the tuned
    weights lies what knows both, chosen by the recall on what validates."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 5
    """Per cent of the topics that only validate, in runs of ten that follow each other: of XQuAD that
    is an article in both languages. They draw the curve and choose nothing."""
    lora: Lora = field(default_factory=lambda: Lora(layers=LAYER_NAMES))
    training: Training = field(default_factory=Training)


def fit(chosen: EncoderRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    with command.run_of(options, chosen, questions.files(options.data_dir)) as run:
        training, held = parts(questions.topics(options.data_dir), chosen.held_out)
        base = catalog.model(chosen.base)
        folder = options.base or encoding.folder(base, settings)
        tokens = Tokens(folder / "tokenizer.json", base, chosen.longest)
        training = neighbours.drawn(training, chosen.most, chosen.training.seed)
        near = neighbours.mined(training, Shelf(settings).encoder(chosen.base))
        batches = TopicBatches(training, tokens, plan(training, near, chosen), chosen.questions)
        run.facts["topics"] = counts(training, held)
        run.facts["sources"] = sources.attribution(topic.origin for topic in training)

        network = tuned(chosen, folder, run)

        def contrast(model: Any, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
            batch_vectors = vectors(model, batch, chosen.chunk)
            return ranking_loss(*batch_vectors, batch["keys"], chosen.lengths, chosen.temperature)

        def validate(model: Any) -> dict[str, float]:
            return validation_metrics(model, held, tokens, chosen, run.device)

        train(network, batches, contrast, chosen.training, run, validate)

        if run.main:
            write(network, chosen, run.folder / "adapter")
    return run.folder


def plan(
    topics: Sequence[Topic], near: Sequence[Sequence[int]], chosen: EncoderRecipe
) -> list[tuple[str, list[int]]]:
    """Return every batch of the training: what chooses its questions, and its topic numbers."""
    training = chosen.training
    batches: list[tuple[str, list[int]]] = []
    for epoch in range(training.epochs):
        turns: list[tuple[str, list[int]]] = []
        for turn in range(chosen.passes):
            name = f"{training.seed}/{epoch}/{turn}"
            only = [questions.XQUAD] if turn else None
            cut = neighbours.plan(topics, near, training.batch, chosen.family, name, only)
            turns += [(name, batch) for batch in cut]
        random.Random(f"{training.seed}/{epoch}").shuffle(turns)
        batches += turns
    return batches


def counts(training: Sequence[Topic], held: Sequence[Topic]) -> dict[str, Any]:
    """Return how many topics and questions of which origin train, and how many validate."""
    origins = Counter(topic.origin for topic in training)
    return {
        "training": len(training),
        "questions": sum(len(topic.questions) for topic in training),
        "validation": len(held),
        "origins": dict(sorted(origins.items())),
    }


def tuned(chosen: EncoderRecipe, folder: Path, run: Run) -> MeanPooled:
    """Return the base in `folder` under LoRA; only LoRA is trained."""
    base = backbone.bert(folder, chosen.training, run.device)
    return MeanPooled(backbone.tuned(base, chosen.lora)).to(run.device)


@torch.no_grad()
def validation_metrics(
    model: Any,
    topics: Sequence[Topic],
    tokens: Tokens,
    chosen: EncoderRecipe,
    device: torch.device,
) -> dict[str, float]:
    """Return the loss and the share of questions whose own text, or its translation, is nearest."""
    batch = {
        name: row.to(device) for name, row in rows(topics, tokens, chosen.questions, "").items()
    }
    asked, read, right = vectors(model, batch, chosen.chunk)
    numbers = {key: at for at, key in enumerate(dict.fromkeys(topic.key for topic in topics))}
    keys = torch.tensor([numbers[topic.key] for topic in topics], device=device)
    loss = ranking_loss(asked, read, right, keys, chosen.lengths, chosen.temperature)
    scores = functional.normalize(asked, dim=-1) @ functional.normalize(read, dim=-1).T
    nearest = (keys[scores.argmax(dim=1)] == keys[right]).float()
    origins = [topics[int(at)].origin for at in right]
    return {
        "validation_loss": loss.item(),
        "validation_recall_1": nearest.mean().item(),
        **by_origin(nearest, origins),
    }


def write(network: MeanPooled, chosen: EncoderRecipe, folder: Path) -> None:
    """Write the adapter, as strong as it ships, into `folder`."""
    from peft import get_peft_model_state_dict

    encoder: Any = network.encoder
    about = {
        "base": chosen.base,
        "role": ROLE,
        "lengths": list(chosen.lengths),
        "languages": list(questions.LANGUAGES),
    }
    tensors = weakened(get_peft_model_state_dict(encoder), chosen.strength)
    export.write(folder, encoder.peft_config["default"].to_dict(), tensors, about)


def weakened(tensors: Mapping[str, torch.Tensor], strength: float) -> dict[str, torch.Tensor]:
    """Return LoRA `tensors` whose update of the base is `strength` times as large."""
    return {name: row * strength if ".lora_B." in name else row for name, row in tensors.items()}


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.encoder", __doc__).parse_args(argv)
    return command.trained(options, EncoderRecipe, fit)


if __name__ == "__main__":
    raise SystemExit(main())
