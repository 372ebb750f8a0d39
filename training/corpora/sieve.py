"""The filters of the training pairs: each has a name, and what it removed is counted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from samovar.models.base import EntailmentModel
from samovar.paraphrase import relations
from samovar.paraphrase.act import KEPT, act, message
from samovar.paraphrase.alignment import CLOSE, SHORTEST, Groups
from samovar.paraphrase.form import lost_verb, odd_form
from samovar.paraphrase.numbers import numbers
from samovar.paraphrase.slots import kept
from samovar.paraphrase.words import content, pinc, repeats, stem, words
from training.corpora.candidates import Candidate, by_origin
from training.corpora.vectors import Vectors

SIMILARITY = {"command": (0.90, 0.995), "sentence": (0.88, 0.995)}
"""Band of the cosine by multilingual-e5-small: below, another meaning; above, the same words."""
PINC = 0.30
LENGTH = (0.5, 2.0)
"""Words of the target per word of the source."""
LENGTHS = {"command": (3, 30), "sentence": (4, 35)}
"""Words of either text; shorter ones say too little, longer ones tell stories."""
ENTAILED = 0.5
"""Probability of entailment asked for in both directions."""
LOST = {"command": 0.0, "sentence": 0.2}
"""Share of content words that may lack a partner: in a command every one is a detail."""
RARE = 4
"""A word of a command seen less often in all commands is taken for a slip of the pen."""

Test = Callable[[Candidate], bool]


@dataclass
class Sieve:
    """Run filters one after the other and remember what each of them did."""

    steps: list[dict[str, object]] = field(default_factory=list)

    def run(self, name: str, found: Sequence[Candidate], test: Test) -> list[Candidate]:
        """Return what passes `test`, and print how much did not."""
        return self.note(name, found, [one for one in found if test(one)])

    def note(self, name: str, old: Sequence[Candidate], new: list[Candidate]) -> list[Candidate]:
        """Record that the step `name` left `new` of `old`."""
        removed = len(old) - len(new)
        self.steps.append({"filter": name, "removed": removed, "left": by_origin(new)})
        print(f"{name:<28} removed {removed:>8,}   left {len(new):>8,}")
        return new


def similar(one: Candidate) -> bool:
    """Tell whether the cosine lies in the band."""
    low, high = SIMILARITY[one.kind]
    return low <= one.similarity <= high


def sized(one: Candidate) -> bool:
    """Tell whether both texts are of a useful length, and of about the same."""
    old, new = len(words(one.source)), len(words(one.target))
    low, high = LENGTHS[one.kind]
    return low <= min(old, new) and max(old, new) <= high and LENGTH[0] <= new / old <= LENGTH[1]


def numbered(one: Candidate) -> bool:
    """Tell whether both texts have the same numbers."""
    return numbers(one.source, one.language) == numbers(one.target, one.language)


def named(one: Candidate) -> bool:
    """Tell whether names, codes and quoted words of either side stand on the other."""
    for first, second in ((one.source, one.target), (one.target, one.source)):
        there = {stem(word, one.language) for word in words(second)}
        held = {stem(word, one.language) for name in kept(first, ()) for word in words(name)}
        if not held <= there:
            return False
    return True


def turned(one: Candidate) -> bool:
    """Tell whether negations, relations, persons and prepositions agree."""
    old, new, language = one.source, one.target, one.language
    if relations.negations(old, language) != relations.negations(new, language):
        return False
    if relations.relations(old, language) != relations.relations(new, language):
        return False
    if relations.new_persons(old, new, language):
        return False
    return language != "en" or not (relations.moved(old, new) or relations.lost_speaker(old, new))


def acting(one: Candidate) -> bool:
    """Tell whether the target's speech act keeps the meaning of the source's."""
    return one.language != "en" or act(one.target) in KEPT[act(one.source)]


def formed(one: Candidate) -> bool:
    """Tell whether the target is well formed."""
    twice = any(first == second for first, second in pairwise(words(one.target)))
    if twice or (repeats(one.target) and not repeats(one.source)):
        return False
    return one.language != "en" or not (odd_form(one.target) or lost_verb(one.source, one.target))


def new_words(one: Candidate) -> bool:
    """Tell whether enough n-grams of the target are new."""
    return pinc(one.source, one.target) >= PINC


def spelling(texts: Iterable[str]) -> Test:
    """Return a test that every word of the target is one that others use too, or of the source."""
    seen = Counter(word for text in texts for word in set(words(text)))

    def test(one: Candidate) -> bool:
        own = set(words(one.source))
        return all(seen[word] >= RARE or word in own for word in words(one.target))

    return test


def aligned(vectors: Vectors, groups: Groups, found: Sequence[Candidate]) -> Test:
    """Return a test that content words have partners on the other side."""

    def listed(one: Candidate, text: str) -> list[str]:
        return content(message(text) if one.language == "en" else text, one.language)

    vectors.add(
        {word for one in found for t in (one.source, one.target) for word in listed(one, t)}
    )

    def partners(first: str, second: str, one: Candidate) -> bool:
        old, new = stem(first, one.language), stem(second, one.language)
        if old == new or groups.get(old, frozenset()) & groups.get(new, frozenset()):
            return True
        if min(len(first), len(second)) < SHORTEST or any(map(str.isdigit, first + second)):
            return False
        left, right = vectors.matrix([first, second])
        return float(left @ right) >= CLOSE

    def test(one: Candidate) -> bool:
        sides = listed(one, one.source), listed(one, one.target)
        for those, others in (sides, sides[::-1]):
            lonely = [w for w in those if not any(partners(w, other, one) for other in others)]
            if len(lonely) > LOST[one.kind] * len(those):
                return False
        return True

    return test


def entailed(model: EntailmentModel, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates whose texts entail each other."""
    pairs = [(one.source, one.target) for one in found]
    forward = model.judge(pairs)
    backward = model.judge([(second, first) for first, second in pairs])
    return [
        one
        for one, there, back in zip(found, forward, backward, strict=True)
        if min(there.entailment, back.entailment) >= ENTAILED
    ]


def few_each(found: Sequence[Candidate], per_text: int) -> list[Candidate]:
    """Return at most `per_text` pairs per source and per target, the most novel first."""
    sources: Counter[str] = Counter()
    targets: Counter[str] = Counter()
    chosen = []
    for one in sorted(found, key=lambda pair: (-pinc(pair.source, pair.target), _chance(pair))):
        old, new = (f"{one.origin} {text.lower()}" for text in (one.source, one.target))
        if sources[old] < per_text and targets[new] < per_text:
            sources[old] += 1
            targets[new] += 1
            chosen.append(one)
    return chosen


def balanced(found: Sequence[Candidate], per_intent: int, per_origin: int) -> list[Candidate]:
    """Return at most so many pairs of each intent and each set, chosen by a hash."""
    intents: Counter[tuple[str, str]] = Counter()
    origins: Counter[str] = Counter()
    chosen = []
    for one in sorted(found, key=_chance):
        intent = (one.origin, one.intent)
        full = one.intent and intents[intent] >= per_intent
        if not full and origins[one.origin] < per_origin:
            intents[intent] += 1
            origins[one.origin] += 1
            chosen.append(one)
    return chosen


def _chance(one: Candidate) -> bytes:
    return hashlib.sha256(f"{one.source}\n{one.target}".encode()).digest()
