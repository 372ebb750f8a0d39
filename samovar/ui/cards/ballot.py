"""A blind comparison: which side is A is drawn for every prompt, and votes are counted by side."""

from __future__ import annotations

import random
import secrets
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Literal

Side = Literal["base", "adapter"]
Choice = Literal["a", "same", "b"]
SIDES: tuple[Side, Side] = ("base", "adapter")
SAME = "same"


@dataclass(frozen=True, slots=True)
class Vote:
    """Hold one judgement: what stood at A and B, and what was chosen."""

    id: str
    """Of the prompt."""
    a: Side
    b: Side
    choice: Choice

    @property
    def better(self) -> str:
        """Return the side that was better, or "same"."""
        return {"a": self.a, "b": self.b, SAME: SAME}[self.choice]


@dataclass(frozen=True, slots=True)
class Ballot:
    """Hold one visitor's judgements; a new vote on a prompt takes the place of the old one."""

    seed: int = field(default_factory=lambda: secrets.randbits(64))
    votes: tuple[Vote, ...] = ()
    revealed: bool = False

    def order(self, id: str) -> tuple[Side, Side]:
        """Return which side stands at A and which at B for the prompt `id`: the same at every look."""
        first, second = SIDES
        swapped = random.Random(f"{self.seed}/{id}").random() < 0.5
        return (second, first) if swapped else (first, second)

    def with_vote(self, id: str, choice: Choice) -> Ballot:
        """Return the ballot with this judgement of the prompt `id`."""
        others = tuple(vote for vote in self.votes if vote.id != id)
        return replace(self, votes=(*others, Vote(id, *self.order(id), choice)))

    def next(self, ids: list[str], id: str) -> str:
        """Return the first prompt after `id`, around the end, that has no vote; else the one after it."""
        at = ids.index(id) + 1
        around = ids[at:] + ids[:at]
        judged = {vote.id for vote in self.votes}
        return next((one for one in around if one not in judged), around[0])

    def tally(self) -> Counter[str]:
        """Return how often each side was better, and how often they were the same."""
        return Counter(vote.better for vote in self.votes)
