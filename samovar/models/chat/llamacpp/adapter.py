"""A PEFT adapter as the GGUF file that llama.cpp reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.models.files import adapters, weights
from samovar.models.files.adapters import Adapter
from samovar.models.files.gguf_header import header
from samovar.settings import Settings

PROTOCOL = 1
"""Raised when the content of the files changes, so that old ones are not used."""
PERMUTED = {"attn_q": "attention.head_count", "attn_k": "attention.head_count_kv"}
"""Layers whose rows are in another order in a GGUF of architecture llama, and their head counts."""


def gguf_adapter(adapter: Adapter, base: Path, settings: Settings) -> Path:
    """Return `adapter` for the model in the GGUF file `base`, converted once into the cache.

    Matrices are float16 in PEFT's shapes: lora_a [rank, in], lora_b [out, rank].

    Raises:
        ModelError: the adapter or the base cannot be read.
        StoreError: the cache cannot be written.
    """
    name = f"{adapter.name}-{adapter.digest[:12]}-{PROTOCOL}"
    folder = weights.cached(
        settings.cache / "gguf-adapters" / name,
        lambda draft: _write(adapter, header(base), draft / "adapter.gguf"),
    )
    return folder / "adapter.gguf"


def _write(adapter: Adapter, base: dict[str, Any], path: Path) -> None:
    from gguf import GGUFWriter

    architecture = base["general.architecture"]
    writer = GGUFWriter(path, architecture)
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", adapter.alpha)
    for layer, update in adapters.updates(adapter).items():
        heads = base.get(f"{architecture}.{PERMUTED.get(layer.rsplit('.')[-1])}")
        b = _permuted(update.b, heads) if heads and architecture == "llama" else update.b
        writer.add_tensor(f"{layer}.weight.lora_a", update.a.astype(np.float16))
        writer.add_tensor(f"{layer}.weight.lora_b", np.ascontiguousarray(b, np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _permuted(rows: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """Interleave the two halves of every head, as the rows of the base model are in its GGUF."""
    halves = rows.reshape(heads, 2, rows.shape[0] // heads // 2, rows.shape[1])
    return halves.swapaxes(1, 2).reshape(rows.shape)
