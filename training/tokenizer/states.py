"""One state after another: trained from the one before it, measured, and written down at once.

runs/NAME/mean-0/rows.json         what was measured of the state; it is never measured twice
runs/NAME/mean-0/rows.safetensors  its weights, for the stages that go on from it
runs/NAME/mean-0/rows/             the run that trained it: record, curves, checkpoint
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch

from samovar.errors import StoreError
from samovar.models.vocabulary.merged import merge
from samovar.models.vocabulary.proof import Proof, Witness, prove, witness
from samovar.tokenizer.vocabulary.initial import initial
from training.frame import checkpoint
from training.frame.backbone import autocast
from training.frame.batches import Planned
from training.frame.record import OTHER_FOLDER, OTHER_RUN, Record
from training.frame.run import Run
from training.frame.trainer import train
from training.tokenizer import knowledge, network, passages
from training.tokenizer.material import Material, held_out
from training.tokenizer.plan import START, UNEXTENDED, Task

PROMPTS = (
    "To see why a pod does not start,",
    "On every node of a Kubernetes cluster, the kubelet",
    "A StatefulSet differs from a Deployment in that",
)
"""Our own; what a model writes after them is read, not counted."""
WRITTEN = 32
"""Tokens after each."""


@dataclass(frozen=True, slots=True)
class Place:
    """Say where the base lies, where the experiment is written, and on which data it depends."""

    base: Path
    folder: Path
    data: dict[str, Path]
    device: torch.device

    def row(self, task: Task) -> Path:
        """Return the file of what was measured of the state."""
        return self.folder / task.folder / f"{task.reached}.json"

    def weights(self, task: Task, state: str) -> Path:
        """Return the file of the weights of another state of the same start and seed."""
        return self.folder / task.folder / f"{state}.safetensors"


def known(task: Task, place: Place) -> dict[str, Any] | None:
    """Return what was measured of the state of `task` before, None when nothing was.

    Raises:
        StoreError: the folder holds another experiment.
    """
    path = place.row(task)
    try:
        row: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if row["identity"] != Record(path.parent, task, place.data).identity:
        raise StoreError(OTHER_RUN, OTHER_FOLDER, path=path.parent)
    return row


def reached(
    task: Task, material: Material, place: Place, *, told: bool, proven: bool
) -> dict[str, Any]:
    """Reach the state of `task`, measure it, write that down and return it.

    `told` also lets the model write after each prompt; `proven` merges, saves and reloads it, and fails
    where a logit then differs.

    Raises:
        SamovarError: the weights are damaged, or the proof fails.
    """
    path = place.row(task)
    path.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    model, base = model_at(task, task.before if task.path else START, material, place)
    facts: dict[str, Any] = {}
    if task.path:
        model = trained(model, task, material, place, facts)
        network.save(place.weights(task, task.reached), model)
    middle = time.monotonic()
    row = {
        "start": task.start,
        "seed": task.seed,
        "stage": task.reached,
        **measured(model, task, material, place),
        **facts,
        "samples": written(model, task, material) if told else [],
        "identity": Record(path.parent, task, place.data).identity,
    }
    if proven:
        row["proof"] = asdict(proof(model, task, material, base))
    row["training_seconds"] = round(middle - began, 1)
    row["measuring_seconds"] = round(time.monotonic() - middle, 1)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)
    (path.with_suffix("") / checkpoint.FILE).unlink(missing_ok=True)
    return row


def model_at(task: Task, state: str, material: Material, place: Place) -> tuple[Any, Witness]:
    """Return the model in a state of the start and seed of `task`, and what its base was like."""
    model = network.load(place.base, task.training, place.device)
    base = witness(model)
    if task.start != UNEXTENDED:
        matrix = model.get_input_embeddings().weight.detach().cpu().numpy()
        sentences = material.domain.sentences
        rows = initial(task.start, material.extension, matrix, sentences, task.seed)
        merge(model, material.extension.first, rows)
    if state != START:
        model = network.restored(model, place.weights(task, state), task.recipe.lora)
    return model, base


def trained(model: Any, task: Task, material: Material, place: Place, facts: dict[str, Any]) -> Any:
    """Return `model` after the last stage of `task`, which goes on where it stopped."""
    stage, training = task.path[-1], task.training
    folder = place.folder / task.folder / stage.name
    texts = material.lessons(task)
    read = passages.passages(texts, material.tokenizer(task.start), material.begin)
    with Run(folder, task, place.data) as run:
        model = network.prepared(model, stage.trains, material.rows(task.start), task.recipe.lora)
        batches = Planned(read, passages.characters, passages.batch, training)
        train(model, batches, passages.loss, training, run)
    facts["steps"] = len(batches)
    facts["characters"] = sum(map(len, texts))
    facts["tokens"] = sum(len(one.ids) for one in read)
    return model


def measured(model: Any, task: Task, material: Material, place: Place) -> dict[str, Any]:
    """Return what is measured of `model`: losses by text, cosines by term, ranks by gap."""
    tokenizer, device = material.tokenizer(task.start), place.device
    model.eval()
    found: dict[str, Any] = {}
    with autocast(task.training, device):
        for name, some in (
            ("domain", held_out(material, task.recipe)),
            ("general", list(material.forgotten)),
        ):
            read = passages.passages(some, tokenizer, material.begin)
            losses = passages.measured(model, read, task.training.batch, device)
            found[name] = [round(float(loss), 4) for loss in losses]
        ranks = knowledge.ranks(model, tokenizer, material.asked, material.begin, device)
    matrix = model.get_input_embeddings().weight
    own, margin = knowledge.nearness(matrix, tokenizer, material.anchors)
    return found | {
        "cosine": [round(float(one), 4) for one in own],
        "margin": [round(float(one), 4) for one in margin],
        "rank_in_vocabulary": ranks.vocabulary.tolist(),
        "rank_among_terms": ranks.terms.tolist(),
    }


def written(model: Any, task: Task, material: Material) -> list[str]:
    """Return what `model` writes after each of our prompts."""
    tokenizer = material.tokenizer(task.start)
    with autocast(task.training, model.device):
        return knowledge.continued(model, tokenizer, PROMPTS, material.begin, WRITTEN)


def proof(model: Any, task: Task, material: Material, base: Witness) -> Proof:
    """Merge, save and load `model` again, and return the proof that its logits are the same.

    Raises:
        ModelError: they differ, the head is untied, or rows are missing or changed.
    """
    samples = [
        [material.begin, *encoding.ids]
        for encoding in material.tokenizer(task.start).encode_batch(list(PROMPTS))
    ]
    first = material.extension.first
    changed = any(stage.trains == "matrix" for stage in task.path)
    with TemporaryDirectory() as folder:
        return prove(network.merged(model), base, first, samples, Path(folder), changed)


def swept(tasks: Sequence[Task], place: Place, kept: Task) -> None:
    """Delete the weights from which no stage goes on any more, but for those of the state `kept`."""
    needed = {place.weights(task, task.before) for task in tasks if not place.row(task).is_file()}
    needed.add(place.weights(kept, kept.reached))
    for task in tasks:
        path = place.weights(task, task.reached)
        if path not in needed:
            path.unlink(missing_ok=True)
