"""The articles of `wikimedia/wikipedia` on the Hugging Face Hub, read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.search.documents.corpus import Document

REPO = "wikimedia/wikipedia"
FAILED = Phrase(
    "{repo} ({part}) cannot be read from the Hugging Face Hub: {why}.",
    "Не удалось прочитать {repo} ({part}) с Hugging Face Hub: {why}.",
)
CHECK = Phrase(
    "Check the network and the part's name, such as 20231101.ru, or read a dump with --dump.",
    "Проверьте сеть и имя части, например 20231101.ru, или прочитайте дамп через --dump.",
)
NOT_INSTALLED = Phrase("`datasets` is not installed.", "Пакет datasets не установлен.")
INSTALL = Phrase(
    "Install it: pip install -r requirements-search.txt",
    "Установите его: pip install -r requirements-search.txt",
)


def articles(part: str, repo: str = REPO) -> Iterator[Document]:
    """Yield the articles of one `part` of `repo`, a repository on the Hub or a folder like it.

    Raises:
        InputError: the library is not installed, or the part cannot be read.
    """
    try:
        from datasets import load_dataset
    except ImportError as error:
        raise InputError(NOT_INSTALLED, INSTALL) from error
    language = part.rpartition(".")[2]
    try:
        for row in load_dataset(repo, part, split="train", streaming=True):
            article = _article(row, language)
            if article:
                yield article
    except Exception as error:  # network, Hub, file and format errors share no base class
        why = " ".join(str(error).split())[:200].rstrip(".")
        raise InputError(FAILED, CHECK, repo=repo, part=part, why=why) from error


def _article(row: dict[str, Any], language: str) -> Document | None:
    text = str(row["text"]).strip()
    metadata = {"source": f"{language}wiki", "url": str(row["url"])}
    return (
        Document(f"{language}wiki:{row['id']}", str(row["title"]), text, metadata) if text else None
    )
