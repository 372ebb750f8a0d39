"""User commands with their intents and slots."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.corpora.files import commas, records, text_stream, tidy

SLOT = re.compile(r"\[(\w+) ?: ?([^\]]*)\]")
"""HWU64 marks a slot as [date : today]."""
SMALL_TALK = frozenset(
    "yes no maybe greeting goodbye thank_you are_you_a_bot what_are_your_hobbies".split()
)
"""Intents of CLINC150 whose texts ask for nothing; HWU64's begin with general_."""
CLINC150 = "clinc150_train_val.json.gz"
SNIPS = {"train": "snips_train.jsonl.gz", "validate": "snips_validate.jsonl"}
HWU64 = {"train": "hwu64_train.csv.gz", "test": "hwu64_test.csv"}


@dataclass(frozen=True, slots=True)
class Command:
    """Hold one command; `slots` are (name, value) in the order of the text."""

    text: str
    intent: str
    slots: tuple[tuple[str, str], ...]
    origin: str


def clinc150(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Return (text, intent) of train, val, oos_train and oos_val, as they stand in the file."""
    with text_stream(folder / CLINC150) as file:
        return {
            part: [(text, intent) for text, intent in rows]
            for part, rows in json.load(file).items()
        }


def read_clinc150(folder: Path, part: str = "train") -> Iterator[Command]:
    """Read CLINC150; parts train, val, oos_train and oos_val, without slots."""
    for text, intent in clinc150(folder)[part]:
        yield Command(tidy(text), intent, (), "clinc150")


def read_banking77(folder: Path) -> Iterator[Command]:
    """Read the questions of BANKING77, without slots."""
    for row in commas(folder / "train.csv"):
        yield Command(tidy(row["text"]), row["category"], (), "banking77")


def read_snips(folder: Path, part: str = "train") -> Iterator[Command]:
    """Read SNIPS, whose slots are offsets into the text; parts train and validate."""
    for row in records(folder / SNIPS[part]):
        text = str(row["text"])
        slots = tuple((name, tidy(text[start:end])) for start, end, name in row["slots"])
        yield Command(tidy(text), row["intent"], slots, "snips")


def read_hwu64(folder: Path, part: str = "train") -> Iterator[Command]:
    """Read HWU64, whose intents have names like alarm_set; parts train and test."""
    for row in commas(folder / HWU64[part]):
        slots = tuple((name, tidy(value)) for name, value in SLOT.findall(row["annotation"]))
        intent = f"{row['scenario']}_{row['intent']}"
        yield Command(tidy(row["text"]), intent, slots, "hwu64")


def asking(folder: Path) -> list[Command]:
    """Read the training parts of all sets in `folder`, without small talk, each text once."""
    read = [
        *read_clinc150(folder / "clinc150"),
        *read_banking77(folder / "banking77"),
        *read_snips(folder / "snips"),
        *read_hwu64(folder / "hwu64"),
    ]
    wanted = (
        command
        for command in read
        if command.intent not in SMALL_TALK and not command.intent.startswith("general_")
    )
    return list({(command.origin, command.text.lower()): command for command in wanted}.values())
