"""What the catalog says of one model: what it is, where it comes from and what may run it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samovar.phrases import Phrase

Role = Literal[
    "chat", "encoder", "retriever", "ner", "entailment", "reranker", "parser", "verifier"
]
"""An encoder serves all tools and compares texts; a retriever is one tuned for questions and passages."""

ROLES: dict[str, Phrase] = {
    "chat": Phrase("chat", "диалог"),
    "encoder": Phrase("encoder", "энкодер"),
    "retriever": Phrase("encoder of search", "энкодер поиска"),
    "ner": Phrase("named entities", "именованные сущности"),
    "entailment": Phrase("entailment", "следование"),
    "reranker": Phrase("reranker", "переранжирование"),
    "verifier": Phrase("verifier of requests", "проверка перефразировок"),
    "parser": Phrase("grammar", "разбор предложения"),
}
"""Role → its name on the page and in reports."""


@dataclass(frozen=True, slots=True)
class File:
    """Name one file inside an installed package."""

    package: str
    """Name on the package index."""
    module: str
    """Folder of the installed package."""
    version: str
    path: str
    sha256: str
    bytes: int = 0
    """Of a part of a large file; 0 where nobody asks."""


@dataclass(frozen=True, slots=True)
class Model:
    """Describe one model: what it is, where it comes from and what may run it."""

    id: str
    role: Role
    title: str
    source: Literal["pypi", "hub", "assets", "file"]
    """A package, the Hub, the folder `assets/taggers/<id>` of this repository, or one large file that
    `samovar fetch` gets from the Hub or joins out of packages."""
    revision: str
    licence: str
    languages: tuple[str, ...]
    size_mb: int
    engines: tuple[str, ...]
    """In order of preference; pick() takes the first that this machine can run."""
    files: tuple[File, ...] = ()
    """Of a model from the package index: its files, or the parts of its one file."""
    repo: str = ""
    """Repository on the Hugging Face Hub."""
    context: int = 0
    """Longest input in tokens."""
    prefixes: tuple[tuple[str, str], ...] = ()
    """Of an encoder: (kind, prefix)."""
    pack: str = ""
    """Make target of an optional pack; empty when the model is part of the default install."""
    terms: str = ""
    """Address of terms that must be shown before installing."""
    joined_sha256: str = ""
    """Of several files joined; empty when they are separate files."""
    file: str = ""
    """Of one large file: its name in `repo`."""
    bytes: int = 0
    """Size of that file."""
    memory_mb: int = 0
    """Of a model that not every machine can hold: memory that must be free before it is loaded."""
    base: str = ""
    """Of a model made by the adapter of this id: the model that it changes, with the same `files`."""
