"""Pairs of requests written for this project: do both ask for the same, and of which kind is the pair?

`data/requests/train-*.jsonl` holds a request a line with texts that ask for the same and texts that ask for
something else; `more-*.jsonl` holds further ones, which came after the larger verifier was trained;
`test-*.jsonl` holds pairs that only measure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from samovar.phrases import LANGUAGES, Language
from samovar.settings import ROOT
from training.corpora.files import records

FOLDER = ROOT / "data" / "requests"
PARTS = ("train", "more")
"""Beginnings of the names of the files that train."""


@dataclass(frozen=True, slots=True)
class RequestPair:
    """Hold two requests; `kind` says how the second differs from the first."""

    source: str
    text: str
    same: bool
    kind: str
    language: Language


def training(language: Language, parts: Sequence[str] = PARTS) -> Iterator[RequestPair]:
    """Yield the pairs that train, those of one source together."""
    for path in _paths(language, parts):
        for row in records(path):
            for same, listed in ((True, row["same"]), (False, row["other"])):
                for one in listed:
                    yield RequestPair(row["source"], one["text"], same, one["kind"], language)


def test(language: Language) -> Iterator[RequestPair]:
    """Yield the pairs that only measure."""
    for row in records(FOLDER / f"test-{language}.jsonl"):
        yield RequestPair(row["source"], row["text"], row["same"], row["kind"], language)


def sources(language: Language) -> list[str]:
    """Return the requests that train, each once."""
    return list(dict.fromkeys(pair.source for pair in training(language)))


def rewordings(language: Language) -> Iterator[tuple[str, list[str]]]:
    """Yield each request that trains with the texts that ask for the same."""
    for path in _paths(language, PARTS):
        for row in records(path):
            yield row["source"], [one["text"] for one in row["same"]]


def files(parts: Sequence[str] = PARTS) -> dict[str, Path]:
    """Return the files that train, by name."""
    return {path.stem: path for language in LANGUAGES for path in _paths(language, parts)}


def _paths(language: Language, parts: Sequence[str]) -> list[Path]:
    return [path for part in parts for path in sorted(FOLDER.glob(f"{part}-{language}-*.jsonl"))]


def parts(
    pairs: Sequence[RequestPair], per_cent: int
) -> tuple[list[RequestPair], list[RequestPair]]:
    """Return what trains, and `per_cent` of the requests, chosen by hash, that only validate."""
    held: list[RequestPair] = []
    rest: list[RequestPair] = []
    for pair in pairs:
        digest = hashlib.sha256(pair.source.encode()).digest()
        (held if int.from_bytes(digest[:4], "big") % 100 < per_cent else rest).append(pair)
    return rest, held
