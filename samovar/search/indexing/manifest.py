"""What an index says of itself: whose vectors, of which corpus, the sha256 of every file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samovar.errors import StoreError
from samovar.models.base import Encoder
from samovar.phrases import Phrase
from samovar.search.stores.place import NAME, Place

PROTOCOL = 4
"""Raised when what an index holds changes."""
TYPELESS = 3
"""Its rows in Milvus hold values without their kinds; in FAISS nothing of them is kept."""
MANIFEST = "samovar-index.json"
FOLDER = re.compile(r"[0-9a-f]{16}")
NONE = Phrase("There is no index in {path}.", "В {path} нет индекса.")
BUILD = Phrase(
    "Build it: python -m samovar.search.index --input FILE_OR_FOLDER --index {path}",
    "Постройте его: python -m samovar.search.index --input FILE_OR_FOLDER --index {path}",
)
DAMAGED = Phrase("The index in {path} is damaged: {why}.", "Индекс в {path} повреждён: {why}.")
REBUILD = Phrase(
    "Build it again: python -m samovar.search.index --input FILE_OR_FOLDER --index {path}",
    "Постройте его заново: python -m samovar.search.index --input FILE_OR_FOLDER --index {path}",
)
PROTOCOLS = Phrase(
    "The index in {path} has protocol {found}; this version reads protocol {expected}.",
    "У индекса в {path} протокол {found}, а эта версия читает протокол {expected}.",
)
ENCODERS = Phrase(
    "The index in {path} was built with the encoder {found}, but {expected} is running.",
    "Индекс в {path} построен энкодером {found}, а работает {expected}.",
)
OTHER_ENCODER = Phrase(
    "Ask with --encoder {name}, or build the index again.",
    "Задайте --encoder {name} или постройте индекс заново.",
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Say what an index is."""

    protocol: int
    encoder: str
    revision: str
    corpus: str
    """sha256 of the documents."""
    folder: str
    files: dict[str, str]
    """Path inside the folder → sha256."""
    dimensions: int
    next_key: int
    """The key of the next passage; no passage has had it."""
    store: Place = field(default_factory=Place)
    name: str = ""
    """Of the collection in Milvus."""
    retired: tuple[tuple[Place, str], ...] = ()
    """Collections that readers of the index before may still use; the next writer removes them."""


def read(path: Path) -> Manifest:
    """Return the manifest of the index in `path`.

    Raises:
        StoreError: there is none, it cannot be read, or it has another protocol.
    """
    try:
        raw: Any = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        if raw["protocol"] != PROTOCOL and not _typeless_in_memory(raw):
            protocol = str(raw["protocol"])[:20]
            raise StoreError(PROTOCOLS, REBUILD, path=path, found=protocol, expected=PROTOCOL)
        made = _made(raw)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(NONE, BUILD, path=path) from error
    except OSError as error:
        raise StoreError(DAMAGED, REBUILD, path=path, why=error.strerror or error) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(DAMAGED, REBUILD, path=path, why=MANIFEST) from error
    return made


def _typeless_in_memory(raw: dict[str, Any]) -> bool:
    return bool(raw["protocol"] == TYPELESS and raw["store"]["kind"] == Place().kind)


def _made(raw: dict[str, Any]) -> Manifest:
    retired = tuple((Place(**where), str(name)) for where, name in raw.pop("retired"))
    made = Manifest(**{**raw, "store": Place(**raw["store"]), "retired": retired})
    sizes = (made.dimensions, made.next_key)
    if not (FOLDER.fullmatch(made.folder) and isinstance(made.files, dict)):
        raise ValueError(MANIFEST)
    if not all(isinstance(size, int) and size > 0 for size in sizes):
        raise ValueError(MANIFEST)
    if made.name and not NAME.fullmatch(made.name):
        raise ValueError(MANIFEST)
    return made


def require(stored: Manifest, encoder: Encoder, path: Path) -> None:
    """Refuse an index whose vectors are not those of `encoder`.

    Raises:
        StoreError: another model or other weights of it; the message names both.
    """
    theirs, ours = (stored.encoder, stored.revision), (encoder.name, encoder.revision)
    if theirs != ours:
        # the revision is worth showing only where the names do not tell the difference
        shown = [name if theirs[0] != ours[0] else f"{name} ({of})" for name, of in (theirs, ours)]
        hint = OTHER_ENCODER if theirs[0] != ours[0] else REBUILD
        names = {"found": shown[0], "expected": shown[1], "name": stored.encoder}
        raise StoreError(ENCODERS, hint, path=path, **names)
