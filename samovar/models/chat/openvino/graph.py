"""Exact int8 weights for OpenVINO from a Llama-like GGUF, an adapter merged on the way.

OpenVINO GenAI's GGUF reader gives the right graph but rounds the minimum of Q4_1 blocks to four
bits: opened directly, SmolLM2-135M has perplexity 33.9 instead of 25.9. So only the graph is its
own; the weights are dequantised by the `gguf` package and stored as int8 with one scale a row.
Its runtime adapters were tried: 1.7 times slower for one stream, and one set for a whole batch.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.errors import ModelError, StoreError
from samovar.models.files import weights
from samovar.models.files.adapters import Adapter, updates
from samovar.models.files.gguf_weights import OTHER_ENGINE, GgufWeights, Matrix
from samovar.phrases import Phrase
from samovar.settings import Settings

PROTOCOL = 1
"""Raised when the content of the folders changes, so that old ones are not used."""
LINEARS = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
"""The linear layers of a block, in the order in which the reader makes them."""
EMBEDDING = "token_embd"
XML, MANIFEST = "openvino_model.xml", "manifest.json"
SMALLEST = 6.2e-5
"""The smallest scale of a row: the smallest normal float16."""

UNLIKE = Phrase(
    "The graph of {title} has {found} at {place}, but {expected} was expected.",
    "В графе модели {title} в месте {place} найдено {found}, а ожидалось {expected}.",
)
LEFT_OVER = Phrase(
    "The adapter `{name}` has matrices that {title} has no layer for: {places}.",
    "В адаптере «{name}» есть матрицы, для которых в {title} нет слоя: {places}.",
)
MISFIT = Phrase(
    "The adapter `{name}` changes {place} as a matrix of {found}, but this base has {expected}.",
    "Адаптер «{name}» меняет {place} как матрицу {found}, а у этой модели она {expected}.",
)
RETRAIN = Phrase("Train it on this base again.", "Обучите его заново на этой модели.")
DAMAGED = Phrase(
    "The cached model in {path} is damaged and could not be rebuilt.",
    "Модель в кэше {path} повреждена, и пересобрать её не удалось.",
)
DELETE = Phrase("Delete this folder.", "Удалите эту папку.")

_building = threading.Lock()


def folder(model: Model, settings: Settings, adapter: Adapter | None = None) -> Path:
    """Return a folder that pipelines open: int8 graph of `model`, `adapter` merged, and tokenizer.

    It is built once into the cache (some 5 s, 135 MB for 135 M parameters); every file is compared
    with the folder's manifest, and a damaged folder is built anew.

    Raises:
        ModelError: weights missing or altered, another architecture, an adapter that does not fit.
        StoreError: the cache cannot be written.
    """
    path = weights.joined(model, settings)
    base = model.joined_sha256 or model.files[0].sha256
    if adapter is None:
        name = f"{model.id}-{_hash(base)}"
        return _intact(settings.cache / "openvino" / name, lambda f: _rebuild(path, model, f))
    plain = folder(model, settings)
    name = f"{model.id}-{adapter.name}-{_hash(base, adapter.digest)}"
    return _intact(
        settings.cache / "openvino" / name, lambda f: _merge(path, model, adapter, plain, f)
    )


def quantised(weight: Matrix) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return `weight` [out, in] as int8 [out, in] and its scale per row, float16 [out, 1]."""
    largest = np.abs(weight).max(axis=1, keepdims=True)
    scale = np.maximum(largest / 127, SMALLEST).astype(np.float16)
    rounded = np.round(weight / scale.astype(np.float32)).clip(-127, 127)
    return rounded.astype(np.int8), scale


def _hash(*parts: str) -> str:
    return hashlib.sha256("|".join((*parts, str(PROTOCOL))).encode()).hexdigest()[:16]


def _rebuild(path: Path, model: Model, target: Path) -> None:
    """Let the reader draw the graph, then put every weight of the GGUF at `path` into it."""
    import openvino
    import openvino_genai

    tensors = GgufWeights(path, model)
    with tempfile.TemporaryDirectory(dir=target, ignore_cleanup_errors=True) as draft:
        copy = Path(draft) / "model.gguf"
        shutil.copyfile(path, copy)  # the reader writes its graph beside the file
        openvino_genai.LLMPipeline(str(copy), "CPU", enable_save_ov_model=True)
        graph = openvino.Core().read_model(copy.with_name(XML))
        for place, node in _linears(graph, model, tensors.blocks).items():
            _replace(node, place, tensors.weight(place), model)
        _save(graph, copy.parent, target)
        del graph, node


def _merge(path: Path, model: Model, adapter: Adapter, plain: Path, target: Path) -> None:
    """Take the plain int8 graph and replace the layers that `adapter` changes."""
    import openvino

    tensors = GgufWeights(path, model)
    graph = openvino.Core().read_model(plain / XML)
    linears = _linears(graph, model, tensors.blocks)
    changes = updates(adapter)
    if left := sorted(changes.keys() - linears.keys()):
        places = ", ".join(left[:5])
        raise ModelError(LEFT_OVER, RETRAIN, name=adapter.name, title=model.title, places=places)
    for place, update in changes.items():
        weight = tensors.weight(place)
        shape = (update.b.shape[0], update.a.shape[1])
        if shape != weight.shape:
            raise ModelError(
                MISFIT, RETRAIN, name=adapter.name, place=place, found=shape, expected=weight.shape
            )
        weight += adapter.scale * (update.b @ update.a)
        _replace(linears[place], place, weight, model)
    _save(graph, plain, target)


def _linears(graph: Any, model: Model, blocks: int) -> dict[str, Any]:
    """Return the MatMul nodes with constant weights by their name in the GGUF.

    The reader numbers its nodes: seven a block, in the order of LINEARS, at last the output layer,
    which shares its weights with the embedding.
    """
    nodes = [
        node
        for node in graph.get_ops()
        if node.get_type_name() == "MatMul" and node.input(1).get_partial_shape().is_static
    ]
    nodes.sort(key=lambda node: int(node.get_friendly_name().split("_")[1]))
    places = [f"blk.{block}.{linear}" for block in range(blocks) for linear in LINEARS]
    places.append(EMBEDDING)
    if len(nodes) != len(places):
        raise _unlike(model, "MatMul", len(nodes), len(places))
    return dict(zip(places, nodes, strict=True))


def _replace(node: Any, place: str, weight: Matrix, model: Model) -> None:
    """Put `weight` as int8 in the place of the node's weights, for all that share them."""
    from openvino import opset13 as op

    source = node.input(1).get_source_output()
    shape = list(source.get_partial_shape().to_shape())
    users = len(source.get_target_inputs())
    if shape != list(weight.shape):
        raise _unlike(model, place, shape, list(weight.shape))
    if users != (2 if place == EMBEDDING else 1):
        raise _unlike(model, place, f"x {users}", "x 2" if place == EMBEDDING else "x 1")
    rows, scale = quantised(weight)
    product = op.multiply(op.convert(op.constant(rows), "f16"), op.constant(scale))
    restored = op.convert(product, "f32").output(0)
    for user in source.get_target_inputs():
        user.replace_source_output(restored)


def _save(graph: Any, neighbours: Path, target: Path) -> None:
    """Write graph, tokenizer and manifest."""
    import openvino

    graph.validate_nodes_and_infer_types()
    openvino.save_model(graph, target / XML, compress_to_fp16=False)
    for file in sorted(neighbours.glob("openvino_*tokenizer.*")):
        shutil.copyfile(file, target / file.name)
    sums = {file.name: _sha256(file) for file in sorted(target.glob("openvino_*"))}
    (target / MANIFEST).write_text(json.dumps(sums, indent=1), "utf-8")


def _intact(path: Path, build: Callable[[Path], None]) -> Path:
    """Return the cached folder, built again when its files differ from its manifest."""
    with _building:
        for _ in range(2):
            weights.cached(path, partial(_build, build))
            if _matches_manifest(path):
                return path
            shutil.rmtree(path, ignore_errors=True)
    raise StoreError(DAMAGED, DELETE, path=path)


def _build(build: Callable[[Path], None], target: Path) -> None:
    try:
        build(target)
    except RuntimeError as error:  # also OpenVINO's way to say that the disk is full
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise OSError(lines[-1]) from error


def _matches_manifest(path: Path) -> bool:
    try:
        sums = json.loads((path / MANIFEST).read_text("utf-8"))
        digests = {file.name: _sha256(file) for file in sorted(path.glob("openvino_*"))}
    except (OSError, ValueError):
        return False
    return bool(digests) and digests == sums


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _unlike(model: Model, place: str, actual: object, expected: object) -> ModelError:
    return ModelError(
        UNLIKE, OTHER_ENGINE, title=model.title, place=place, found=actual, expected=expected
    )
