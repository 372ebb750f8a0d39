"""Read the examples of a card: blocks behind <START>, lines behind a speaker's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

START = re.compile(r"<START>", re.IGNORECASE)


def dialogue(block: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    r"""Return the lines of the visitor, each with the character's line that follows it.

    `names` says who `char` and `user` are. A character's line that answers nobody is left out.

    >>> dialogue("Guest: Hi.\nAda: Good day.\nSit down.", {"char": "Ada", "user": "Guest"})
    [('Hi.', 'Good day. Sit down.')]
    """
    speakers = {f"{name}:": role for role, name in names.items()}
    spoken: list[tuple[str, str]] = []
    for line in block.splitlines():
        label = next((one for one in speakers if line.startswith(one)), None)
        if label:
            spoken.append((speakers[label], line.removeprefix(label).strip()))
        elif spoken:
            role, said = spoken[-1]
            spoken[-1] = role, f"{said} {line.strip()}".strip()
    return [
        (asked, answered)
        for (asks, asked), (says, answered) in pairwise(spoken)
        if (asks, says) == ("user", "char") and asked and answered
    ]
