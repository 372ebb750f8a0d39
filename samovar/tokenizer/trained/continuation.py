"""What the base and the trained model with the larger vocabulary write after the same text."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from samovar import catalog, checks
from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.files import dequantised
from samovar.models.shelf import shelf
from samovar.phrases import Phrase
from samovar.records import Cost, Piece
from samovar.settings import Settings
from samovar.tokenizer.export import rows_file
from samovar.tokenizer.export.folder import ADAPTER
from samovar.tokenizer.extension.byte_level import alphabet

if TYPE_CHECKING:
    from samovar.models.vocabulary.continuing import Continuing

FOLDER = "vocabularies"
BASE = "smollm2-135m-instruct"
BEGIN = "<|endoftext|>"
"""Stands before a document in the base's own training."""
LIMIT = 600
"""Characters of the text that is continued."""
MOST = 40
"""Tokens that each writes."""
ENGINE = "transformers"
LOADING = threading.Lock()

ABSENT = Phrase("There is no trained vocabulary here.", "Обученного словаря здесь нет.")
GET_IT = Phrase(
    "Get the folder assets/vocabularies of the repository.",
    "Возьмите из репозитория папку assets/vocabularies.",
)


@dataclass(frozen=True, slots=True)
class Writing:
    """Hold what one of the two wrote."""

    grown: bool
    read: int
    """Tokens of the text."""
    pieces: tuple[Piece, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Continuation:
    """Hold the text and what both wrote after it; ids from `first` on are new."""

    text: str
    first: int
    writings: tuple[Writing, ...]
    cost: Cost


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Hold the model and both of its vocabularies."""

    model: Continuing
    first: int
    plain: Tokenizer
    grown: Tokenizer

    def vocabulary(self, grown: bool) -> Tokenizer:
        """Return the larger vocabulary or that of the base."""
        return self.grown if grown else self.plain


def place(settings: Settings) -> Path | None:
    """Return the folder of the vocabulary that was trained on the base; None: there is none here."""
    files = sorted((settings.assets / FOLDER).glob(f"*/{rows_file.NAME}"))
    return next((path.parent for path in files if rows_file.base_of(path) == BASE), None)


def continued(text: object, stop: threading.Event) -> Continuation:
    """Return what base and larger model write after `text`, their likeliest tokens.

    Raises:
        InputError: a text that is not accepted.
        ModelError: there is no trained vocabulary, or it does not fit the base.
        StoreError: the cache cannot be written.
    """
    good = checks.text(text, LIMIT, "sentence").rstrip()
    with LOADING:
        pair = _loaded()
    return continuation(good, pair, stop)


def continuation(text: str, pair: Pair, stop: threading.Event) -> Continuation:
    """Return what both of `pair` write after `text`."""
    began = perf_counter()
    writings = tuple(_writing(pair, text, grown, stop) for grown in (False, True))
    cost = Cost((perf_counter() - began) * 1000, catalog.title(BASE), ENGINE)
    return Continuation(text, pair.first, writings, cost)


@cache
def _loaded() -> Pair:
    settings = shelf().settings
    folder = place(settings)
    if folder is None:
        raise ModelError(ABSENT, GET_IT)
    return load(folder, settings)


def load(folder: Path, settings: Settings) -> Pair:
    """Return the model of the trained vocabulary in `folder`.

    Raises:
        ModelError: the rows are damaged or not those of this base, or its weights are missing.
        StoreError: the cache cannot be written.
    """
    from samovar.models.vocabulary.continuing import Continuing

    model = catalog.model(BASE)
    rows = rows_file.read(folder / rows_file.NAME, model)
    source = _source(model, settings)
    extension = rows_file.extension(rows, source, model.id, folder / rows_file.NAME)
    adapter = folder / ADAPTER
    base = dequantised.dequantised(model, settings)
    larger = Continuing(base, rows.first, rows.embedding, adapter if adapter.is_dir() else None)
    return Pair(larger, rows.first, _tokenizer(source), _tokenizer(extension.source))


def _source(model: Model, settings: Settings) -> str:
    return (dequantised.tokenizer(model, settings) / "tokenizer.json").read_text("utf-8")


def _tokenizer(source: str) -> Tokenizer:
    tokenizer = Tokenizer.from_str(source)
    tokenizer.encode_special_tokens = True
    return tokenizer


def _writing(pair: Pair, text: str, grown: bool, stop: threading.Event) -> Writing:
    tokenizer = pair.vocabulary(grown)
    read = tokenizer.encode(text, add_special_tokens=False).ids
    begin = tokenizer.token_to_id(BEGIN) or 0
    began = perf_counter()
    ids = pair.model.written([begin, *read], MOST, grown, stop)
    taken = (perf_counter() - began) * 1000
    return Writing(grown, len(read), _pieces(ids, tokenizer), taken)


def _pieces(ids: list[int], tokenizer: Tokenizer) -> tuple[Piece, ...]:
    """Return the pieces of what was written, without the token that ends it."""
    end = tokenizer.token_to_id(BEGIN)
    found, at = [], 0
    for id in ids:
        if id == end:
            break
        token = tokenizer.id_to_token(id) or ""
        held = bytes(alphabet()[char] for char in token if char in alphabet())
        text = held.decode("utf-8", "replace")
        found.append(Piece(text, id, at, at + len(text)))
        at += len(text)
    return tuple(found)
