"""What characters say of themselves, with the facts beside it and the verdict: written for this project.

`data/characters/<slug>/claims-train-*.jsonl` train; `claims-development.jsonl` is there to choose by, and
`claims-test.jsonl` only measures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from samovar.character.persona import CHARACTERS
from samovar.errors import InputError
from samovar.phrases import Language, Phrase
from samovar.records import Verdict
from training.corpora.files import checked_lines

Name = Literal["train", "development", "test"]
NO_FILE = Phrase(
    "{folder} holds no claims-{name}*.jsonl of any character.",
    "В {folder} нет файлов claims-{name}*.jsonl ни одного персонажа.",
)
RESTORE = Phrase("Restore the files.", "Восстановите файлы.")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of a file."""

    claim: str
    fact_ids: tuple[str, ...]
    verdict: Verdict
    language: Language


@dataclass(frozen=True, slots=True)
class CharacterClaim:
    """Hold a sentence of a character, the facts that were beside it when it was judged, and the verdict."""

    character: str
    """His slug."""
    claim: str
    fact_ids: tuple[str, ...]
    verdict: Verdict
    language: Language


def files(data: Path, name: Name) -> dict[str, Path]:
    """Return the files called `name` of all characters, below the data folder, by character and name.

    Raises:
        InputError: there are none.
    """
    folder = data / "characters"
    found = {
        f"{slug} {path.stem}": path
        for slug in CHARACTERS
        for path in sorted((folder / slug).glob(f"claims-{name}*.jsonl"))
    }
    if not found:
        raise InputError(NO_FILE, RESTORE, folder=folder, name=name)
    return found


def claims(data: Path, name: Name) -> list[CharacterClaim]:
    """Return the claims called `name` of all characters, in the order of the files.

    Raises:
        InputError: there are none, or a line holds something else; its number is named.
    """
    return [
        CharacterClaim(
            key.partition(" ")[0], line.claim, line.fact_ids, line.verdict, line.language
        )
        for key, path in files(data, name).items()
        for line in checked_lines(path, Line)
    ]


def parts(
    claims: Sequence[CharacterClaim], per_cent: int
) -> tuple[list[CharacterClaim], list[CharacterClaim]]:
    """Return the claims that train and those that only validate: whatever names a held-out fact.

    `per_cent` of the facts are held out, chosen by hash; both languages of a fact fall on one side.
    """
    held = {fact for claim in claims for fact in claim.fact_ids if drawn(fact, per_cent)}
    rest = [claim for claim in claims if held.isdisjoint(claim.fact_ids)]
    return rest, [claim for claim in claims if not held.isdisjoint(claim.fact_ids)]


def drawn(text: str, per_cent: int) -> bool:
    """Tell whether `text` is among so many chosen by hash; the same on every machine."""
    digest = hashlib.sha256(f"claims {text}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < per_cent
