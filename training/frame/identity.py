"""What tells one run from another: its recipe and its data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase

LATER = ("at_once",)
"""Keys of the training that came after the first runs, whose identity they do not change when empty."""
NO_DATA = Phrase("There is no file {path}.", "Нет файла {path}.")
DATA_DIR = Phrase("Name its folder with --data-dir.", "Укажите его папку в --data-dir.")


def config(recipe: Any) -> dict[str, Any]:
    """Return a recipe as it stands in JSON; a key of LATER stands there only where it says something."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(recipe)))
    training = plain.get("training", {})
    for key in LATER:
        if not training.get(key):
            training.pop(key, None)
    return plain


def described(path: Path) -> dict[str, Any]:
    """Return sha256 and size in bytes of a data file, or of a folder's files with their names.

    Raises:
        InputError: it cannot be read.
    """
    try:
        if path.is_dir():
            inner = [(one.name, described(one)) for one in sorted(path.iterdir())]
            return {"sha256": digest(inner, 64), "size": sum(one["size"] for _, one in inner)}
        with path.open("rb") as source:
            sha256 = hashlib.file_digest(source, "sha256").hexdigest()
        return {"sha256": sha256, "size": path.stat().st_size}
    except OSError as error:
        raise InputError(NO_DATA, DATA_DIR, path=path) from error


def digest(values: Any, length: int = 16) -> str:
    """Return a hash of JSON values, its first `length` hexadecimal digits."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:length]
