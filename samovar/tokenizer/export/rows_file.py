"""The file of new rows: a small safetensors file that says to which base it belongs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save

from samovar.catalog import Model
from samovar.errors import ModelError, StoreError
from samovar.phrases import Phrase
from samovar.tokenizer.extension import Extension, Form, extend

PROTOCOL = 1
"""Raised when the content of the file changes."""
NAME = "rows.safetensors"
ABOUT = "samovar"
"""Name of the JSON text in the file's header that says what the rows are."""
SEEN = 16
"""Rows of the base that stand beside the new ones: by them the script knows the base again."""

REPOS = {
    "qwen2.5-coder-1.5b-instruct": "Qwen/Qwen2.5-Coder-1.5B-Instruct",
    "qwen3-4b-instruct-2507": "Qwen/Qwen3-4B-Instruct-2507",
}
"""Id of a model of which the catalog names the repository of GGUF files → the one for transformers."""

OTHER_PROTOCOL = Phrase(
    "{path} has protocol {found}; this version reads protocol {expected}.",
    "У файла {path} протокол {found}, а эта версия читает протокол {expected}.",
)
MAKE_AGAIN = Phrase(
    "Export it again with this version.", "Экспортируйте его заново этой версией программы."
)
DAMAGED = Phrase(
    "{path} is no file of new rows, or is damaged: {why}.",
    "{path} — не файл новых строк, или он повреждён: {why}.",
)
OTHER_BASE = Phrase(
    "The rows in {path} belong to {found}, not to {expected}.",
    "Строки в файле {path} сделаны для {found}, а не для {expected}.",
)
USE_BASE = Phrase("Export onto {found}.", "Экспортируйте для {found}.")
OTHER_FORMS = Phrase(
    "The vocabulary of {base} gives other ids to the terms in {path}.",
    "Словарь {base} даёт терминам из {path} другие номера.",
)
NOT_WRITTEN = Phrase("{path} cannot be written: {why}.", "Файл {path} не записать: {why}.")
OTHER_FOLDER = Phrase("Name another folder.", "Укажите другую папку.")

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NewRows:
    """Hold the rows of new entries: `embedding` float32 [added, dimensions], in the order of the ids.

    `output` are those of an output layer that is a matrix of its own, None where it is the embedding.
    """

    terms: tuple[str, ...]
    case: bool
    added: tuple[Form, ...]
    first: int
    embedding: Matrix
    output: Matrix | None
    origin: str
    """How they came to be: the name of an initial state, or of a training run."""


def write(path: Path, rows: NewRows, model: Model, matrix: Matrix) -> None:
    """Write `rows` for `model`, whose embedding matrix is `matrix` [tokens, dimensions].

    Raises:
        StoreError: the file cannot be written.
    """
    seen = sorted({id for form in rows.added for id in form.pieces})[:SEEN]
    tensors: dict[str, NDArray[Any]] = {
        "embedding": np.ascontiguousarray(rows.embedding, np.float32),
        "base.ids": np.array(seen, np.int64),
        "base.rows": np.array(matrix[seen], np.float32),
    }
    if rows.output is not None:
        tensors["output"] = np.ascontiguousarray(rows.output, np.float32)
    about = {
        "protocol": PROTOCOL,
        "base": model.id,
        "base_repo": repo(model),
        "base_sha256": sha256(model),
        "first": rows.first,
        "origin": rows.origin,
        "case": rows.case,
        "terms": rows.terms,
        "forms": [[f.text, f.id, f.term, f.pieces] for f in rows.added],
    }
    try:
        # one entry: the library writes several in any order, and the same rows gave another file
        path.write_bytes(save(tensors, {ABOUT: json.dumps(about, ensure_ascii=False)}))
    except OSError as error:
        raise StoreError(NOT_WRITTEN, OTHER_FOLDER, path=path, why=error.strerror) from error


def read(path: Path, model: Model) -> NewRows:
    """Return the rows in `path`, which must be those of `model`.

    Raises:
        ModelError: no such file, damaged, of another protocol or another base.
    """
    try:
        tensors = load_file(path)
        about = _about(path)
    except (OSError, SafetensorError, ValueError) as error:
        raise ModelError(DAMAGED, MAKE_AGAIN, path=path.name, why=str(error)) from error
    protocol = about.get("protocol")
    if protocol != PROTOCOL:
        raise ModelError(
            OTHER_PROTOCOL, MAKE_AGAIN, path=path.name, found=protocol, expected=PROTOCOL
        )
    if (about.get("base"), about.get("base_sha256")) != (model.id, sha256(model)):
        found = f"{about.get('base')} ({str(about.get('base_sha256'))[:12]}…)"
        expected = f"{model.id} ({sha256(model)[:12]}…)"
        raise ModelError(OTHER_BASE, USE_BASE, path=path.name, found=found, expected=expected)
    try:
        return _rows(about, tensors)
    except (KeyError, ValueError, TypeError) as error:
        raise ModelError(DAMAGED, MAKE_AGAIN, path=path.name, why=str(error)) from error


def base_of(path: Path) -> str | None:
    """Return the id of the base to which the rows in `path` belong; None: it is no such file."""
    try:
        base = _about(path).get("base")
    except (OSError, SafetensorError, ValueError):
        return None
    return None if base is None else str(base)


def extension(rows: NewRows, source: str, base: str, path: Path) -> Extension:
    """Return the vocabulary of `source`, the base's tokenizer.json, grown as `rows` expect.

    Raises:
        ModelError: the base's vocabulary gives other ids.
    """
    grown = extend(source, rows.terms, rows.case)
    if grown.added != rows.added:
        raise ModelError(OTHER_FORMS, MAKE_AGAIN, base=base, path=path.name)
    return grown


def repo(model: Model) -> str:
    """Return the repository on the Hugging Face Hub from which transformers loads `model`."""
    return REPOS.get(model.id, model.repo)


def sha256(model: Model) -> str:
    """Return what tells the weights of `model` from all others: a hash, or the Hub's commit."""
    first = model.files[0].sha256 if model.files else model.revision
    return model.joined_sha256 or first


def _about(path: Path) -> dict[str, Any]:
    with safe_open(path, "numpy") as file:
        told: dict[str, Any] = json.loads((file.metadata() or {}).get(ABOUT, "{}"))
    return told


def _rows(about: Mapping[str, Any], tensors: Mapping[str, NDArray[Any]]) -> NewRows:
    added = tuple(Form(text, id, tuple(pieces), term) for text, id, term, pieces in about["forms"])
    embedding, output = tensors["embedding"], tensors.get("output")
    first = about["first"]
    if [form.id for form in added] != list(range(first, first + len(embedding))):
        raise ValueError(f"{len(embedding)} rows from {first} on")
    if output is not None and output.shape != embedding.shape:
        raise ValueError(f"output layer {output.shape}, embedding {embedding.shape}")
    terms = tuple(about["terms"])
    return NewRows(terms, about["case"], added, first, embedding, output, about["origin"])
