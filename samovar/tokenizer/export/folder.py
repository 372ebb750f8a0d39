"""The folder that one takes home.

tokenizer.json, tokenizer_config.json, chat_template.jinja   the grown tokenizer, for AutoTokenizer
terms.json                                                   each new entry → its id
rows.safetensors                                             the new rows, and to which base they belong
adapter/                                                     a LoRA, where the rows were trained with one
apply.py                                                     puts the rows into the base
README.md                                                    what this is

No file is named added_tokens.json: transformers would read it and match the terms as added tokens.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from samovar.catalog import Model
from samovar.errors import InputError, StoreError
from samovar.phrases import Language, Phrase
from samovar.tokenizer.export import rows_file
from samovar.tokenizer.export.card import card
from samovar.tokenizer.export.rows_file import NOT_WRITTEN, OTHER_FOLDER, Matrix, NewRows
from samovar.tokenizer.export.script import script
from samovar.tokenizer.extension import Extension

CLASS = "PreTrainedTokenizerFast"
"""The class that takes tokenizer.json as it is; those of single models build their own cut of words."""
LOCAL = ("is_local", "local_files_only", "add_prefix_space")
"""Keys of a saved tokenizer_config.json that say something of the machine, or contradict the file."""
TEMPLATE = "chat_template.jinja"
TOKENIZER = ("tokenizer.json", "tokenizer_config.json", TEMPLATE)
ADAPTER = "adapter"

NOT_EMPTY = Phrase("The folder {path} is not empty.", "Папка {path} не пуста.")


@dataclass(frozen=True, slots=True)
class Contents:
    """Hold what is written: the base with its tokenizer's folder and matrix, and what was added to it."""

    model: Model
    tokenizer: Path
    matrix: Matrix
    extension: Extension
    rows: NewRows
    adapter: Path | None = None
    """Folder of a LoRA that was trained with the rows."""


def write(folder: Path, contents: Contents, language: Language) -> None:
    """Write the whole folder, so that plain transformers can use it.

    Raises:
        StoreError: a file cannot be written.
    """
    write_rows(folder, contents, language, whole=True)
    _text(folder / "tokenizer.json", contents.extension.source)
    config: dict[str, Any] = json.loads(
        (contents.tokenizer / "tokenizer_config.json").read_text("utf-8")
    )
    kept = {name: value for name, value in config.items() if name not in LOCAL}
    # spaces before signs would be lost in decoding
    said = {**kept, "tokenizer_class": CLASS, "clean_up_tokenization_spaces": False}
    _text(folder / "tokenizer_config.json", json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    template = contents.tokenizer / TEMPLATE
    if template.is_file():
        _text(folder / TEMPLATE, template.read_text("utf-8"))
    own = contents.model, contents.rows, contents.adapter is not None
    _text(folder / "apply.py", script(*own, language))


def write_rows(folder: Path, contents: Contents, language: Language, whole: bool = False) -> None:
    """Write the rows, their terms and the card; all else can be made from them and the base.

    Raises:
        StoreError: a file cannot be written.
    """
    _made(folder)
    rows_file.write(folder / rows_file.NAME, contents.rows, contents.model, contents.matrix)
    ids = {form.text: form.id for form in contents.rows.added}
    _text(folder / "terms.json", json.dumps(ids, ensure_ascii=False, indent=1) + "\n")
    if contents.adapter is not None:
        shutil.copytree(contents.adapter, folder / ADAPTER, dirs_exist_ok=True)
    adapted = contents.adapter is not None
    _text(folder / "README.md", card(contents.model, contents.rows, adapted, whole, language))


def copy_tokenizer(folder: Path, model: Path) -> None:
    """Copy the tokenizer in `folder` beside the weights in `model`."""
    for name in TOKENIZER:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, model / name)


def drop_tokenizer(model: Path) -> None:
    """Remove the tokenizer from beside the weights in `model`."""
    for name in TOKENIZER:
        (model / name).unlink(missing_ok=True)


def placed(folder: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write into a new folder, which then stands at `folder`, whole or not at all.

    Raises:
        InputError: there is something in `folder` already.
        StoreError: the place cannot be written.
    """
    require_new(folder)
    _made(folder.parent)
    try:
        with TemporaryDirectory(dir=folder.parent, prefix=".new-") as draft:
            content = Path(draft) / "content"
            content.mkdir()
            fill(content)
            if folder.is_dir():
                folder.rmdir()
            content.replace(folder)
    except OSError as error:
        raise StoreError(NOT_WRITTEN, OTHER_FOLDER, path=folder, why=error.strerror) from error


def require_new(folder: Path) -> None:
    """Do nothing when `folder` is empty or not there.

    Raises:
        InputError: there is something in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(NOT_EMPTY, OTHER_FOLDER, path=folder)


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(NOT_WRITTEN, OTHER_FOLDER, path=folder, why=error.strerror) from error


def _text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(NOT_WRITTEN, OTHER_FOLDER, path=path, why=error.strerror) from error
