"""Choose the best drafts, and remember why the others were not chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from samovar.marketing.facts.brief import Brief
from samovar.marketing.facts.words import stems
from samovar.records import Copy

SAME = 0.85
"""Share of common stems from which two texts count as one."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Hold a draft that was not chosen."""

    copy: Copy
    like: int = 0
    """Number of the chosen text that says nearly the same, from 1; 0: none does."""


def chosen(
    copies: Sequence[Copy], near: Brief | None, tones: Sequence[str]
) -> tuple[tuple[Copy, ...], tuple[Dropped, ...]]:
    """Return the best drafts of each tone, and the others with the chosen text that they repeat."""
    best: list[Copy] = []
    for tone, wanted in Counter(tones).items():
        best += _best([copy for copy in copies if copy.tone == tone], near, wanted)
    kept = {id(copy) for copy in best}
    dropped = []
    for copy in copies:
        if copy.text and id(copy) not in kept:
            like = (at for at, one in enumerate(best, 1) if _alike(copy.text, one.text))
            dropped.append(Dropped(copy, next(like, 0)))
    return tuple(best), tuple(dropped)


def _best(copies: Sequence[Copy], near: Brief | None, n: int) -> tuple[Copy, ...]:
    """Return the `n` with fewest problems, near copies only when nothing else is left.

    Of equals the closest to the sheet `near` come first, or else those that were drawn first: a trained
    model need not keep to the sheet's words.
    """
    ranked = sorted(
        copies, key=lambda c: (len(c.problems), -closeness(c.text, near) if near else 0.0)
    )
    best: list[Copy] = []
    for copy in ranked:
        if len(best) < n and not any(_alike(copy.text, other.text) for other in best):
            best.append(copy)
    rest = [copy for copy in ranked if not any(copy is one for one in best)]
    return (*best, *rest[: n - len(best)])


def _alike(first: str, second: str) -> bool:
    left, right = set(stems(first)), set(stems(second))
    return len(left & right) >= SAME * max(len(left | right), 1)


def closeness(text: str, brief: Brief) -> float:
    """Return the share of neighbouring words of `text` that are neighbours in the sheet, 0 to 1.

    It ranks texts without problems: what joins words of the sheet in a new way is likelier wrong.
    """
    known = set(pairwise(stems(brief.said)))
    pairs = list(pairwise(stems(text)))
    return sum(pair in known for pair in pairs) / len(pairs) if pairs else 0.0
