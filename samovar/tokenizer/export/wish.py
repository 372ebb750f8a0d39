"""Export of a grown vocabulary: what the command and the page's download both write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from samovar import catalog, checks
from samovar.catalog import Model
from samovar.errors import InputError
from samovar.models.files import dequantised, weights
from samovar.models.files.gguf_rows import rows as gguf_rows
from samovar.phrases import Language, Phrase
from samovar.settings import Settings
from samovar.tokenizer.export import folder, guard, rows_file
from samovar.tokenizer.export.folder import ADAPTER, Contents
from samovar.tokenizer.export.rows_file import Matrix, NewRows
from samovar.tokenizer.extension import Extension, extend
from samovar.tokenizer.texts.terms import checked
from samovar.tokenizer.vocabulary.embeddings import converted, embedded_model
from samovar.tokenizer.vocabulary.initial import initial
from samovar.tokenizer.vocabulary.pieces import tokenizer_of

if TYPE_CHECKING:
    from samovar.models.vocabulary.proof import Proof

MOST = 2_000
"""Terms of an export; a larger vocabulary of so many loads in a second."""
HEAD = "output.weight"
"""Name of an output layer of its own in a GGUF."""
MODEL = "model"
"""Folder of the whole model inside an export."""

NOTHING_NEW = Phrase(
    "None of the {n} terms is new: each is one token already.",
    "Новых терминов нет (всего {n}): каждый уже один токен.",
)
OTHER_TERMS = Phrase("Name other terms.", "Назовите другие термины.")
OTHERS = Phrase(
    "The rows in {path} are those of other terms.", "Строки в {path} сделаны для других терминов."
)
OWN_TERMS = Phrase("Leave out `terms`.", "Не указывайте термины.")


@dataclass(frozen=True, slots=True)
class Wish:
    """Say what to export: `terms` whose rows begin as `initial` says, or the trained ones in `rows`."""

    terms: tuple[str, ...] = ()
    case: bool = False
    base: str = ""
    """Id of the catalog; empty: the embedded model."""
    initial: str = "mean"
    texts: tuple[str, ...] = ()
    """Of the domain, where `initial` reads some."""
    rows: Path | None = None
    """File of rows, its LoRA in the folder `adapter` beside it."""
    model: bool = False
    """Whether the whole larger model is written, too."""


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what was written, and the proof when the whole model was."""

    extension: Extension
    proof: Proof | None = None
    beside: bool = True
    """Whether the tokenizer stands beside the model: Qwen2's class in transformers cuts by its own rules,
    whatever tokenizer.json says, where it finds that model's configuration."""


def export(wish: Wish, out: Path, settings: Settings, language: Language) -> Told:
    """Write the folder `out`, whole or not at all; plain transformers is asked for its ids first.

    Raises:
        InputError: a base, a term or a folder that is not accepted.
        ModelError: weights are missing, rows are of another base, or a proof fails.
        StoreError: a folder cannot be written.
    """
    folder.require_new(out)
    contents = prepared(wish, settings)
    proofs: list[Proof] = []

    def fill(draft: Path) -> None:
        folder.write(draft, contents, language)
        guard.require_same_ids(draft, contents.extension)
        if wish.model:
            base = dequantised.dequantised(contents.model, settings)
            own = contents.extension, contents.rows, contents.adapter
            proofs.append(guard.model_written(base, draft / MODEL, *own))
            folder.copy_tokenizer(draft, draft / MODEL)
            if not guard.has_same_ids(draft / MODEL, contents.extension):
                folder.drop_tokenizer(draft / MODEL)

    folder.placed(out, fill)
    beside = (out / MODEL / "tokenizer.json").is_file()
    return Told(contents.extension, proofs[0] if proofs else None, beside)


def prepared(wish: Wish, settings: Settings) -> Contents:
    """Return what belongs into the folder.

    Raises:
        SamovarError: as `export`.
    """
    model = base(wish.base)
    trained = rows_file.read(wish.rows, model) if wish.rows is not None else None
    place = dequantised.tokenizer(model, settings)
    source = (place / "tokenizer.json").read_text("utf-8")
    terms = checked(list(wish.terms), tokenizer_of(source), MOST)
    if trained is not None and wish.rows is not None:
        extension = rows_file.extension(trained, source, model.id, wish.rows)
        if terms and set(terms) != set(extension.terms):
            raise InputError(OTHERS, OWN_TERMS, path=wish.rows.name)
        matrix = _matrix(model, settings)
        adapter = wish.rows.parent / ADAPTER
        beside = adapter if adapter.is_dir() else None
        return Contents(model, place, matrix, extension, trained, beside)
    extension = extend(source, terms, wish.case)
    if not extension.added:
        raise InputError(NOTHING_NEW, OTHER_TERMS, n=len(terms))
    matrix = _matrix(model, settings)
    begun = initial(wish.initial, extension, matrix, wish.texts)
    rows = new_rows(extension, begun, _head(extension, model, settings), wish.initial)
    return Contents(model, place, matrix, extension, rows)


def _matrix(model: Model, settings: Settings) -> Matrix:
    matrix: Matrix = np.load(converted(model, settings) / "rows.npy", mmap_mode="r")
    return matrix


def new_rows(
    extension: Extension, embedding: Matrix, output: Matrix | None, origin: str
) -> NewRows:
    """Return the rows of the new entries of `extension` as they are written."""
    own = extension.terms, extension.case, extension.added, extension.first
    return NewRows(*own, embedding, output, origin)


def base(id: str) -> Model:
    """Return the model `id`, which must be a chat model in a file that is here.

    Raises:
        InputError: there is no such base.
    """
    bases = [row for row in catalog.MODELS if row.role == "chat" and row.source != "hub"]
    chosen = checks.choice(id or embedded_model().id, [row.id for row in bases], "base")
    return next(row for row in bases if row.id == chosen)


def _head(extension: Extension, model: Model, settings: Settings) -> Matrix | None:
    """Return means of the pieces' rows in an output layer of its own, None where it is the embedding."""
    ids = sorted({id for form in extension.added for id in form.pieces})
    found = gguf_rows(weights.joined(model, settings), HEAD, ids)
    if found is None:
        return None
    at = {id: number for number, id in enumerate(ids)}
    means: Sequence[Matrix] = [
        found[[at[id] for id in form.pieces]].mean(axis=0) for form in extension.added
    ]
    return np.asarray(means, np.float32)
