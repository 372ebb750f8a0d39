"""The texts to learn from and their sheets, as they stand in data/marketing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samovar import schema
from samovar.errors import InputError, StoreError
from samovar.marketing.facts.brief import DAMAGED, Brief, products
from samovar.marketing.prompt import Example
from samovar.phrases import Language

SHOWN = 2
"""Examples before the question: a third one makes the prompt longer and no better."""


@dataclass(frozen=True, slots=True)
class Ad:
    """Hold one text: for which sheet, where and how it is said."""

    sheet: str
    """Id of the sheet."""
    channel: str
    tone: str
    language: Language
    text: str


@cache
def ads(path: Path) -> tuple[Ad, ...]:
    """Return the texts of a JSON Lines file.

    Raises:
        StoreError: the file is missing or a line is no text.
    """
    try:
        with path.open(encoding="utf-8") as file:
            return tuple(schema.record(json.loads(line), Ad) for line in file if line.strip())
    except (OSError, ValueError, InputError) as error:
        raise StoreError(DAMAGED, path=path.name, why=error) from error


@cache
def sheets(data: Path) -> Mapping[str, Brief]:
    """Return the sheets that texts are learned from, by id; `data` is the folder of the shipped data.

    Raises:
        StoreError: a file is missing or damaged.
    """
    training = products(data / "marketing" / "sheets-train.jsonl")
    return {**products(data / "products" / "products.jsonl"), **training}


def examples(data: Path, language: Language, channel: str, brief: Brief) -> list[Example]:
    """Return SHOWN texts of `channel` for other products than `brief`; none without the files.

    They are the same ones for most sheets, so that an engine reads them once.

    Raises:
        StoreError: a file is damaged.
    """
    return [one for one in _first(data, language, channel) if one.brief.name != brief.name][:SHOWN]


@cache
def _first(data: Path, language: Language, channel: str) -> tuple[Example, ...]:
    """Return the first texts of `channel`, each in another tone and for another sheet."""
    path = data / "marketing" / f"texts-{language}.jsonl"
    if not path.is_file():
        return ()
    known, found = sheets(data), dict[str, Example]()
    tones = set[str]()
    for ad in ads(path):
        if ad.channel == channel and ad.sheet not in found and ad.tone not in tones:
            tones.add(ad.tone)
            found[ad.sheet] = Example(known[ad.sheet], ad.tone, ad.text)
    return tuple(found.values())
