"""What two requests differ in, as far as frames can tell; only literals and quantities are certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from samovar.paraphrase.analysis.analysis import GRAMMARS
from samovar.paraphrase.analysis.certain import (
    exchanged_quantities,
    literal_differences,
    quantity_differences,
    swapped_literals,
)
from samovar.paraphrase.analysis.difference import Difference
from samovar.paraphrase.analysis.places import Place, alike, orders, places, sided, single
from samovar.paraphrase.analysis.request import Frame, Request

TIMES = frozenset({"before", "after", "until", "до", "после", "перед"})
OTHERS = frozenset({"he", "she", "they", "you"})
"""Owners that no article stands for."""
ASKING = frozenset({"command", "wish", "advice"})
"""Acts that ask for something to be done."""
EXCLUDING = frozenset({"only", "except"})


def differences(old: Request, new: Request) -> tuple[Difference, ...]:
    """Return in what carrying out `new` would differ from carrying out `old`, the certain first.

    Both are of one language. What is not certain is evidence: a reason to show, not a verdict.
    """
    found: dict[Difference, None] = {}
    for rule in RULES:
        found |= dict.fromkeys(rule(old, new))
    return tuple(found)


def _literals(old: Request, new: Request) -> Iterator[Difference]:
    texts = old.text, new.text
    yield from literal_differences(old.literals, new.literals, texts)
    yield from swapped_literals(
        old.literals, new.literals, texts, GRAMMARS[old.language].prepositions
    )


def _quantities(old: Request, new: Request) -> Iterator[Difference]:
    notation = GRAMMARS[old.language].notation
    turns = [len(re.findall(notation.negating, one.text.lower())) for one in (old, new)]
    limited = bool(re.search(notation.limiting, new.text.lower()))
    yield from quantity_differences(old.quantities, new.quantities, turns[0] != turns[1], limited)
    yield from exchanged_quantities(old.quantities, new.quantities)


def _names(old: Request, new: Request) -> Iterator[Difference]:
    gone = [name for name in old.names if not _said(name, new)]
    come = [name for name in new.names if not _said(name, old)]
    for number in range(max(len(gone), len(come))):
        yield Difference(
            "name", *(part[number] if number < len(part) else "" for part in (gone, come))
        )


def _said(lemma: str, request: Request) -> bool:
    low = request.text.lower()
    start = max(3, len(lemma) - 2)
    return any(token.lemma == lemma or token.lower == lemma for token in request.tokens) or (
        len(lemma) > 3 and lemma[:start] in low
    )


def _roles(old: Request, new: Request) -> Iterator[Difference]:
    """Yield the words that the same predicates take in other roles, or other predicates take."""
    before, after = places(old), places(new)
    shared = {f.predicate for f in old.frames} & {f.predicate for f in new.frames}
    opposites = GRAMMARS[old.language].opposites
    for lemma in before:
        here, there = (
            [p for p in found.get(lemma, ()) if p.predicate in shared] for found in (before, after)
        )
        if not here or not there or any(alike(one, other) for one in here for other in there):
            continue
        one, other = here[0], there[0]
        if one.predicate != other.predicate:
            yield Difference("clauses", one.said, other.said, word=lemma)
        elif _opposed(one.role, other.role, opposites):
            kind = "order" if {one.role, other.role} & TIMES else "direction"
            yield Difference(kind, f"{one.role} {lemma}", f"{other.role} {lemma}")
        elif one.argument.kind != "time":
            yield Difference("roles", one.said, other.said, word=lemma)


def _opposed(one: str, other: str, opposites: object) -> bool:
    pairs = opposites if isinstance(opposites, dict) else {}
    return pairs.get(one) == other or pairs.get(other) == one


def _particles(old: Request, new: Request) -> Iterator[Difference]:
    """Yield "turn on" for "turn off"."""
    opposites = GRAMMARS[old.language].opposites
    for frame in old.frames:
        for other in new.frames:
            verb, _, particle = frame.predicate.partition(" ")
            same, _, turned = other.predicate.partition(" ")
            if verb == same and _opposed(particle, turned, opposites) and particle:
                yield Difference("direction", frame.predicate, other.predicate)


def _modifiers(old: Request, new: Request) -> Iterator[Difference]:
    """Yield the adjectives that another noun has: "large pizza, small salad"."""
    before, after = places(old), places(new)
    nouns = set(before) & set(after)
    for one, other in combinations(sorted(nouns), 2):
        for first, second in ((one, other), (other, one)):
            has, had = _described(after[second]), _described(before[first])
            moved = (had & has) - _described(before[second]) - _described(after[first])
            for word in sorted(moved):
                yield Difference("clauses", first, second, word=word)


def _described(listed: list[Place]) -> frozenset[str]:
    words = (place.argument.modifiers for place in listed)
    return frozenset(word for group in words for word in group if word.isalpha())


def _conditions(old: Request, new: Request) -> Iterator[Difference]:
    before = {frame.predicate: says for _, frame, says in sided(old)}
    after = {frame.predicate: says for _, frame, says in sided(new)}
    for predicate in before.keys() & after.keys():
        says, said = before[predicate], after[predicate]
        if says != said:
            kind = "order" if {says, said} == {"before", "after"} else "condition"
            yield Difference(kind, f"{says} {predicate}", f"{said} {predicate}")
    mains = {frame.predicate for frame in new.frames} - after.keys()
    ours = {frame.predicate for frame in old.frames} - before.keys()
    for predicate in before.keys() & mains:
        for other in sorted(after.keys() & ours):
            if before[predicate] == after[other] and before[predicate] not in TIMES:
                yield Difference(
                    "condition", f"{before[predicate]} {predicate}", f"{after[other]} {other}"
                )
    told, tells = orders(old), orders(new)
    for first, second in told:
        if (second, first) in tells:
            yield Difference("order", f"{first}, {second}", f"{second}, {first}")


def _polarity(old: Request, new: Request) -> Iterator[Difference]:
    before, after = _plain(old), _plain(new)
    for predicate in before.keys() & after.keys():
        if before[predicate].negated != after[predicate].negated:
            signs = ("not " if one.negated else "" for one in (before[predicate], after[predicate]))
            yield Difference("polarity", *(f"{sign}{predicate}" for sign in signs))


def _plain(request: Request) -> dict[str, Frame]:
    """Return the frames of main clauses by predicate, without those that stand twice or exclude something."""
    excluded = {frame.predicate for _, frame, _ in sided(request)}
    counts: dict[str, list[Frame]] = {}
    for frame in request.frames:
        counts.setdefault(frame.predicate, []).append(frame)
    turning = (
        any(says in ("unless", "until") for _, _, says in sided(request))
        or request.quantifiers & EXCLUDING
    )
    if turning:
        return {}
    return {
        name: group[0] for name, group in counts.items() if len(group) == 1 and name not in excluded
    }


def _arguments(old: Request, new: Request) -> Iterator[Difference]:
    """Yield owners and numbers of nouns that stand once in both texts."""
    before, after = places(old), places(new)
    for lemma in before.keys() & after.keys():
        one, other = single(before, lemma), single(after, lemma)
        if not one or not other:
            continue
        mine, yours = one.argument.owner, other.argument.owner
        if mine != yours and "own" not in (mine, yours) and {mine, yours} != {"me", "us"}:
            if (mine and yours) or {mine, yours} & OTHERS:
                yield Difference("owner", f"{mine} {lemma}".strip(), f"{yours} {lemma}".strip())
        numbers = one.argument.number, other.argument.number
        counted = one.argument.modifiers | other.argument.modifiers
        quantified = one.argument.quantifier or other.argument.quantifier
        if (
            set(numbers) == {"sing", "plur"}
            and not quantified
            and not any(w.isdigit() for w in counted)
        ):
            tokens = old.tokens[one.argument.token], new.tokens[other.argument.token]
            if old.quantities == new.quantities == () or not any(
                q.noun == lemma for q in old.quantities
            ):
                yield Difference("plural", *(token.lower for token in tokens))


def _quantifiers(old: Request, new: Request) -> Iterator[Difference]:
    mine, yours = old.quantifiers & EXCLUDING, new.quantifiers & EXCLUDING
    hedged = [
        any(s in ("unless", "until") for _, _, s in sided(one)) or one.negations
        for one in (old, new)
    ]
    if mine and not yours and not hedged[1]:
        yield Difference("quantifier", sorted(mine)[0], "")
    if yours and not mine and not hedged[0]:
        yield Difference("quantifier", "", sorted(yours)[0])


def _choices(old: Request, new: Request) -> Iterator[Difference]:
    """Yield "and" for "or" between words that stand in both texts."""
    joins = [
        {a.lemma: a.joined for f in one.frames for a in f.arguments if a.joined}
        for one in (old, new)
    ]
    said = [{a.lemma for f in one.frames for a in f.arguments} for one in (old, new)]
    for lemma in said[0] & said[1]:
        pair = joins[0].get(lemma, ""), joins[1].get(lemma, "")
        if set(pair) == {"or", "and"}:
            yield Difference("choice", *pair)


def _acts(old: Request, new: Request) -> Iterator[Difference]:
    alike = old.act == new.act or {old.act, new.act} <= ASKING
    if not alike and old.act != "statement":
        yield Difference("act", old.act, new.act)


def _words(old: Request, new: Request) -> Iterator[Difference]:
    """Yield what is gone where nothing is new, and what is new where nothing is gone."""
    mine, yours = _content(old), _content(new)
    if yours < mine:
        yield Difference("lost", ", ".join(w for w in mine if w not in yours), "")
    if mine < yours:
        yield Difference("added", "", ", ".join(w for w in yours if w not in mine))


def _content(request: Request) -> set[str]:
    closed = GRAMMARS[request.language].closed
    kinds = ("NOUN", "PROPN", "VERB", "ADJ", "ADV")
    return {t.lemma for t in request.core if t.pos in kinds and t.lemma not in closed}


RULES: tuple[Callable[[Request, Request], Iterator[Difference]], ...] = (
    _literals,
    _quantities,
    _names,
    _roles,
    _particles,
    _modifiers,
    _conditions,
    _polarity,
    _arguments,
    _quantifiers,
    _choices,
    _acts,
    _words,
)
