"""Pairs that nobody has labelled: sentences on one scene, crossed.

SNLI with counterfactual edits holds each pair of SNLI and some edits of either side, each by a few
words into another label. Every sentence of such a group may be held against every other one: four
times as many pairs as the labelled ones, and all of them as hard, because so few words differ. SNLI
itself has a caption of each photograph and what three annotators wrote to it, which are further apart.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import permutations

from training.corpora import nli
from training.corpora.pair import NliPair

ORIGIN = "snli_cad"
LARGEST = 12
"""Sentences of a group; larger ones hang together by a caption like "A man is outside." alone."""
SENTENCES = 5
"""Of one photograph: few of them have more than four."""

Texts = tuple[str, str]
"""Premise and hypothesis."""


def crossed(pairs: Sequence[NliPair]) -> Iterator[Texts]:
    """Yield all ordered pairs of sentences of one group."""
    for group in _groups([pair for pair in pairs if pair.origin == ORIGIN]):
        if len(group) <= LARGEST:
            yield from permutations(group, 2)


def beside(scenes: Sequence[NliPair], percent: int) -> Iterator[Texts]:
    """Yield `percent` of the ordered pairs of sentences on one caption of SNLI, drawn by a hash."""
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for pair in scenes:
        groups[pair.premise][pair.hypothesis] = None
    for caption, others in groups.items():
        for texts in permutations((caption, *others)[:SENTENCES], 2):
            if nli.held_out("\t".join(texts), percent):
                yield texts


def unlabelled(
    candidates: Iterable[Texts], pairs: Sequence[NliPair], barred: AbstractSet[str]
) -> list[Texts]:
    """Return those of `candidates` that `pairs` do not label, each once, without a text in `barred`.

    `barred` is in lower case; case does not count.
    """
    labelled = {_lower((pair.premise, pair.hypothesis)) for pair in pairs}
    kept = {
        _lower(texts): texts
        for texts in candidates
        if _lower(texts) not in labelled and not barred & {*_lower(texts)}
    }
    return list(kept.values())


def digest(pairs: Sequence[Texts]) -> str:
    """Return the sha256 of `pairs` in their order: what was labelled can be told from other pairs."""
    return hashlib.sha256("\n".join(map("\t".join, pairs)).encode()).hexdigest()


def _groups(pairs: Sequence[NliPair]) -> Iterator[list[str]]:
    """Yield the sentences that hang together by labelled pairs, sorted."""
    roots: dict[str, str] = {}

    def root(text: str) -> str:
        roots.setdefault(text, text)
        while roots[text] != text:
            roots[text] = text = roots[roots[text]]
        return text

    for pair in pairs:
        roots[root(pair.premise)] = root(pair.hypothesis)
    groups: dict[str, list[str]] = defaultdict(list)
    for text in sorted(roots):
        groups[root(text)].append(text)
    yield from groups.values()


def _lower(texts: Texts) -> Texts:
    return texts[0].lower(), texts[1].lower()
