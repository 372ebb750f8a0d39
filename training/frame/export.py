"""Adapters on disk: PEFT's two files, what Samovar adds, and the copy that ships."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from samovar.errors import StoreError
from samovar.hub.card import card
from samovar.models.files.adapters import FILES, PROTOCOL
from samovar.phrases import Phrase

LARGEST = 10_000_000
"""Bytes of a shipped file: more would need Git LFS."""
BESIDE = ("run.json", "results.json", "curves.jsonl", "curves.png")
"""What ships with the weights, when the run has it."""
LOCAL = ("runtime_config", "tokenizer_name_or_path")
"""Keys of PEFT's configuration that say something of this machine only."""

TOO_LARGE = Phrase(
    "{name} has {size:,} bytes; a shipped file has fewer than {limit:,}.",
    "В {name} {size:,} байт, а в поставляемом файле их меньше {limit:,}.",
)
LOWER_RANK = Phrase("Lower the rank.", "Уменьшите ранг.")


def adapter(
    folder: Path, model: Any, own: Mapping[str, Any], head: Mapping[str, torch.Tensor] | None = None
) -> None:
    """Write the adapter of `model`, a base under PEFT, with the tensors of a `head`; see `write`."""
    from peft import get_peft_model_state_dict

    config = model.peft_config["default"].to_dict()
    write(folder, config, {**get_peft_model_state_dict(model), **(head or {})}, own)


def write(
    folder: Path,
    config: Mapping[str, Any],
    tensors: Mapping[str, torch.Tensor],
    own: Mapping[str, Any],
) -> None:
    """Write adapter_config.json, adapter_model.safetensors (fp32) and samovar.json into `folder`.

    `config` is PEFT's; `own` names the base (a catalog id) and the role.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plain = {name: value for name, value in config.items() if name not in LOCAL}
    _json(
        folder / FILES[0], {**plain, "base_model_name_or_path": own["base"], "inference_mode": True}
    )
    held = {name: tensor.detach().float().cpu().contiguous() for name, tensor in tensors.items()}
    save_file(held, folder / FILES[1], {"format": "pt"})
    _json(folder / FILES[2], {"protocol": PROTOCOL, **own})


def publish(run: Path, folder: Path) -> Path:
    """Copy the finished adapter of `run` to `folder`, weights as bf16, with its card.

    Raises:
        StoreError: a file would be too large for the repository.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (FILES[0], FILES[2]):
        shutil.copyfile(run / "adapter" / name, folder / name)
    tensors = load_file(run / "adapter" / FILES[1])
    held = {name: tensor.to(torch.bfloat16) for name, tensor in tensors.items()}
    save_file(held, folder / FILES[1], {"format": "pt"})
    beside(run, folder)
    (folder / "README.md").write_text(card(folder), encoding="utf-8")
    fits(folder)
    return folder


def beside(run: Path, folder: Path) -> None:
    """Copy what ships with the weights of `run` to `folder`."""
    for name in BESIDE:
        if (run / name).is_file():
            shutil.copyfile(run / name, folder / name)


def fits(folder: Path) -> None:
    """Check that every file of `folder` may be committed.

    Raises:
        StoreError: one is too large for the repository.
    """
    for path in filter(Path.is_file, folder.rglob("*")):
        if path.stat().st_size >= LARGEST:
            size = path.stat().st_size
            raise StoreError(TOO_LARGE, LOWER_RANK, name=path, size=size, limit=LARGEST)


def _json(path: Path, values: Mapping[str, Any]) -> None:
    text = json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True, default=_plain)
    path.write_text(text + "\n", encoding="utf-8")


def _plain(value: Any) -> Any:
    """Return sets as sorted lists (PEFT keeps layers in one) and enumerations as their value."""
    return (
        sorted(value) if isinstance(value, set | frozenset) else getattr(value, "value", str(value))
    )
