"""Cut a transcript into scenes.

Seasons, episodes, blank lines and headings part scenes. What lies between two such marks is a scene where
it is as short as one. Longer passages, such as whole episodes, the people part: a scene ends where nobody
of the last few lines is among the speakers of the next few. The character whom the transcript is read for
does not count: a lead talks in most scenes, and whom he talks to tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from training.corpora.transcripts import Line

AROUND = 4
"""Lines before and after a place whose speakers are compared."""
LONGEST = 60
"""Lines of a scene at most."""


def scenes(lines: Sequence[Line], lead: str) -> list[list[Line]]:
    """Return the scenes in their order; `lead` is the character's name."""
    found = []
    for passage in passages(lines):
        speakers = [line.speaker for line in passage]
        inner = changes(speakers, lead) if len(passage) > LONGEST else []
        starts = [0, *inner, len(passage)]
        for start, end in pairwise(starts):
            found += [passage[at : min(at + LONGEST, end)] for at in range(start, end, LONGEST)]
    return found


def passages(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines between two marks of the file."""
    found: list[list[Line]] = []
    place = None
    for line in lines:
        here = (line.season, line.episode, line.scene)
        if here != place:
            found.append([])
        place = here
        found[-1].append(line)
    return found


def changes(speakers: Sequence[str], lead: str) -> list[int]:
    """Return where everybody but the lead changes: the numbers of the first lines that follow.

    >>> changes(["Ann", "Lead", "Ann", "Lead", "Bob", "Lead", "Eve", "Bob"], "Lead")
    [4]
    """
    found: list[int] = []
    for at in range(1, len(speakers)):
        before = set(speakers[max(0, at - AROUND, *found[-1:]) : at]) - {lead}
        after = set(speakers[at : at + AROUND]) - {lead}
        if before and after and not before & after:
            if speakers[at] == lead:
                continue  # his line may still answer: the cut comes after it
            found.append(at)
    return found
