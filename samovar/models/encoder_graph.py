"""Turn a BERT-like encoder into an OpenVINO graph with int8 weights, once, in the cache.

int8 weights were as fast as fp32 under bf16 and 1.6 times as fast without it, at cosine 0.999
(MiniLM, AMD). nncf packs alike and was slower to build. Activations in int8 were not tried.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models import encoding, tuned_encoder, weights
from samovar.phrases import Phrase
from samovar.settings import Settings

RECIPE = 1
"""Raised when the graph that is built here changes."""
SMALL = 10_000
"""Matrices with fewer values stay as they are."""
GRAPH, WEIGHTS, TOKENIZER, SEAL = "encoder.xml", "encoder.bin", "tokenizer.json", "sha256.json"
POOLING = Phrase(
    "{title} does not use mean pooling, which is all that the OpenVINO engine builds.",
    "{title} не использует усреднение, а движок OpenVINO строит только его.",
)
OTHER_ENGINE = Phrase(
    "Set SAMOVAR_ENCODER_ENGINE=sentence-transformers.",
    "Задайте SAMOVAR_ENCODER_ENGINE=sentence-transformers.",
)


def graph(model: Model, settings: Settings) -> Path:
    """Return a folder with the graph and the tokenizer; a damaged one is built anew.

    Raises:
        ModelError: the weights cannot be found or read, or the model is of another kind.
        StoreError: the cache cannot be written.
    """
    name = f"{model.id}-{mark(tuned_encoder.revision(model, settings))}-int8-v{RECIPE}"

    def build(draft: Path) -> None:
        source = encoding.folder(model, settings)
        _require_mean_pooling(source, model)
        with encoding.quiet():
            pooled, example = _pooled(
                source, lambda bert: tuned_encoder.merge(bert, model, settings)
            )
            write(traced(pooled, example), source, draft)

    return sealed(settings.cache / "openvino" / name, build)


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


def write(graph: Any, source: Path, draft: Path) -> None:
    """Write `graph` with int8 weights, the tokenizer of the folder `source`, and the seal."""
    import openvino as ov

    _pack(graph)
    ov.save_model(graph, draft / GRAPH, compress_to_fp16=False)
    shutil.copyfile(source / TOKENIZER, draft / TOKENIZER)
    hashes = {name: _sha256(draft / name) for name in (GRAPH, WEIGHTS, TOKENIZER)}
    (draft / SEAL).write_text(json.dumps(hashes), encoding="utf-8")


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


def _pooled(source: Path, tune: Callable[[Any], None]) -> tuple[Any, dict[str, Any]]:
    """Return the module, ids and mask in and the unit vector out, and an example of its input.

    `tune` gets the BERT in float32 before it is put into the module.
    """
    import torch

    bert = encoding.bert(source).eval()
    tune(bert)

    class MeanPooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            hidden = self.bert(input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1)
            return torch.nn.functional.normalize(mean, dim=-1)

    ids = torch.ones((2, 8), dtype=torch.int64)
    return MeanPooled(), {"input_ids": ids, "attention_mask": torch.ones_like(ids)}


def _pack(graph: Any) -> None:
    """Replace each matrix by int8 rows, each row with its scale."""
    from openvino import opset13 as op

    for node in graph.get_ops():
        if node.get_type_name() != "Constant" or len(node.output(0).shape) != 2:
            continue
        users = node.output(0).get_target_inputs()
        values = node.data
        if values.dtype != np.float32 or values.size < SMALL or not users:
            continue
        scale = np.maximum(np.abs(values).max(1, keepdims=True) / 127, np.finfo(np.float16).tiny)
        rows = op.constant((values / scale).round().astype(np.int8))
        scaled = op.multiply(op.convert(rows, "f16"), op.constant(scale.astype(np.float16)))
        whole = op.convert(scaled, "f32").output(0)
        for user in users:
            user.replace_source_output(whole)
    graph.validate_nodes_and_infer_types()


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
