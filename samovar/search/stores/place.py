"""Name a store, make it, open it: the table of both kinds."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.search.stores import milvus_client, structure
from samovar.search.stores.base import Row, Store
from samovar.search.stores.faiss_store import FaissStore
from samovar.search.stores.milvus_store import MilvusStore

FAISS, MILVUS = "faiss", "milvus"
NAME = re.compile(r"samovar_[0-9a-f]{16}")
UNKNOWN = Phrase(
    "`--store` has no value {value}.",
    "Для «--store» нет значения {value}.",
)
CHOOSE = Phrase(
    "Give faiss, faiss:NAME with one of {names}, a path ending in .db (Milvus Lite) or the URL of a "
    "Milvus server (http://host:19530).",
    "Укажите faiss, faiss:ИМЯ (одно из {names}), путь с .db на конце (Milvus Lite) или адрес сервера "
    "Milvus (http://host:19530).",
)
SECRET = Phrase(
    "The address of a Milvus server must not hold a password: the index would keep it.",
    "В адресе сервера Milvus не должно быть пароля: он остался бы в индексе.",
)
TOKEN = Phrase(
    "Give it in the environment: SAMOVAR_MILVUS_TOKEN=user:password",
    "Передайте его через переменную окружения: SAMOVAR_MILVUS_TOKEN=user:password",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Say where vectors are: in FAISS as `structure` (empty: by size), or in Milvus."""

    kind: str = FAISS
    uri: str = ""
    structure: str = ""

    def __post_init__(self) -> None:
        if self.kind not in OPENERS or (
            self.structure and self.structure not in structure.STRUCTURES
        ):
            raise ValueError(self.kind)


def place(said: str) -> Place:
    """Return the place that a person named.

    Raises:
        InputError: it names nothing known, or holds a password.
    """
    kind, _, name = said.partition(":")
    if said == FAISS or (kind == FAISS and name in structure.STRUCTURES):
        return Place(structure=name)
    if re.match(r"https?://.", said):
        if "@" in said:
            raise InputError(SECRET, TOKEN)
        return Place(MILVUS, said.rstrip("/"))
    if said.endswith(".db") and "://" not in said:
        return Place(MILVUS, str(Path(said).expanduser().resolve()))
    raise InputError(UNKNOWN, CHOOSE, value=repr(said)[:60], names=", ".join(structure.STRUCTURES))


def new_name() -> str:
    """Return a name for a collection of Milvus that no other index has."""
    return f"samovar_{secrets.token_hex(8)}"


def made(where: Place, name: str, dimensions: int, token: str = "") -> Store:
    """Make an empty store; `name` is its collection in Milvus.

    Raises:
        StoreError: nothing answers there.
    """
    if where.kind == MILVUS:
        _folder(where.uri)
        return MilvusStore(where.uri, name, dimensions, token, new=True)
    return FaissStore(dimensions, where.structure)


def open_store(
    where: Place, name: str, folder: Path, rows: Iterable[Row], dimensions: int, token: str = ""
) -> Store:
    """Open a store that was written: `folder` holds the vectors of FAISS, `rows` names them.

    Raises:
        StoreError: nothing answers there, or Milvus has no such collection.
        OSError: a file cannot be read.
        ValueError: the files do not belong together.
        RuntimeError: FAISS does not understand a file.
    """
    return OPENERS[where.kind](where, name, folder, rows, dimensions, token)


def forget(where: Place, names: Iterable[str], token: str = "") -> None:
    """Remove collections of Milvus that no index uses any more.

    Raises:
        StoreError: nothing answers there.
    """
    known = [name for name in names if NAME.fullmatch(name)]
    if where.kind == MILVUS and known:
        milvus_client.drop(where.uri, known, token)


def _faiss(
    where: Place, name: str, folder: Path, rows: Iterable[Row], dimensions: int, token: str
) -> Store:
    return FaissStore.load(folder, rows, dimensions, where.structure)


def _milvus(
    where: Place, name: str, folder: Path, rows: Iterable[Row], dimensions: int, token: str
) -> Store:
    return MilvusStore(where.uri, name, dimensions, token)


def _folder(uri: str) -> None:
    if "://" not in uri:
        Path(uri).parent.mkdir(parents=True, exist_ok=True)


OPENERS: dict[str, Callable[[Place, str, Path, Iterable[Row], int, str], Store]] = {
    FAISS: _faiss,
    MILVUS: _milvus,
}
