"""Requests in pairs whose label follows from how they were made.

The labelled sets hold statements, and the validator asks about requests. Another value in a slot, or
another intent, does not follow from a request; without its last detail it follows, but not the other
way round; turned round or forbidden it contradicts; in another order of its parts, or with another
verb for the same act, it stays the same. What only opens a request is left out here as in serving.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from samovar.paraphrase.analysis.analysis import GRAMMARS, opening
from samovar.paraphrase.validation.words import words
from samovar.phrases import Language
from training.corpora.commands import Command
from training.corpora.pair import Label, NliPair
from training.lessons.inference.request_verbs import OPPOSITES, SAME
from training.lessons.inference.templates import (
    ARTICLES,
    HOLE,
    PREPOSITIONS,
    Wording,
    open_slots,
    wording,
)

ORIGIN = "requests"
LEAST = 3
"""Words that must be left when a detail is taken away."""
LOOKED_AT = 300
"""Commands of other intents among which the one with the most common words is taken."""
DETAIL = re.compile(
    rf"^(\S+(?: \S+){{{LEAST - 1},}}) "
    rf"((?:{'|'.join(sorted(PREPOSITIONS - {'of', 'to', 'with', 'by'}))}) "
    rf"(?:(?:{'|'.join(sorted(ARTICLES))}) )?\{{\w+\}})[.?!]?$",
    re.I,
)
"""A template whose last words are a preposition and a value."""
NO_ORDER = GRAMMARS["en"].questions | frozenset(
    "is are was were am do does did has have had can could will would should may might i i'm i'd i'll "
    "my me we it it's the a an this that there you your he she they".split()
)
"""First words of questions and statements."""
OFTEN = 20
"""A first word of so many orders is a verb."""

Made = Iterable[tuple[str, str, Label]]


def english(commands: Sequence[Command], each: int, seed: int = 0) -> list[NliPair]:
    """Return at most `each` pairs of every way to make one, out of `commands`."""
    known = open_slots(commands)
    wordings = [filled for filled in (wording(command, known) for command in commands) if filled]
    ways: tuple[Callable[[random.Random], Made], ...] = (
        lambda draw: _other_values(wordings, draw),
        lambda draw: _details(wordings),
        lambda draw: _fronted(wordings),
        lambda draw: _turned(commands),
        lambda draw: _forbidden(commands),
        lambda draw: _reworded(commands),
        lambda draw: _other_verbs(commands, draw),
        lambda draw: _other_intents(commands, draw, each),
    )
    pairs = []
    for number, way in enumerate(ways):
        draw = random.Random(f"{seed}/{number}")
        made = [_english(source, target, label, draw) for source, target, label in way(draw)]
        pairs += _sample(made, each)
    return pairs


def _other_values(wordings: Sequence[Wording], draw: random.Random) -> Made:
    """Change one value of a slot, and nothing else."""
    values = defaultdict[tuple[str, str], list[str]](list)
    for worded in wordings:
        for name, value in worded.values:
            values[worded.command.origin, name].append(value)
    for worded in wordings:
        if worded.values:
            name, value = draw.choice(worded.values)
            other = draw.choice(values[worded.command.origin, name])
            if not set(words(other)) & set(words(value)):
                changed = worded.filled({**dict(worded.values), name: other})
                yield worded.command.text, changed, "not_entailment"


def _details(wordings: Sequence[Wording]) -> Made:
    """Leave the last detail out: it follows; the other way round it does not."""
    for at, (text, rest, _) in enumerate(_detailed(wordings)):
        yield (text, rest, "entailment") if at % 2 else (rest, text, "neutral")


def _fronted(wordings: Sequence[Wording]) -> Made:
    """Put the last detail in front."""
    for text, rest, detail in _detailed(wordings):
        yield text, f"{detail}, {rest}", "entailment"


def _detailed(wordings: Sequence[Wording]) -> Iterator[tuple[str, str, str]]:
    """Yield a command, its beginning, and the detail at its end."""
    for worded in wordings:
        if match := DETAIL.match(worded.template):
            values = dict(worded.values)
            rest, detail = (
                HOLE.sub(lambda hole, v=values: v[hole[1]], part) for part in match.groups()
            )
            yield worded.command.text, rest, detail


def _turned(commands: Sequence[Command]) -> Made:
    """Put the opposite in place of a word."""
    return ((one, two, "contradiction") for one, two in _replaced(commands, OPPOSITES, r"\b"))


def _reworded(commands: Sequence[Command]) -> Made:
    """Put another verb for the same act."""
    return ((one, two, "entailment") for one, two in _replaced(commands, SAME, "^"))


def _replaced(
    commands: Sequence[Command], table: Sequence[tuple[str, str]], place: str
) -> Iterator[tuple[str, str]]:
    both = [*table, *((two, one) for one, two in table)]
    for command in commands:
        said = message(command.text, "en").lower()
        for word, other in both:
            changed, count = re.subn(rf"{place}{word}\b", other, said)
            if count == 1:
                yield command.text, changed


def _forbidden(commands: Sequence[Command]) -> Made:
    for command, verb, rest in _orders(commands):
        yield command.text, f"don't {verb} {rest}", "contradiction"


def _other_verbs(commands: Sequence[Command], draw: random.Random) -> Made:
    """Begin an order with the verb of another intent's."""
    orders = _orders(commands)
    verbs = defaultdict[str, set[str]](set)
    for command, verb, _ in orders:
        verbs[command.intent].add(verb)
    for command, _, rest in orders:
        other = draw.choice(orders)[1]
        if other not in verbs[command.intent]:
            yield command.text, f"{other} {rest}", "not_entailment"


def _orders(commands: Sequence[Command]) -> list[tuple[Command, str, str]]:
    """Return what begins with a verb as (order, verb, rest), in lower case and without an opening."""
    asked = [(one, *message(one.text, "en").lower().partition(" ")) for one in commands]
    common = Counter(verb for _, verb, _, _ in asked if verb not in NO_ORDER)
    return [(one, verb, rest) for one, verb, _, rest in asked if rest and common[verb] >= OFTEN]


def _other_intents(commands: Sequence[Command], draw: random.Random, wanted: int) -> Made:
    """Take, of some commands with other intents, the one with the most words in common."""
    for command in draw.sample(commands, min(2 * wanted, len(commands))):
        own = set(words(command.text))
        others = [
            drawn
            for drawn in draw.sample(commands, min(LOOKED_AT, len(commands)))
            if drawn.origin == command.origin and drawn.intent != command.intent
        ]
        if others:
            near = max(
                others, key=lambda drawn: len(own & set(words(drawn.text))) / len(own | {""})
            )
            yield command.text, near.text, "not_entailment"


def _english(source: str, target: str, label: Label, draw: random.Random) -> NliPair:
    """Return the pair as serving asks about it; what holds both ways stands either way round."""
    first, second = said(source, "en"), said(target, "en")
    if label in {"contradiction", "not_entailment"} and draw.random() < 0.5:
        first, second = second, first
    return NliPair(first, second, label, "en", ORIGIN)


def said(text: str, language: Language) -> str:
    """Return what the entailment model is asked about: the text without its polite opening."""
    return message(text, language) or text


def message(text: str, language: Language) -> str:
    """Return `text` without its opening.

    >>> message("Could you please dim the lamp", "en")
    'dim the lamp'
    """
    return text[opening(text, GRAMMARS[language]) :]


def _sample(pairs: list[NliPair], most: int) -> list[NliPair]:
    """Choose by hash: further data changes few of them."""

    def order(pair: NliPair) -> str:
        return hashlib.sha256(f"{pair.premise}\t{pair.hypothesis}".encode()).hexdigest()

    return sorted(
        {pair for pair in pairs if pair.premise.lower() != pair.hypothesis.lower()}, key=order
    )[:most]
