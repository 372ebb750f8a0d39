"""Turn a BERT-like network into an OpenVINO graph with packed weights, once, in the cache.

Embeddings become int8, a scale for each row. So do the matrices of the layers where the CPU has no
bf16 instructions: that was 1.6 times as fast there, at cosine 0.999. Where it has them, int8 gains
nothing and with AMX it loses a third to unpacking: the layers are kept in fp16. nncf packs alike
and was slower to build.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.encoders import encoding, openvino_network, tuned
from samovar.models.files import weights
from samovar.phrases import Phrase
from samovar.settings import Settings

RECIPE = 2
"""Raised when a graph that is built here changes."""
SMALL = 10_000
"""Matrices with fewer values stay as they are."""
EMBEDDING = "Gather"
"""The operation that looks rows up."""
GRAPH, WEIGHTS, TOKENIZER, SEAL = "encoder.xml", "encoder.bin", "tokenizer.json", "sha256.json"
POOLING = Phrase(
    "{title} does not use mean pooling, which is all that the OpenVINO engine builds.",
    "{title} не использует усреднение, а движок OpenVINO строит только его.",
)
OTHER_ENGINE = Phrase(
    "Set SAMOVAR_ENCODER_ENGINE=sentence-transformers.",
    "Задайте SAMOVAR_ENCODER_ENGINE=sentence-transformers.",
)


@dataclass(frozen=True, slots=True)
class Traceable:
    """Hold a torch network, an example of its inputs by name, and the folder of its tokenizer."""

    network: Any
    example: dict[str, Any]
    source: Path


def graph(model: Model, settings: Settings) -> Path:
    """Return a folder with the graph and the tokenizer of an encoder: ids in, unit vectors out.

    Raises:
        ModelError: the weights cannot be found or read, or the model is of another kind.
        StoreError: the cache cannot be written.
    """

    def load() -> Traceable:
        source = encoding.folder(model, settings)
        _require_mean_pooling(source, model)
        bert = encoding.bert(source).eval()
        tuned.merge(bert, model, settings)  # in float32
        ids = example(2, 8)
        return Traceable(_pooled(bert), {"input_ids": ids, "attention_mask": ids}, source)

    return built(model, tuned.revision(model, settings), settings, load)


def built(model: Model, revision: str, settings: Settings, load: Callable[[], Traceable]) -> Path:
    """Return the cached folder of a graph, built on first use (some 10 s) or when it is damaged.

    Args:
        model: names the folder.
        revision: what identifies the weights, those of an adapter included.
        settings: where the cache is.
        load: returns the network; called only to build.

    Raises:
        StoreError: the cache cannot be written; and what `load` raises.
    """
    halves = openvino_network.has_bf16()
    packing = "fp16" if halves else "int8"

    def build(draft: Path) -> None:
        with encoding.quiet():
            loaded = load()
            converted = traced(loaded.network, loaded.example)
        _write(converted, halves, loaded.source, draft)

    name = f"{model.id}-{mark(revision)}-{packing}-v{RECIPE}"
    return sealed(settings.cache / "openvino" / name, build)


def example(rows: int, pieces: int) -> Any:
    """Return ids, int64 [rows, pieces], that also serve as their own mask."""
    import torch

    return torch.ones((rows, pieces), dtype=torch.int64)


def mark(revision: str) -> str:
    """Return a short hash that names a graph built from these weights."""
    return hashlib.sha256(revision.encode()).hexdigest()[:12]


def sealed(path: Path, build: Callable[[Path], None]) -> Path:
    """Return the cached folder `path`, filled by `build` when it is new or no longer as it was.

    Raises:
        StoreError: the cache cannot be written.
    """
    if path.is_dir() and not _intact(path):
        shutil.rmtree(path, ignore_errors=True)
    return weights.cached(path, build)


def traced(module: Any, example: dict[str, Any]) -> Any:
    """Return the torch `module` as a graph whose inputs are called as those of `example`.

    The frontend is called directly: `openvino.convert_model` and nncf report their use to a
    server unless the user opts out, and this program promises to ask nobody.
    """
    import torch
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    frontend = FrontEndManager().load_by_framework("pytorch")
    with torch.no_grad():
        decoder = TorchScriptPythonDecoder(module.eval(), example_input=example)
        return frontend.convert(frontend.load(decoder))


def _pooled(bert: Any) -> Any:
    """Return the module, ids and mask in and the unit vector out."""
    import torch

    class MeanPooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            hidden = self.bert(input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1)
            return torch.nn.functional.normalize(mean, dim=-1)

    return MeanPooled()


def _write(graph: Any, halves: bool, source: Path, draft: Path) -> None:
    """Write `graph` with packed weights, the tokenizer of the folder `source`, and the seal."""
    import openvino as ov

    _pack(graph, halves)
    ov.save_model(graph, draft / GRAPH, compress_to_fp16=False)
    shutil.copyfile(source / TOKENIZER, draft / TOKENIZER)
    hashes = {name: _sha256(draft / name) for name in (GRAPH, WEIGHTS, TOKENIZER)}
    (draft / SEAL).write_text(json.dumps(hashes), encoding="utf-8")


def _pack(graph: Any, halves: bool) -> None:
    """Replace each matrix by int8 rows with a scale each; those of layers by fp16 if `halves`."""
    from openvino import opset13 as op

    for node in graph.get_ops():
        if node.get_type_name() != "Constant" or len(node.output(0).shape) != 2:
            continue
        users = node.output(0).get_target_inputs()
        values = node.data
        if values.dtype != np.float32 or values.size < SMALL or not users:
            continue
        read = {user.get_node().get_type_name() for user in users}
        half = halves and read != {EMBEDDING}
        packed = op.constant(values.astype(np.float16)) if half else _rows(values)
        whole = op.convert(packed, "f32").output(0)
        for user in users:
            user.replace_source_output(whole)
    graph.validate_nodes_and_infer_types()


def _rows(values: NDArray[np.float32]) -> Any:
    """Return a matrix as int8 times the scale of each row, in float16."""
    from openvino import opset13 as op

    scale = np.maximum(np.abs(values).max(1, keepdims=True) / 127, np.finfo(np.float16).tiny)
    rows = op.constant((values / scale).round().astype(np.int8))
    return op.multiply(op.convert(rows, "f16"), op.constant(scale.astype(np.float16)))


def _require_mean_pooling(source: Path, model: Model) -> None:
    path = source / "1_Pooling" / "config.json"
    if path.is_file():
        config = json.loads(path.read_text(encoding="utf-8"))
        if not config.get("pooling_mode_mean_tokens", config.get("pooling_mode") == "mean"):
            raise ModelError(POOLING, OTHER_ENGINE, title=model.title)


def _intact(path: Path) -> bool:
    try:
        hashes = json.loads((path / SEAL).read_text(encoding="utf-8"))
        return all(_sha256(path / name) == hashes[name] for name in (GRAPH, WEIGHTS, TOKENIZER))
    except (OSError, ValueError, KeyError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
