"""The client of Milvus: a file by Milvus Lite or a server, and what is told when it fails."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from samovar.errors import StoreError
from samovar.phrases import Phrase

SECONDS = 10.0
"""To wait for an answer."""
NOT_INSTALLED = Phrase(
    "The index keeps its vectors in Milvus, and `pymilvus` is not installed.",
    "Векторы индекса хранятся в Milvus, а пакет pymilvus не установлен.",
)
INSTALL = Phrase(
    "Install it: pip install -r requirements-search.txt",
    "Установите его: pip install -r requirements-search.txt",
)
FAILED = Phrase(
    "Milvus at {place} does not answer as it should: {why}.",
    "Milvus по адресу {place} не отвечает как следует: {why}.",
)
CHECK = Phrase(
    "Check the address and that the server runs; SAMOVAR_MILVUS_TOKEN holds its token.",
    "Проверьте адрес и работает ли сервер; его токен задаёт SAMOVAR_MILVUS_TOKEN.",
)
LOCKED = Phrase(
    "The Milvus Lite file {place} cannot be opened: another process has it, or it is damaged.",
    "Файл Milvus Lite {place} не открывается: он занят другим процессом или повреждён.",
)
ONE_PROCESS = Phrase(
    "Milvus Lite serves one process at a time: end the other one, or run a Milvus server.",
    "Milvus Lite обслуживает один процесс: завершите другой или запустите сервер Milvus.",
)


def connected(place: str, token: str) -> Any:
    """Return a client of `place`.

    Raises:
        StoreError: the client is not installed, or nothing answers there.
    """
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise StoreError(NOT_INSTALLED, INSTALL) from error
    for name in ("pymilvus", "milvus_lite"):  # they print tracebacks of errors that are told here
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with told(place):
            return MilvusClient(place, token=token, timeout=SECONDS)
    except StoreError as error:
        if is_file(place):
            raise StoreError(LOCKED, ONE_PROCESS, place=place) from error
        raise


def drop(place: str, names: Collection[str], token: str = "") -> None:
    """Remove whole collections; those that are not there are nothing to remove.

    Raises:
        StoreError: nothing answers there.
    """
    client = connected(place, token)
    with told(place):
        for name in names:
            client.drop_collection(name)
        client.close()


def is_file(place: str) -> bool:
    """Tell whether `place` is a file of Milvus Lite, not a server."""
    return "://" not in place


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn what Milvus, gRPC or the system refuse into an error that a person reads.

    Raises:
        StoreError: whatever it is, with the address.
    """
    try:
        yield
    except StoreError:
        raise
    except Exception as error:  # gRPC, Milvus and file errors share no base class
        why = " ".join(str(getattr(error, "message", "") or error).split())[:200].rstrip(".")
        raise StoreError(FAILED, CHECK, place=place, why=why or type(error).__name__) from error
