"""The tokenizers that a text can be cut by: those of the embedded models, and any of the Hub."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from tokenizers import Tokenizer

from samovar import catalog
from samovar.catalog import Model
from samovar.errors import InputError, ModelError
from samovar.models.encoders import encoding
from samovar.models.encoders.plain_tokenizer import tokenizer_of
from samovar.models.files import dequantised
from samovar.models.pick import installed
from samovar.phrases import Phrase
from samovar.settings import Settings

FILE = "tokenizer.json"
LARGEST = 40_000_000
"""Bytes of a tokenizer.json of the Hub; the largest of well-known models has 33 million."""
EMBEDDED: Mapping[str, Callable[[Model, Settings], Path]] = {
    "smollm2-135m-instruct": dequantised.tokenizer,
    "qwen2.5-coder-1.5b-instruct": dequantised.tokenizer,
    "gemma-3-270m": dequantised.tokenizer,
    "multilingual-e5-small": encoding.folder,
    "all-minilm-l6-v2": encoding.folder,
}
"""Id in the catalog → what finds the folder of its tokenizer."""
REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}")

NOT_HERE = Phrase("There is no tokenizer `{id}` here.", "Токенизатора «{id}» здесь нет.")
CHOOSE = Phrase(
    "Choose one of {ids}, or name a repository of the Hub as owner/name.",
    "Выберите из {ids} или назовите репозиторий Hub как владелец/имя.",
)
UNREACHABLE = Phrase(
    "The tokenizer of {id} is not in the local Hub cache and cannot be downloaded: {why}.",
    "Токенизатора {id} нет в локальном кэше Hub, а скачать его не удалось: {why}.",
)
NO_HUB = Phrase("this machine works offline", "эта машина работает без сети")
TAKE_EMBEDDED = Phrase(
    "Check the name, start with a network, or choose one of {ids}.",
    "Проверьте имя, запустите с сетью или выберите из {ids}.",
)
LARGE = Phrase(
    "The file tokenizer.json of {id} has {size:,} bytes; at most {most:,} are read here.",
    "В файле tokenizer.json репозитория {id} {size:,} байт, а здесь читается не больше {most:,}.",
)
UNREADABLE = Phrase(
    "The file tokenizer.json of {id} cannot be read: {why}.",
    "Файл tokenizer.json репозитория {id} не читается: {why}.",
)


def here(settings: Settings) -> dict[str, str]:
    """Return the embedded tokenizers whose files are on this machine: id → title."""
    rows = (catalog.model(id) for id in EMBEDDED)
    return {row.id: row.title for row in rows if installed(row, settings)}


def loaded(id: str, settings: Settings) -> Tokenizer:
    """Return the tokenizer `id`, shared: an id of the catalog or a repository of the Hub.

    Of a repository only tokenizer.json is downloaded.

    Raises:
        InputError: it is neither.
        ModelError: its file is not here, cannot be downloaded, or is no tokenizer.
        StoreError: the cache cannot be written.
    """
    if id in EMBEDDED:
        return tokenizer_of(EMBEDDED[id](catalog.model(id), settings) / FILE)
    ids = ", ".join(here(settings))
    if not REPOSITORY.fullmatch(id):
        raise InputError(NOT_HERE, CHOOSE, id=id[:100], ids=ids)
    path = _downloaded(id, ids, settings)
    try:
        return tokenizer_of(path)
    except Exception as error:  # the library raises nothing narrower
        raise ModelError(UNREADABLE, TAKE_EMBEDDED, id=id, why=_reason(error), ids=ids) from error


def _downloaded(id: str, ids: str, settings: Settings) -> Path:
    from huggingface_hub import (
        get_hf_file_metadata,
        hf_hub_download,
        hf_hub_url,
        try_to_load_from_cache,
    )

    cached = try_to_load_from_cache(id, FILE)
    if isinstance(cached, str):
        return Path(cached)
    if settings.offline:
        raise ModelError(UNREACHABLE, TAKE_EMBEDDED, id=id, why=NO_HUB, ids=ids)
    try:
        size = get_hf_file_metadata(hf_hub_url(id, FILE)).size or 0
        path = "" if size > LARGEST else hf_hub_download(id, FILE)
    except Exception as error:  # the Hub client raises its own, httpx2's and the system's errors
        raise ModelError(UNREACHABLE, TAKE_EMBEDDED, id=id, why=_reason(error), ids=ids) from error
    if not path:
        raise InputError(LARGE, CHOOSE, id=id, size=size, most=LARGEST, ids=ids)
    return Path(path)


def _reason(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rstrip(".:")
