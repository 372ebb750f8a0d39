"""Whether two texts point at the same time, persons and things, and may and must the same."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from samovar.paraphrase.act import message
from samovar.paraphrase.words import words
from training.lessons.rewordings.candidates import Candidate

PAST = frozenset("did was were had didn't wasn't weren't".split())
PLURAL = frozenset("we us our ours".split())
HEARER = frozenset("your yours yourself".split())
CONDITION = re.compile(
    r"(?<!know )(?<!tell me )(?<!check )(?<!see )(?<!out )(?<!wonder )\bif\b", re.I
)
"""An "if" that is a condition, not one that only opens a question."""
DEFINITE = frozenset("the my our your this that these those its".split())
MODALS = (
    frozenset("can could may might able possible allowed".split()),
    frozenset("need needs needed must should have required necessary".split()),
)
"""What one may and what one must: neither comes nor goes, outside the opening of a text."""
OPPOSED = tuple(
    (frozenset(side.split()), frozenset(other.split()))
    for side, other in (
        ("up raise increase louder brighter brighten higher", "down lower decrease reduce dim dimmer"),
        ("start begin resume open unlock enable", "stop end pause close lock disable mute"),
        ("add include insert put", "remove delete drop erase take"),
        ("buy purchase", "sell"),
        ("unfreeze unblock reactivate", "freeze block"),
        ("receive get", "send transfer"),
        ("earliest first oldest next", "latest last newest previous"),
        ("cheap cheapest lowest", "expensive highest"),
    )
)  # fmt: skip
"""Words that an encoder finds close though they turn a command round."""
INDEFINITE = frozenset({"a", "an"})


def pointing(candidate: Candidate) -> bool:
    """Tell whether both texts point at the same time, persons and things.

    "My settings" are not "your settings", and "a list" is not "the list".
    """
    old, new = words(candidate.source), words(candidate.target)
    if any(bool(those & set(old)) != bool(those & set(new)) for those in (PAST, PLURAL, HEARER)):
        return False
    if bool(CONDITION.search(candidate.source)) != bool(CONDITION.search(candidate.target)):
        return False
    if candidate.language == "en" and opposed(set(old), set(new)):
        return False
    if candidate.language == "en" and _modals(candidate.source) != _modals(candidate.target):
        return False
    before = {word: article for article, word in pairwise(["", *old])}
    return not any(
        (article in INDEFINITE and word in before and before[word] not in INDEFINITE)
        or (article in DEFINITE and before.get(word) in INDEFINITE)
        for article, word in pairwise(["", *new])
    )


def opposed(old: set[str], new: set[str]) -> bool:
    """Tell whether one side has a word of which only the other has the opposite.

    >>> opposed({"turn", "it", "up"}, {"lower", "it"}), opposed({"turn", "up"}, {"increase"})
    (True, False)
    """
    return any(
        bool(side & first) and bool(other & second) and not side & second and not other & first
        for first, second in OPPOSED
        for side, other in ((old, new), (new, old))
    )


@cache
def _modals(text: str) -> tuple[bool, ...]:
    said = set(words(message(text, "en")))
    return tuple(bool(said & group) for group in MODALS)
