"""Lines of a transcript made clean: one name a speaker, and only what is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from training.corpora.files import tidy
from training.corpora.transcripts import HEADING, Line
from training.lessons.character.repairs import LOST, repaired, restored
from training.lessons.character.series import Series

STAGE = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|\*[^*]+\*|<[^<>]*>|\{[^{}]*\}")
OPEN_STAGE = re.compile(r"[\[{(][^\[\](){}]*$|^[^\[\](){}]*[\]})]")
"""A stage direction of which one end is missing."""
TITLES = re.compile(
    r"(?i)^(?:dr|doctor|mr|mister|mrs|ms|miss|captain|capt|commander|lieutenant|lt|ensign|counselor"
    r"|admiral|professor|prof|доктор|д-р|капитан|лейтенант|коммандер|профессор|господин|госпожа)\b\.?\s+(?=\w)"
)
NO_NAME = re.compile(r"[\[\]{}<>]|^\W*$")
BRACKETS = frozenset("[](){}<>*")
LONGEST_NAME = 40
STARTS = re.compile(r"^[\s,;:.!?—–-]*(?=\S)")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Hold the clean lines of a transcript and how many were left out, by reason."""

    lines: list[Line]
    left_out: dict[str, int]


def cleaned(lines: Sequence[Line], series: Series) -> Cleaned:
    """Return the lines with one name a speaker and without stage directions and damage.

    What names no speaker, such as "Cut to", begins a new scene.
    """
    kept, left_out, scene = [], Counter[str](), 0
    for line in lines:
        name = speaker(line.speaker, series)
        if name is None:
            left_out["no speaker"] += 1
            scene += 1
            continue
        damaged = LOST in restored(line.text)
        text = said(line.text, series)
        if not any(char.isalpha() for char in text):
            left_out["damaged" if damaged else "stage direction"] += 1
            continue
        kept.append(replace(line, speaker=name, text=text, scene=line.scene + scene))
    return Cleaned(kept, dict(left_out))


def speaker(name: str, series: Series) -> str | None:
    """Return the one name of a speaker, None when `name` is no speaker's.

    >>> from training.lessons.character.series import HOUSE
    >>> [speaker(name, HOUSE) for name in ("Dr. House", "HOUSE [sighs]", "Greg", "Cut to")]
    ['House', 'House', 'House', None]
    """
    bare = tidy(STAGE.sub(" ", name))
    if not bare or HEADING.match(bare) or NO_NAME.search(bare) or len(bare) > LONGEST_NAME:
        return None
    known = series.aliases.get(bare.lower())
    if known:
        return known
    bare = TITLES.sub("", bare)
    if bare.isupper() or bare.islower():
        bare = bare.title().replace("'S", "'s")
    return series.aliases.get(bare.lower(), bare)


def said(text: str, series: Series) -> str:
    """Return what is said in `text`, without stage directions; "" when nothing is left.

    >>> from training.lessons.character.series import HOUSE
    >>> said("[sits down] No pRoblem (smiles) at all.", HOUSE)
    'No problem at all.'
    """
    text = repaired(text, series.repairs)
    if BRACKETS & set(text):
        while (shorter := STAGE.sub(" ", text)) != text:
            text = shorter
        text = OPEN_STAGE.sub(" ", text)
    text = tidy(STARTS.sub("", text))
    return re.sub(r"\s+([,.;:!?])", r"\1", text)


def by_speaker(lines: Sequence[Line], names: Sequence[str]) -> Iterator[Line]:
    """Yield the lines that one of `names` says."""
    wanted = set(names)
    return (line for line in lines if line.speaker in wanted)
