"""The records of a conversation: a message, the alternative replies to it, and what each claims."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samovar.records import Claim as Claim
from samovar.records import Cost, Fact
from samovar.records import Verdict as Verdict


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold one reply, its claims, and how probable it is that the character says such a line."""

    text: str
    claims: tuple[Claim, ...] = ()
    style: float | None = None
    """Probability between 0 and 1; None: nothing here can tell."""
    written: bool = False
    """Whether it was written beforehand: no model has drawn it."""

    def count(self, verdict: Verdict) -> int:
        """Return how many claims have this verdict."""
        return sum(claim.verdict == verdict for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Hold a message and the alternative replies to it; asking again adds one and chooses it."""

    message: str
    replies: tuple[Reply, ...] = ()
    chosen: int = 0
    """Number of the reply that the visitor sees and the conversation goes on from."""
    facts: tuple[Fact, ...] = ()
    """Given to the model beside the message, the best first."""
    cost: Cost | None = None
    """Of the newest reply; None while it is being written."""

    @property
    def reply(self) -> str:
        """Return the text of the chosen reply; empty when there is none."""
        told = self.told
        return told.text if told else ""

    @property
    def told(self) -> Reply | None:
        """Return the chosen reply; None when there is none."""
        return self.replies[self.chosen] if 0 <= self.chosen < len(self.replies) else None

    def again(self, newer: Exchange) -> Exchange:
        """Return this exchange with the replies of `newer` added and its chosen one chosen.

        >>> old = Exchange("Hi", (Reply("No."),))
        >>> old.again(Exchange("Hi", (Reply("Go away."),))).reply
        'Go away.'
        """
        return replace(
            newer,
            replies=(*self.replies, *newer.replies),
            chosen=len(self.replies) + newer.chosen,
        )


@dataclass(frozen=True, slots=True)
class Steps:
    """Say which steps a reply goes through; the rows of the ablation leave some out."""

    adapter: bool = True
    """Answer with the character's adapter, where there is one."""
    retrieval: bool = True
    """Show the model facts about what was asked."""
    check: bool = True
    """Judge the claims, draw a contradicted reply again, refuse what no fact tells."""
    ranking: bool = True
    """Draw several replies and take the best supported and most characteristic one."""
    words: bool = True
    """Answer in the character's own words, written beforehand, where no draft is as good."""


WHOLE = Steps()
"""All of them: how a visitor is answered."""
ABLATION: dict[str, Steps] = {
    "base": Steps(adapter=False, retrieval=False, check=False, ranking=False, words=False),
    "lora": Steps(retrieval=False, check=False, ranking=False, words=False),
    "retrieval": Steps(check=False, ranking=False, words=False),
    "check": Steps(ranking=False, words=False),
    "ranking": Steps(words=False),
    "words": Steps(),
}
"""Column of the ablation → its steps; each adds one to the column before it."""
