"""Scenes as talks with one character: his replies, and what the others say as the user's turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from training.corpora.transcripts import Line

LONGEST_TURN = 400
"""Characters of a turn of the others; its beginning goes, because the end is what he answers."""
LONGEST_REPLY = 600
"""Characters of a reply that is learned: what is longer is a monologue."""


@dataclass(frozen=True, slots=True)
class Said:
    """Hold one turn; `mine` tells whether the character says it."""

    mine: bool
    text: str
    learned: bool = False
    """Whether a model learns it; always false of the others."""


@dataclass(frozen=True, slots=True)
class Window:
    """Hold a talk that begins with another speaker and ends with a reply that is learned."""

    turns: tuple[Said, ...]
    season: int | None
    episode: str
    partners: frozenset[str]
    """Who talks to the character."""

    @property
    def reply(self) -> str:
        """Return the last reply."""
        return self.turns[-1].text

    @property
    def replies(self) -> list[str]:
        """Return all replies that are learned."""
        return [turn.text for turn in self.turns if turn.learned]


@dataclass(frozen=True, slots=True)
class Cut:
    """Say how scenes become windows."""

    context: int = 8
    """Earlier turns before the last reply, at most."""
    shortest: int = 3
    """Words of a reply that is learned."""
    named: bool = False
    """Whether the name of each other speaker stands before what he says."""
    alone: bool = False
    """Whether only talks with one other person count."""


def windows(scene: Sequence[Line], speaker: str, cut: Cut) -> Iterator[Window]:
    """Yield the windows of one scene, none of whose turns is in two of them."""
    turns = _turns(scene, speaker, cut)
    while turns and turns[0].mine:
        turns.pop(0)
    partners = frozenset(line.speaker for line in scene) - {speaker}
    if cut.alone and len(partners) != 1:
        return
    size = cut.context + 1 + (cut.context + 1) % 2  # begins with another's turn, ends with his
    for start in range(0, len(turns), size):
        kept = turns[start : start + size]
        while kept and not kept[-1].learned:
            kept = kept[:-1]
        if kept:
            yield Window(tuple(kept), scene[0].season, scene[0].episode, partners)


def _turns(scene: Sequence[Line], speaker: str, cut: Cut) -> list[Said]:
    """Return the turns, his and the others' by turns."""
    joined: list[tuple[str, str]] = []
    for line in scene:
        if joined and joined[-1][0] == line.speaker:
            joined[-1] = (line.speaker, f"{joined[-1][1]} {line.text}")
        else:
            joined.append((line.speaker, line.text))
    turns: list[Said] = []
    for name, text in joined:
        if name == speaker:
            learned = len(text.split()) >= cut.shortest and len(text) <= LONGEST_REPLY
            turns.append(Said(True, text, learned))
            continue
        told = f"{name}: {text}" if cut.named else text
        if turns and not turns[-1].mine:
            told = f"{turns.pop().text}\n{told}"
        turns.append(Said(False, _end(told)))
    return turns


def _end(text: str) -> str:
    """Return the last LONGEST_TURN characters of `text`, from the beginning of a word on."""
    return text if len(text) <= LONGEST_TURN else text[-LONGEST_TURN:].partition(" ")[2]


def without(window: Window, repeated: frozenset[int]) -> Window | None:
    """Return `window` with the replies whose numbers are `repeated` not learned; None: none is left.

    The numbers count the replies that are learned.
    """
    number, turns = -1, []
    for turn in window.turns:
        number += turn.learned
        drop = turn.learned and number in repeated
        turns.append(Said(turn.mine, turn.text) if drop else turn)
    while turns and not turns[-1].learned:
        turns.pop()
    return Window(tuple(turns), window.season, window.episode, window.partners) if turns else None
