"""Whose a thing is: "my tablet" is neither "your tablet" nor "the tablet"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from samovar.paraphrase.act import HOW_TO, Act, act, message
from samovar.paraphrase.words import FUNCTION_EN, stem, words

OWNERS: dict[str, frozenset[str]] = {
    "my": frozenset("i i'm i've i'll i'd me mine myself we we're us ours".split()),
    "our": frozenset("i i'm i've i'll i'd me mine myself we we're us ours".split()),
    "your": frozenset("you you're you've yours yourself".split()),
    "his": frozenset("he he's him himself".split()),
    "her": frozenset("she she's her hers herself".split()),
    "their": frozenset("they they're them theirs themselves".split()),
}
"""Possessive → other words for the same person."""
SAME_OWNER = ({"my", "our"}, {"your"}, {"his"}, {"her"}, {"their"})
"""Possessives that must not take each other's place before the same word."""
ADDRESSED = (Act.COMMAND, Act.ADVICE)
"""Who is told to do something is the owner anyway: "roll your shoulders back"."""
ENDING = FUNCTION_EN - {"back"}
"""Words that end the name of a thing: "my back garden in the evening"."""
JOINING = frozenset({"and", "or"})
"""Behind one "my" stand two things: "my phone and tablet"."""
CALLED = frozenset(
    "mum mom mummy mommy mother mama dad daddy father papa grandma grandpa granny".split()
)
"""Names for one's own family, which need no "my"."""
PLACED = frozenset({"home", "way"})
"""One's own without a "my": "on the way home"."""
CODE = re.compile(r"[a-z]+-?\d[\w-]*|\d[\d-]{3,}")
"""A number that says which one is meant, whoever owns it: "my parcel RX4480213"."""


def other_owners(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return "my laptop" where the original has "your laptop"."""
    there = set(pairwise(old))
    owners: dict[str, set[str]] = {}
    for one, word in there:
        owners.setdefault(word, set()).update(*(group for group in SAME_OWNER if one in group))
    return [
        f"{one} {word}"
        for one, word in pairwise(new)
        if one in OWNERS and owners.get(word) and one not in owners[word]
    ]


def lost_owners(original: str, text: str) -> list[str]:
    """Return what belongs to somebody in the original and to nobody in `text`.

    >>> lost_owners("sync my old tablet", "Could you sync the old tablet?")
    ['my old tablet']
    >>> lost_owners("text my mum", "Text Mum."), lost_owners("play my songs", "Play those songs of mine.")
    ([], [])
    """
    old, new = _said(original), _said(text)
    told = act(original, "en") in ADDRESSED
    return [
        " ".join((owner, *thing))
        for owner, thing in _owned(old)
        if not (owner == "your" and told) and not _kept(owner, thing, old, new)
    ]


def _said(text: str) -> list[str]:
    """Return the words of the message, with the "I" of "what do I wear"."""
    return [*words(message(text, "en")), *("i" for _ in HOW_TO.findall(text))]


def _owned(listed: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each possessive with the words of what is owned."""
    for at, word in enumerate(listed):
        thing = [*takewhile(lambda one: one not in ENDING, listed[at + 1 :])]
        if word in OWNERS and thing and not any(map(CODE.fullmatch, thing)):
            yield word, thing


def _kept(owner: str, thing: Sequence[str], old: Sequence[str], new: Sequence[str]) -> bool:
    """Tell whether the words `new` say who has `thing`, or speak of that person where `old` does not."""
    same = {one for group in SAME_OWNER if owner in group for one in group}
    said = OWNERS[owner] & {*new}
    if said - {*old} or (owner == "her" and said):
        return True
    parts = {_plain(word) for word in thing}
    found = [at for at, word in enumerate(new) if _plain(word) in parts]
    if not found:
        return bool(same & {*new})
    return any(same & {*_before(new, at)} or _own(new, at) for at in found)


def _before(listed: Sequence[str], at: int) -> list[str]:
    """Return the possessive or article before the word at `at`, and what stands between."""
    found = []
    for word in reversed(listed[:at]):
        found.append(word)
        if word in OWNERS or word in ENDING - JOINING:
            break
    return found


def _own(listed: Sequence[str], at: int) -> bool:
    """Tell whether the word at `at` names one's own without a possessive."""
    if listed[at] in CALLED:
        return at == 0 or listed[at - 1] not in ("the", "a")
    return listed[at] in PLACED


def _plain(word: str) -> str:
    return stem(word.removesuffix("'s"), "en")
