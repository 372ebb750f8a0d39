"""Pairs of requests written for this project: do both ask for the same, and of which kind is the pair?

`data/requests/train-*.jsonl` holds a request a line with texts that ask for the same and texts that ask for
something else; `test-*.jsonl` holds pairs that only measure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from samovar.phrases import Language
from samovar.settings import ROOT
from training.corpora.files import records

FOLDER = ROOT / "data" / "requests"


@dataclass(frozen=True, slots=True)
class RequestPair:
    """Hold two requests; `kind` says how the second differs from the first."""

    source: str
    text: str
    same: bool
    kind: str
    language: Language


def training(language: Language) -> Iterator[RequestPair]:
    """Yield the pairs that train, those of one source together."""
    for path in sorted(FOLDER.glob(f"train-{language}*.jsonl")):
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


def files() -> dict[str, Path]:
    """Return the files that train, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("train-*.jsonl"))}


def parts(
    pairs: Sequence[RequestPair], per_cent: int
) -> tuple[list[RequestPair], list[RequestPair]]:
    """Return what trains and `per_cent` of the requests, chosen by hash, that only validate."""
    held: list[RequestPair] = []
    rest: list[RequestPair] = []
    for pair in pairs:
        digest = hashlib.sha256(pair.source.encode()).digest()
        (held if int.from_bytes(digest[:4], "big") % 100 < per_cent else rest).append(pair)
    return rest, held
