"""Texts that train and texts that measure: by document, without repetitions, in blocks of sentences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from training.corpora.domain_text import TEST, TRAINING, VALIDATION, DomainText

BLOCK = 400
"""Characters of neighbouring sentences that are read together: some 90 tokens, a paragraph."""
GRAM = 4
"""Words in a row that tell a repetition."""
REPEATED = 0.5
"""Share of its runs of words from which on a sentence repeats one that trains: proposals share a
questionnaire, and change a name in its answers."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold the domain's text: runs of sentences that train, and blocks that measure."""

    training: tuple[tuple[str, ...], ...]
    validation: tuple[str, ...]
    test: tuple[str, ...]
    repeated: int
    """Sentences of the last two that were left out, because training has nearly the same."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the sentences that train."""
        return tuple(text for run in self.training for text in run)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Return the blocks that train."""
        return tuple(text for run in self.training for text in blocks(run))


def parts(text: DomainText) -> Parts:
    """Return `text` divided by document; see DomainText.stretches and `repeats`."""
    runs = text.stretches()
    seen = {gram for run in runs[TRAINING] for sentence in run for gram in grams(sentence)}
    held: dict[str, list[str]] = {VALIDATION: [], TEST: []}
    left_out = 0
    for part, found in held.items():
        for run in runs[part]:
            own = [sentence for sentence in run if not repeats(sentence, seen)]
            left_out += len(run) - len(own)
            found += blocks(own)
    training = tuple(runs[TRAINING])
    return Parts(training, tuple(held[VALIDATION]), tuple(held[TEST]), left_out)


def repeats(sentence: str, seen: set[str]) -> bool:
    """Tell whether half of the four-word runs of `sentence` are among `seen`, or all of a shorter one."""
    own = list(grams(sentence))
    return sum(gram in seen for gram in own) >= REPEATED * len(own)


def grams(sentence: str) -> Iterator[str]:
    """Yield each run of four words, without case and signs; the whole of a shorter sentence.

    >>> list(grams("Is it on by default? No."))
    ['is it on by', 'it on by default', 'on by default no']
    """
    words = [word.lower() for word in WORD.findall(sentence)]
    for start in range(max(1, len(words) - GRAM + 1)):
        yield " ".join(words[start : start + GRAM])


def blocks(sentences: Iterable[str], longest: int = BLOCK) -> list[str]:
    """Return neighbouring sentences joined to texts of at most `longest` characters.

    A longer sentence stands alone.
    """
    found: list[str] = []
    for sentence in sentences:
        joined = f"{found[-1]} {sentence}" if found else sentence
        if found and len(joined) <= longest:
            found[-1] = joined
        else:
            found.append(sentence)
    return found


def drawn(texts: Sequence[str], seed: int) -> list[str]:
    """Return `texts` in the order of a hash with `seed`."""
    return sorted(texts, key=lambda text: hashlib.sha256(f"{seed}/{text}".encode()).hexdigest())


def first(texts: Iterable[str], characters: int) -> list[str]:
    """Return the first of `texts`, so many that they have `characters`, or all."""
    found: list[str] = []
    for text in texts:
        if characters <= 0:
            break
        found.append(text)
        characters -= len(text)
    return found


def portion(texts: Sequence[str], skip: int, characters: int) -> list[str]:
    """Return those of `texts` that follow the first `skip` characters, so many that they have `characters`.

    At their end they begin again.
    """
    found: list[str] = []
    passed, at = 0, 0
    while texts and passed < skip + characters:
        text = texts[at % len(texts)]
        if passed >= skip:
            found.append(text)
        passed, at = passed + len(text), at + 1
    return found


def lessons(
    texts: Sequence[str], terms: Sequence[str], each: int, characters: int, seed: int
) -> list[str]:
    """Return texts of `characters` to train on: each term in `each` of them or all there are, then any.

    Where there is no room for so many, all terms stand in about as many. The order is drawn with `seed`.
    """
    order = drawn(texts, seed)
    dealt = _dealt(order, terms, each)
    rest = (text for text in order if text not in dealt)
    return drawn(first([*dealt, *rest], characters), seed + 1)


def _dealt(order: Sequence[str], terms: Sequence[str], each: int) -> dict[str, None]:
    """Return texts with terms in the order in which they are chosen: the rarest one so far comes next."""
    wanted = patterns(terms)
    held = {text: [t for t, one in wanted.items() if one.search(text)] for text in order}
    waiting = {term: iter([text for text in order if term in held[text]]) for term in wanted}
    counts = dict.fromkeys(wanted, 0)
    dealt: dict[str, None] = {}
    while waiting:
        term = min(waiting, key=counts.__getitem__)
        text = next((text for text in waiting[term] if text not in dealt), None)
        if text is None or counts[term] >= each:
            del waiting[term]
            continue
        dealt[text] = None
        for own in held[text]:
            counts[own] += 1
    return dealt


def patterns(terms: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Return term → pattern that finds it as a word, in the plural too, whatever its case."""
    return {term: re.compile(rf"(?i)(?<!\w){re.escape(term)}s?(?!\w)") for term in terms}
