"""Pairs of requests written for this project: do both ask for the same, and of which kind is the pair?

`data/requests/train-*.jsonl` holds a request a line with texts that ask for the same and texts that ask for
something else; `more-*.jsonl` holds further ones, which came after the larger verifier was trained;
`drafts-*.jsonl` holds what the small chat model wrote, read and judged, on which the thresholds are chosen;
`test-*.jsonl` and `cases-en.jsonl` hold pairs that only measure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from samovar.errors import InputError
from samovar.phrases import LANGUAGES, Language, Phrase
from samovar.settings import ROOT
from training.corpora.files import checked_lines

FOLDER = ROOT / "data" / "requests"
PARTS = ("train", "more")
"""Beginnings of the names of the files that train."""
NO_FILE = Phrase(
    "No file of {folder} has a name that begins with: {parts}.",
    "В {folder} нет файла, имя которого начинается с: {parts}.",
)
NAME_PARTS = Phrase("Name others as `parts` of the recipe.", "Укажите другие в `parts` рецепта.")


@dataclass(frozen=True, slots=True)
class RequestPair:
    """Hold two requests; `kind` says how the second differs from the first."""

    source: str
    text: str
    same: bool
    kind: str
    language: Language


@dataclass(frozen=True, slots=True)
class Text:
    """Hold one text of a line that trains."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """Hold one line that trains."""

    source: str
    same: tuple[Text, ...]
    other: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold one line with its verdict."""

    source: str
    text: str
    same: bool
    kind: str


def training(language: Language, parts: Sequence[str] = PARTS) -> Iterator[RequestPair]:
    """Yield the pairs that train, those of one source together.

    Raises:
        InputError: a line holds something else; its number is named.
    """
    for path in _paths(language, parts):
        for row in checked_lines(path, Lesson):
            for same, listed in ((True, row.same), (False, row.other)):
                for one in listed:
                    yield RequestPair(row.source, one.text, same, one.kind, language)


def drafts(language: Language) -> Iterator[RequestPair]:
    """Yield what the small chat model wrote of the development commands, with the verdict of a reader.

    Raises:
        InputError: a line holds something else; its number is named.
    """
    return _judged("drafts", language)


def test(language: Language) -> Iterator[RequestPair]:
    """Yield the pairs that only measure.

    Raises:
        InputError: a line holds something else; its number is named.
    """
    return _judged("test", language)


def cases() -> Iterator[RequestPair]:
    """Yield the English pairs that a validator before this one got wrong; they only measure, too.

    Raises:
        InputError: a line holds something else; its number is named.
    """
    return _judged("cases", "en")


def sources(language: Language) -> list[str]:
    """Return the requests that train, each once."""
    return list(dict.fromkeys(pair.source for pair in training(language)))


def rewordings(language: Language) -> Iterator[tuple[str, list[str]]]:
    """Yield each request that trains with the texts that ask for the same."""
    for path in _paths(language, PARTS):
        for row in checked_lines(path, Lesson):
            yield row.source, [one.text for one in row.same]


def files(parts: Sequence[str] = PARTS) -> dict[str, Path]:
    """Return the files that train, by name.

    Raises:
        InputError: there are none.
    """
    found = {path.stem: path for language in LANGUAGES for path in _paths(language, parts)}
    if not found:
        raise InputError(NO_FILE, NAME_PARTS, folder=FOLDER, parts=", ".join(parts))
    return found


def _judged(part: str, language: Language) -> Iterator[RequestPair]:
    for row in checked_lines(FOLDER / f"{part}-{language}.jsonl", Judged):
        yield RequestPair(row.source, row.text, row.same, row.kind, language)


def _paths(language: Language, parts: Sequence[str]) -> list[Path]:
    named = sorted(FOLDER.glob(f"*-{language}-*.jsonl"))
    return [path for part in parts for path in named if path.name.startswith(part)]


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
