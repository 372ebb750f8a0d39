"""Ordinary transformers folders of the chat models: the base of training and the reference."""

from __future__ import annotations

from pathlib import Path

from samovar.catalog import Model
from samovar.models.files import gguf_tokenizer, weights
from samovar.models.files.snapshot import snapshot
from samovar.settings import Settings

PROTOCOL = 2
"""Raised when the content of the folders changes, so that old ones are not used."""
LARGE = 500_000_000
"""Bytes of a GGUF from which on its folder holds float16, whose 11 bits lose nothing of 4 or 6."""
TOKENIZER = ("tokenizer*", "*.jinja", "*.txt", "config.json")
FILES = ("*.json", "*.safetensors", "*.jinja", "*.txt", "*.model")


def dequantised(model: Model, settings: Settings) -> Path:
    """Return a folder with the weights, configuration and tokenizer of `model`.

    A GGUF is dequantised once into the cache: float32 (some 15 s and 540 MB for 135 M parameters),
    float16 where that would be too large (a minute and 3.6 GB for 1.5 billion). A model of the Hub
    is returned as it is there.

    Raises:
        ModelError: the weights are missing, altered or cannot be downloaded.
        StoreError: the cache cannot be written.
    """
    if model.source == "hub":
        return snapshot(model.repo, model.revision, FILES, settings)
    path = weights.joined(model, settings)
    return weights.cached(
        settings.cache / "dequantised" / _name(model), lambda folder: _dequantise(path, folder)
    )


def tokenizer(model: Model, settings: Settings) -> Path:
    """Return a folder with the tokenizer of `model` alone, read from the GGUF once (4 s to 14 s).

    Raises:
        ModelError: as `dequantised`.
        StoreError: the cache cannot be written.
    """
    if model.source == "hub":
        return snapshot(model.repo, model.revision, TOKENIZER, settings)
    path = weights.joined(model, settings)
    return weights.cached(
        settings.cache / "tokenizer" / _name(model),
        lambda folder: gguf_tokenizer.write(path, folder),
    )


def _name(model: Model) -> str:
    sha256 = model.joined_sha256 or model.files[0].sha256
    return f"{model.id}-{sha256[:12]}-{PROTOCOL}"


def _dequantise(path: Path, folder: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, GgufConfig

    model = AutoModelForCausalLM.from_pretrained(
        path.parent,
        gguf_file=path.name,
        quantization_config=GgufConfig(gguf_file=path.name, dequantize=True),
        dtype=torch.float16 if path.stat().st_size > LARGE else torch.float32,
    )
    model.config.quantization_config = None
    model.save_pretrained(folder)
    gguf_tokenizer.write(path, folder)
