"""Read the weights of a Llama-like GGUF, its rows in the order of transformers and PEFT."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.files.gguf_header import header
from samovar.phrases import Phrase

Matrix = NDArray[np.float32]

PERMUTED = {"llama": ("attn_q", "attn_k")}
"""Architecture → layers whose rows a GGUF stores in pairs for its rotary embedding."""

ARCHITECTURE = Phrase(
    "The OpenVINO engine cannot rebuild {title}: its architecture is {found}.",
    "Движок OpenVINO не умеет пересобирать {title}: архитектура этой модели — {found}.",
)
OTHER_ENGINE = Phrase("Use SAMOVAR_CHAT_ENGINE=llamacpp.", "Задайте SAMOVAR_CHAT_ENGINE=llamacpp.")


class GgufWeights:
    """Read weights of a GGUF as float32, rows in the order of transformers and PEFT."""

    def __init__(self, path: Path, model: Model) -> None:
        from gguf import GGUFReader

        about = header(path)
        architecture = str(about.get("general.architecture"))
        self._tensors = {t.name.removesuffix(".weight"): t for t in GGUFReader(path).tensors}
        if architecture not in PERMUTED or "output" in self._tensors:
            untied = " + output.weight" * ("output" in self._tensors)
            raise ModelError(
                ARCHITECTURE, OTHER_ENGINE, title=model.title, found=architecture + untied
            )
        heads = int(about[f"{architecture}.attention.head_count"])
        key_heads = int(about.get(f"{architecture}.attention.head_count_kv", heads))
        self._heads = dict(zip(PERMUTED[architecture], (heads, key_heads), strict=True))
        self.blocks = int(about[f"{architecture}.block_count"])

    def weight(self, place: str) -> Matrix:
        """Return the matrix [out, in] of `place`, such as `blk.0.attn_q`."""
        from gguf.quants import dequantize

        tensor = self._tensors[place]
        weight: Matrix = np.array(dequantize(tensor.data, tensor.tensor_type), np.float32)
        heads = self._heads.get(place.rpartition(".")[2])
        if heads is None:
            return weight
        rows, columns = weight.shape
        pairs = weight.reshape(heads, rows // heads // 2, 2, columns)
        return np.ascontiguousarray(pairs.swapaxes(1, 2)).reshape(rows, columns)
