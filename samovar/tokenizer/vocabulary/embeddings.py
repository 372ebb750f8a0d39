"""The tokenizer and the input embedding matrix of the embedded chat model."""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from samovar import catalog
from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.files import dequantised, weights
from samovar.models.shelf import shelf
from samovar.phrases import Phrase
from samovar.settings import Settings
from samovar.tokenizer.vocabulary.pieces import token_text, tokenizer_of

TENSOR = "token_embd.weight"
PROTOCOL = 1
"""Raised when the content of the cached folder changes."""
LOADING = threading.Lock()

NO_TENSOR = Phrase(
    "The weights of {title} have no tensor `{name}`.", "В весах {title} нет тензора «{name}»."
)

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Embeddings:
    """Hold a vocabulary with a vector for each token.

    `rows` is float32 [tokens, dimensions], mapped from disk; `lengths` float32 [tokens] its norms;
    `control` the ids of special tokens and of tokens that are only control characters.
    """

    model: Model
    source: str
    """Text of tokenizer.json."""
    tokenizer: Tokenizer
    """Never changed: every request reads it."""
    rows: Matrix
    lengths: Matrix
    control: tuple[int, ...]


def embedded_model() -> Model:
    """Return the chat model of the embedded profile: its vocabulary is here whatever runs."""
    return catalog.model(catalog.PROFILES["embedded"]["chat"])


def embeddings() -> Embeddings:
    """Return the embedded chat model's embeddings, converted once and loaded once.

    Raises:
        ModelError: the weights are missing or altered.
        StoreError: the cache cannot be written.
    """
    with LOADING:
        return _loaded()


@cache
def _loaded() -> Embeddings:
    model, settings = embedded_model(), shelf().settings
    source = (dequantised.tokenizer(model, settings) / "tokenizer.json").read_text("utf-8")
    folder = converted(model, settings)
    tokenizer = tokenizer_of(source)
    return Embeddings(
        model,
        source,
        tokenizer,
        np.load(folder / "rows.npy", mmap_mode="r"),
        np.load(folder / "lengths.npy"),
        _control(tokenizer),
    )


def _control(tokenizer: Tokenizer) -> tuple[int, ...]:
    special = {id for id, t in tokenizer.get_added_tokens_decoder().items() if t.special}
    texts = ((id, token_text(tokenizer, id)) for id in range(tokenizer.get_vocab_size()))
    mute = {id for id, text in texts if all(unicodedata.category(c) == "Cc" for c in text)}
    return tuple(sorted(special | mute))


def converted(model: Model, settings: Settings) -> Path:
    """Return a folder with the dequantised matrix of `model` as .npy files (once, 2 s, 113 MB).

    Raises:
        ModelError: the weights are missing, altered, or hold no such matrix.
        StoreError: the cache cannot be written.
    """
    path = weights.joined(model, settings)
    sha256 = model.joined_sha256 or model.files[0].sha256
    place = settings.cache / "embeddings" / f"{model.id}-{sha256[:12]}-{PROTOCOL}"
    return weights.cached(place, lambda folder: _convert(path, model, folder))


def _convert(path: Path, model: Model, folder: Path) -> None:
    from gguf import GGUFReader
    from gguf.quants import dequantize

    tensor = next((t for t in GGUFReader(path).tensors if t.name == TENSOR), None)
    if tensor is None:
        raise ModelError(NO_TENSOR, title=model.title, name=TENSOR)
    rows = np.asarray(dequantize(tensor.data, tensor.tensor_type), np.float32)
    np.save(folder / "rows.npy", rows)
    np.save(folder / "lengths.npy", np.linalg.norm(rows, axis=1))
