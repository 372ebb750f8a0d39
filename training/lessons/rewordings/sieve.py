"""The filters of the training pairs: each has a name, and what it removed is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from samovar.paraphrase import relations
from samovar.paraphrase.act import KEPT, act, message
from samovar.paraphrase.alignment import CLOSE, SHORTEST, Groups
from samovar.paraphrase.form import dangling, lost_article, lost_verb, odd_form
from samovar.paraphrase.measurement import ValidationModels, measurements
from samovar.paraphrase.numbers import numbers
from samovar.paraphrase.slots import kept
from samovar.paraphrase.validation import check
from samovar.paraphrase.words import content, likeness, pinc, repeats, stem, words
from training.lessons.rewordings.candidates import Candidate, by_origin
from training.lessons.rewordings.vectors import Vectors

SIMILARITY = {"command": (0.90, 0.995), "sentence": (0.88, 0.995)}
"""Band of the cosine by multilingual-e5-small: below, another meaning; above, the same words."""
PINC = 0.30
LENGTH = (0.5, 2.0)
"""Words of the target per word of the source."""
LENGTHS = {"command": (3, 30), "sentence": (4, 35)}
"""Words of either text; shorter ones say too little, longer ones tell stories."""
LOST = {"en": 0.0, "ru": 0.15}
"""Share of content words that may lack a partner: every one is a detail, but Russian has no groups."""
LIKENESS = 0.8
"""From here on the texts are the same but for a small word."""
OPPOSITES = ("un", "in", "im", "dis", "de", "non", "re", "mis")
"""Beginnings that make another word: mute is close to unmute in every encoder."""
_numbers = cache(numbers)
_negations = cache(relations.negations)
_relations = cache(relations.relations)
_act = cache(act)
"""A text stands in dozens of candidates; each is read once."""

Test = Callable[[Candidate], bool]


@dataclass
class Sieve:
    """Run filters one after the other and remember what each of them did."""

    steps: list[dict[str, object]] = field(default_factory=list)

    def run(self, name: str, candidates: Sequence[Candidate], test: Test) -> list[Candidate]:
        """Return what passes `test`, and print how much did not."""
        return self.note(
            name, candidates, [candidate for candidate in candidates if test(candidate)]
        )

    def note(self, name: str, old: Sequence[Candidate], new: list[Candidate]) -> list[Candidate]:
        """Record that the step `name` left `new` of `old`; a step that adds removes a negative number."""
        removed = len(old) - len(new)
        self.steps.append({"filter": name, "removed": removed, "left": by_origin(new)})
        told = f"removed {removed:>8,}" if removed >= 0 else f"added   {-removed:>8,}"
        print(f"{name:<28} {told}   left {len(new):>8,}")
        return new


def similar(candidate: Candidate) -> bool:
    """Tell whether the cosine lies in the band."""
    low, high = SIMILARITY[candidate.kind]
    return low <= candidate.similarity <= high


def sized(candidate: Candidate) -> bool:
    """Tell whether both texts are of a useful length, and of about the same."""
    old, new = len(words(candidate.source)), len(words(candidate.target))
    low, high = LENGTHS[candidate.kind]
    return low <= min(old, new) and max(old, new) <= high and LENGTH[0] <= new / old <= LENGTH[1]


def numbered(candidate: Candidate) -> bool:
    """Tell whether both texts have the same numbers."""
    return _numbers(candidate.source, candidate.language) == _numbers(
        candidate.target, candidate.language
    )


def named(candidate: Candidate) -> bool:
    """Tell whether names, codes and quoted words of either side stand on the other."""
    for first, second in (
        (candidate.source, candidate.target),
        (candidate.target, candidate.source),
    ):
        there = {stem(word, candidate.language) for word in words(second)}
        held = {stem(word, candidate.language) for name in kept(first, ()) for word in words(name)}
        if not held <= there:
            return False
    return True


def turned(candidate: Candidate) -> bool:
    """Tell whether negations, relations, persons and prepositions agree."""
    old, new, language = candidate.source, candidate.target, candidate.language
    if _negations(old, language) != _negations(new, language):
        return False
    if _relations(old, language) != _relations(new, language):
        return False
    if relations.new_persons(old, new, language):
        return False
    return language != "en" or not (
        relations.moved(old, new, "en") or relations.lost_speaker(old, new, "en")
    )


def acting(candidate: Candidate) -> bool:
    """Tell whether the target's speech act keeps the meaning of the source's."""
    return (
        candidate.language != "en"
        or _act(candidate.target, "en") in KEPT[_act(candidate.source, "en")]
    )


def formed(candidate: Candidate) -> bool:
    """Tell whether the target is well formed, and the source not cut."""
    if candidate.source.count('"') % 2 or "_" in candidate.source:
        return False
    both = (*pairwise(words(candidate.source)), *pairwise(words(candidate.target)))
    twice = any(first == second for first, second in both)
    if twice or (repeats(candidate.target) and not repeats(candidate.source)):
        return False
    if candidate.language != "en":
        return True
    old, new = candidate.source, candidate.target
    odd = (
        odd_form(new, "en")
        or lost_verb(old, new, "en")
        or lost_article(old, new, "en")
        or dangling(old, new)
    )
    return not odd


def new_words(candidate: Candidate) -> bool:
    """Tell whether enough n-grams of the target are new."""
    alike = likeness(candidate.source, candidate.target) >= LIKENESS
    return not alike and pinc(candidate.source, candidate.target) >= PINC


def aligned(vectors: Vectors, groups: Groups, candidates: Sequence[Candidate]) -> Test:
    """Return a test that content words have partners on the other side."""

    def listed(candidate: Candidate, text: str) -> list[str]:
        return content(
            message(text, "en") if candidate.language == "en" else text, candidate.language
        )

    vectors.add(
        {
            word
            for candidate in candidates
            for t in (candidate.source, candidate.target)
            for word in listed(candidate, t)
        }
    )

    def partners(first: str, second: str, candidate: Candidate) -> bool:
        old, new = stem(first, candidate.language), stem(second, candidate.language)
        if old == new or groups.get(old, frozenset()) & groups.get(new, frozenset()):
            return True
        if min(len(first), len(second)) < SHORTEST or any(map(str.isdigit, first + second)):
            return False
        short, long = sorted((first, second), key=len)
        if long.removesuffix(short) in OPPOSITES:
            return False
        left, right = vectors.matrix([first, second])
        return float(left @ right) >= CLOSE

    def test(candidate: Candidate) -> bool:
        sides = listed(candidate, candidate.source), listed(candidate, candidate.target)
        for those, others in (sides, sides[::-1]):
            lonely = [
                w for w in those if not any(partners(w, other, candidate) for other in others)
            ]
            if len(lonely) > LOST[candidate.language] * len(those):
                return False
        return True

    return test


def checked(models: ValidationModels, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that serving would accept: every check of the tool, entailment too."""
    kept = []
    for language in dict.fromkeys(candidate.language for candidate in candidates):
        own = [candidate for candidate in candidates if candidate.language == language]
        pairs = measurements(
            [(candidate.source, candidate.target) for candidate in own], language, models
        )
        kept += [candidate for candidate, pair in zip(own, pairs, strict=True) if not check(pair)]
    return kept
