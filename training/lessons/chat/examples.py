"""Training pairs on disk, one a line, and the part of them that is held out.

{"source": "dim the lamp", "target": "turn the lamp down", "language": "en", "origin": "samovar"}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from samovar import checks
from samovar.errors import InputError, SamovarError
from samovar.phrases import LANGUAGES, Language, Phrase

LONGEST = 8000
"""Characters of a text: a talk of several turns is one."""

BAD_LINE = Phrase(
    "Line {line} of {path} is no pair: {why}", "Строка {line} в {path} — не пара: {why}"
)
SHAPE = Phrase(
    "A line is a JSON object with source, target and language.",
    "Строка — объект JSON с ключами source, target и language.",
)
TOO_FEW = Phrase(
    "There are {found} pairs, too few to hold out {held} of them.",
    "Пар всего {found}: слишком мало, чтобы отложить {held}.",
)
LOWER = Phrase("Lower `held_out` in the recipe.", "Уменьшите `held_out` в рецепте.")


@dataclass(frozen=True, slots=True)
class Pair:
    """Say that `target` is a good reply to `source` under the recipe's prompt."""

    source: str
    target: str
    language: Language
    origin: str
    """Data set: a name of training/corpora/sources.py."""
    earlier: tuple[str, ...] = ()
    """Replies inside the source that are learned as well."""


def read(path: Path) -> list[Pair]:
    """Return the pairs of the JSON Lines file `path`; further keys are ignored.

    Raises:
        InputError: a line is no pair; its number is named.
    """
    pairs = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                pairs.append(_pair(json.loads(line)))
            except (ValueError, TypeError, KeyError, SamovarError) as error:
                why = f"`{error.args[0]}`?" if isinstance(error, KeyError) else str(error)
                raise InputError(BAD_LINE, SHAPE, line=number, path=path, why=why) from error
    return pairs


def split(pairs: Sequence[Pair], held: int, seed: int) -> tuple[list[Pair], list[Pair]]:
    """Return (training, held out): no source that is held out occurs in a pair of training.

    The sources are chosen by hash, so that further pairs move few others.

    Raises:
        InputError: nothing would be left to train on.
    """
    sources = sorted({p.source for p in pairs}, key=lambda text: _hash(f"{seed}/{text}"))
    counts: dict[str, int] = {}
    for pair in pairs:
        counts[pair.source] = counts.get(pair.source, 0) + 1
    chosen: set[str] = set()
    total = 0
    for source in sources:
        if total >= held:
            break
        chosen.add(source)
        total += counts[source]
    train = [p for p in pairs if p.source not in chosen and p.target not in chosen]
    if not train:
        raise InputError(TOO_FEW, LOWER, found=len(pairs), held=held)
    return train, [p for p in pairs if p.source in chosen][:held]


def most(pairs: Sequence[Pair], limit: int, seed: int) -> list[Pair]:
    """Return at most `limit` pairs, chosen by hash, in their order; 0 keeps all."""
    if not limit or len(pairs) <= limit:
        return list(pairs)
    ranked = sorted(range(len(pairs)), key=lambda at: _hash(f"{seed}/{pairs[at]}"))
    return [pairs[at] for at in sorted(ranked[:limit])]


def _pair(row: dict[str, object]) -> Pair:
    language = checks.choice(row["language"], LANGUAGES, "language")
    return Pair(
        checks.text(row["source"], LONGEST, "source"),
        checks.text(row["target"], LONGEST, "target"),
        "ru" if language == "ru" else "en",
        str(row.get("origin", "")),
        tuple(str(text) for text in _listed(row.get("earlier", []))),
    )


def _listed(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"earlier: {value!r}"[:60])
    return value


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
