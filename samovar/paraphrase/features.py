"""What the score is computed from: a few numbers about a measured pair, most of them 0 to 1.

The order of shared words is the strongest of them where the words are the same ("from Rome to
Oslo", "from Oslo to Rome"): there the encoder sees hardly any difference.
"""

from __future__ import annotations

import math
from collections import Counter

from samovar.paraphrase import relations
from samovar.paraphrase.measurement import Measured
from samovar.paraphrase.numbers import numbers
from samovar.paraphrase.words import content, likeness, pinc, stem, words

ALMOST_SAME = 0.97
"""Cosine from which on the encoder tells nothing more: twins of news and of swapped words alike."""
ALIKE_COSINE = 0.75
"""Overlap of words from which on their order counts, in full when all words are the same."""

FEWEST = 6
"""Shared words from which on their order is taken at its word: two of two swapped prove little."""


def features(pair: Measured) -> dict[str, float]:
    """Return every measurement that a detector may weigh, by name.

    The last three are there only when an entailment model classified the pair.
    """
    same = overlap(pair)
    alike = max(0.0, same - ALIKE_COSINE) / (1 - ALIKE_COSINE)
    inverted, parted = _order(pair)
    lengths = [len(words(text)) for text in (pair.original, pair.text)]
    old, new = (numbers(text, pair.language) for text in (pair.original, pair.text))
    found = {
        "similarity": min(pair.similarity, ALMOST_SAME),
        "overlap": same,
        "likeness": likeness(pair.original, pair.text),
        "novelty": pinc(pair.original, pair.text),
        "length": abs(lengths[0] - lengths[1]) / max(*lengths, 1),
        "unmatched": _unmatched(pair),
        "numbers": float(bool(old - new) and bool(new - old)),
        "number": float(bool(old - new) != bool(new - old)),
        "negation": float(negation(pair)),
        "prepositions": alike * (pair.language == "en" and bool(_moved(pair))),
        "order": alike * math.sqrt(inverted),
        "neighbours": alike * parted,
    }
    if pair.forward and pair.backward:
        found["forward"] = pair.forward.entailment
        found["backward"] = pair.backward.entailment
        found["contradiction"] = max(pair.forward.contradiction, pair.backward.contradiction)
    return found


def overlap(pair: Measured) -> float:
    """Return the share of words, repetitions counted, that both texts have (Dice)."""
    one, two = Counter(words(pair.original)), Counter(words(pair.text))
    return 2 * (one & two).total() / max(one.total() + two.total(), 1)


def differing(pair: Measured) -> int:
    """Return how many words one of the texts, the one with more of them, has for itself."""
    one, two = Counter(words(pair.original)), Counter(words(pair.text))
    return max((one - two).total(), (two - one).total())


def negation(pair: Measured) -> bool:
    """Tell whether the number of negations differs."""
    old, new = (relations.negations(text, pair.language) for text in (pair.original, pair.text))
    return old != new


def _moved(pair: Measured) -> list[str]:
    """Return the moved words; the coefficients were trained with the English rule for all pairs."""
    return relations.moved(pair.original, pair.text, "en")


def _unmatched(pair: Measured) -> float:
    """Return the smaller share of content words without a partner: what both sides replaced."""
    sides = ((pair.original, pair.alignment.lost), (pair.text, pair.alignment.added))
    lonely = [len(alone) / max(len(content(text, pair.language)), 1) for text, alone in sides]
    return min(lonely)


def _order(pair: Measured) -> tuple[float, float]:
    """Return the share of inverted pairs and of parted neighbours among the shared content words."""
    old, new = (_stems(text, pair) for text in (pair.original, pair.text))
    once = [word for word in old if old.count(word) == 1 and new.count(word) == 1]
    places = [new.index(word) for word in once]
    n = len(places)
    if n < 2:
        return 0.0, 0.0
    inverted = sum(places[i] > places[j] for i in range(n) for j in range(i + 1, n))
    ranks = sorted(range(n), key=places.__getitem__)
    rank = {at: place for place, at in enumerate(ranks)}
    parted = sum(abs(rank[at + 1] - rank[at]) != 1 for at in range(n - 1))
    pairs = max(n, FEWEST) * (max(n, FEWEST) - 1) / 2
    return inverted / pairs, parted / (max(n, FEWEST) - 1)


def _stems(text: str, pair: Measured) -> list[str]:
    kept = set(content(text, pair.language))
    listed = (word.removesuffix("'s") for word in words(text))
    return [stem(word, pair.language) for word in listed if word in kept]
