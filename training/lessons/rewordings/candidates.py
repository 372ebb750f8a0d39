"""Candidate pairs of commands: the nearest wordings within one intent and one set of slots."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samovar.phrases import Language
from training.corpora import commands
from training.corpora.commands import Command
from training.corpora.paraphrases import ParaphrasePair
from training.lessons.rewordings.templates import Wording, fits, open_slots, wording
from training.lessons.rewordings.vectors import Vectors

SMALL_TALK = frozenset(
    "yes no maybe greeting goodbye thank_you are_you_a_bot what_are_your_hobbies".split()
)
"""Intents of CLINC150 whose texts ask for nothing; HWU64's begin with general_."""
NEIGHBOURS = 16
"""Partners looked at per wording, the nearest first."""
BLOCK = 512


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold one directed pair on its way through the filters."""

    source: str
    target: str
    language: Language
    origin: str
    kind: str
    """command or sentence."""
    intent: str
    similarity: float


def all_commands(data_dir: Path) -> list[Command]:
    """Read the training parts of the command sets, without small talk, each text once."""
    read = [
        *commands.read_clinc150(data_dir / "clinc150"),
        *commands.read_banking77(data_dir / "banking77"),
        *commands.read_snips(data_dir / "snips"),
        *commands.read_hwu64(data_dir / "hwu64"),
    ]
    asking = [
        command
        for command in read
        if command.intent not in SMALL_TALK and not command.intent.startswith("general_")
    ]
    return list({(command.origin, command.text.lower()): command for command in asking}.values())


def grouped(listed: Sequence[Command]) -> list[list[Wording]]:
    """Return the wordings by intent and slots; a template stands once in its group."""
    known = open_slots(listed)
    groups: dict[tuple[object, ...], dict[str, Wording]] = defaultdict(dict)
    for command in listed:
        worded = wording(command, known)
        if worded is not None:
            groups[worded.group].setdefault(worded.template.lower(), worded)
    return [list(group.values()) for group in groups.values() if len(group) > 1]


def pairs(groups: Iterable[Sequence[Wording]], vectors: Vectors) -> Iterator[Candidate]:
    """Yield each wording with its nearest neighbours, whose template takes its values."""
    for group in groups:
        rows = vectors.matrix(one.spoken for one in group)
        for start in range(0, len(group), BLOCK):
            scores = rows[start : start + BLOCK] @ rows.T
            near = np.argsort(-scores, axis=1, kind="stable")[:, : NEIGHBOURS + 1]
            for at, listed in enumerate(near):
                for other in listed:
                    if other != start + at and fits(group[start + at], group[other]):
                        score = float(scores[at, other])
                        yield _candidate(group[start + at], group[other], score)


def sentences(labelled: Iterable[ParaphrasePair], vectors: Vectors) -> Iterator[Candidate]:
    """Yield pairs that the authors of a set call paraphrases, in both directions."""
    said = [pair for pair in dict.fromkeys(labelled) if pair.label]
    vectors.add([text for pair in said for text in (pair.source, pair.target)])
    for pair in said:
        left, right = vectors.matrix([pair.source, pair.target])
        for source, target in ((pair.source, pair.target), (pair.target, pair.source)):
            yield Candidate(
                source, target, pair.language, pair.origin, "sentence", "", float(left @ right)
            )


def by_origin(candidates: Iterable[Candidate]) -> dict[str, int]:
    """Count candidates by the set they come from."""
    return dict(sorted(Counter(candidate.origin for candidate in candidates).items()))


def _candidate(source: Wording, target: Wording, score: float) -> Candidate:
    command = source.command
    said = target.filled(dict(source.values))
    return Candidate(command.text, said, "en", command.origin, "command", command.intent, score)
