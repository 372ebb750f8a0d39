"""One text with the questions that it answers: what an encoder of questions is trained on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Read = Literal["passage", "query"]


@dataclass(frozen=True, slots=True)
class Topic:
    """Hold one text and at least one question that it answers, of any languages."""

    key: str
    """Topics with the same key say the same thing, as translations do: none is wrong for the other."""
    text: str
    questions: tuple[str, ...]
    origin: str
    """Folder of the data set."""
    read_as: Read = "passage"
    """Which of the encoder's prefixes `text` gets: a translated question is a query, too."""
