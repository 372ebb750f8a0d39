"""Which form of a frozen base trains fastest here? fp32, bf16 or NF4 with double quantisation (QLoRA).

`python -m eval.selection.backbones` takes a few steps of the recipe of assistant-qwen in every form,
each in a process of its own, and writes eval/results/backbones.json: tokens/s and the most memory.
training/frame/backbone.py chooses by it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

import torch

from samovar import catalog
from samovar.figures import provenance
from samovar.models.files.dequantised import dequantised
from samovar.settings import ROOT, Settings
from training import chat
from training.frame import backbone, recipe
from training.frame.cost import peak_memory
from training.frame.trainer import trainable
from training.lessons.chat.conversations import IGNORED, reply_loss

RECIPE = ROOT / "training" / "configs" / "assistant-qwen.yaml"
FORMS: dict[str, dict[str, Any]] = {
    "fp32": {"precision": "fp32", "quantise": "none"},
    "bf16": {"precision": "bf16", "quantise": "none"},
    "nf4": {"precision": "auto", "quantise": "nf4"},
}
ROWS, WIDTH, REPLY = 4, 128, 32
STEPS = 3
"""After one that warms up; the median counts. `--steps` asks for others."""


def main(argv: Sequence[str] | None = None) -> None:
    """Measure every form and write the result."""
    parser = argparse.ArgumentParser("python -m eval.selection.backbones", description=__doc__)
    parser.add_argument("--base", type=Path, help="folder with the base's weights")
    parser.add_argument("--forms", nargs="*", choices=FORMS, default=list(FORMS))
    parser.add_argument("--steps", type=int, default=STEPS)
    given = parser.parse_args(argv)
    began = time.perf_counter()
    forms = {}
    for name in given.forms:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            forms[name] = alone.submit(measured, name, given.base, given.steps).result()
        print(name, forms[name], flush=True)
    chosen = recipe.load(RECIPE, chat.ChatRecipe)
    measured_here: dict[str, Any] = {
        "base": chosen.base,
        "lora": {"rank": chosen.lora.rank, "layers": list(chosen.lora.layers)},
        "step": [ROWS, WIDTH],
        "steps": given.steps,
        "bf16_is_faster": backbone.multiplies_bf16(torch.device("cpu")),
        "forms": forms,
    }
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data="random tokens",
        size=ROWS * WIDTH,
        libraries=("torch", "transformers", "peft", "bitsandbytes"),
    )
    print(provenance.write("backbones", measured_here, origin))


def measured(name: str, base: Path | None, steps: int) -> dict[str, float]:
    """Return tokens_per_second and peak_memory_mb of training in the form `name`."""
    chosen = recipe.load(RECIPE, chat.ChatRecipe)
    chosen = replace(chosen, training=replace(chosen.training, **FORMS[name]))
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    folder = base or dequantised(catalog.model(chosen.base), Settings.from_env())
    run: Any = SimpleNamespace(device=device)
    model = chat.adapted(chosen, folder, run)
    seconds = [step(model, chosen.training, device) for _ in range(steps + 1)][1:]
    speed = ROWS * WIDTH / median(seconds)
    return {"tokens_per_second": speed, "peak_memory_mb": peak_memory(device)}


def step(model: Any, training: recipe.Training, device: torch.device) -> float:
    """Return the seconds of one step on random tokens, of which the last ones are the reply."""
    ids = torch.randint(0, 10_000, (ROWS, WIDTH), device=device)
    targets = ids.clone()
    targets[:, :-REPLY] = IGNORED
    batch = {
        "input_ids": ids,
        "attention_mask": torch.ones_like(ids),
        "targets": targets,
        "weight": torch.full((ROWS,), 1 / REPLY, device=device),
    }
    began = time.perf_counter()
    with backbone.autocast(training, device):
        loss = reply_loss(model, batch)
    loss.backward()  # type: ignore[no-untyped-call]
    for weight in trainable(model).values():
        weight.grad = None
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
