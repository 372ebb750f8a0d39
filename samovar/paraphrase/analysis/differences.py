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
from samovar.paraphrase.analysis.difference import Difference, Kind
from samovar.paraphrase.analysis.places import Place, alike, orders, places, sided, single
from samovar.paraphrase.analysis.request import Frame, Request

TIMES = frozenset({"before", "after", "until", "до", "после", "перед"})
OWNERS = {"me": "me", "us": "me", "you": "you", "own": "own"}
"""Owner → person; all others are third persons."""
OTHERS = frozenset({"they", "you"})
"""Owners that no article stands for."""
WHO = frozenset({"person", "place", "pronoun", "name"})
"""Kinds of arguments whose role matters by itself."""
FILLERS = frozenset({"one", "part", "thing"})
LIGHT = frozenset({"be", "have", "get", "быть", "мочь"})
"""Verbs that say little of what stands beside them."""
NEAR = 0.6
"""Share of the new words that stand in the old text, from which one is a copy with small changes."""
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
    turned = turns[0] != turns[1]
    for one in quantity_differences(old.quantities, new.quantities, turned, limited):
        if (
            one.certain
            or (one.old and not turned and not limited)
            or (not one.old and _near(old, new))
        ):
            yield one
    yield from exchanged_quantities(old.quantities, new.quantities)


def _names(old: Request, new: Request) -> Iterator[Difference]:
    gone = [name for name in old.names if not _said(name, new)]
    come = [name for name in new.names if not _said(name, old)]
    for number, name in enumerate(gone):
        yield Difference("name", name, come[number] if number < len(come) else "")


def _said(name: str, request: Request) -> bool:
    """Tell whether a name stands in a request, in a short form too: Федя, Фёдор."""
    words = {token.lemma for token in request.tokens} | {token.lower for token in request.tokens}
    return any(
        word == name or (word in request.names and word[:3] == name[:3]) for word in words
    ) or (len(name) > 4 and name[:-2] in request.text.lower())


def _roles(old: Request, new: Request) -> Iterator[Difference]:
    """Yield the words that the same predicates take in other roles, or other predicates take.

    A thing that only changes its role may be said otherwise ("lock the door", "the door locks"): it
    counts where it stands now where another one stood.
    """
    before, after = places(old), places(new)
    shared = {f.predicate for f in old.frames} & {f.predicate for f in new.frames} - LIGHT
    opposites = GRAMMARS[old.language].opposites
    for lemma in before:
        here, there = (
            [p for p in found.get(lemma, ()) if p.predicate in shared] for found in (before, after)
        )
        if not here or not there or any(alike(one, other) for one in here for other in there):
            continue
        one, other = here[0], there[0]
        taken = any(
            alike(p, other) for name, group in before.items() if name != lemma for p in group
        )
        if one.predicate != other.predicate:
            if one.argument.kind != "time":
                yield Difference("clauses", one.said, other.said, word=lemma)
        elif _opposed(one.role, other.role, opposites):
            kind: Kind = "order" if {one.role, other.role} & TIMES else "direction"
            yield Difference(kind, f"{one.role} {lemma}", f"{other.role} {lemma}")
        elif taken or one.argument.kind in WHO:
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
    nouns = set(before) & set(after) - FILLERS
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
            kind: Kind = "order" if {says, said} == {"before", "after"} else "condition"
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
            forbidden = f"not {predicate}"
            words = (forbidden, predicate) if before[predicate].negated else (predicate, forbidden)
            yield Difference("polarity", words[0], words[1])


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
    before, after, near = places(old), places(new), _near(old, new)
    for lemma in [lemma for lemma in before if lemma in after]:
        one, other = single(before, lemma), single(after, lemma)
        if not one or not other:
            continue
        mine, yours = (
            OWNERS.get(p.argument.owner, "they" if p.argument.owner else "") for p in (one, other)
        )
        if (
            mine != yours
            and "own" not in (mine, yours)
            and ((mine and yours) or (near and {mine, yours} & OTHERS))
        ):
            words = [f"{p.argument.owner} {lemma}".strip() for p in (one, other)]
            yield Difference("owner", words[0], words[1])
        numbers = {one.argument.number, other.argument.number}
        counted = any(q.noun == lemma for q in (*old.quantities, *new.quantities))
        quantified = one.argument.quantifier or other.argument.quantifier
        if near and numbers == {"sing", "plur"} and not quantified and not counted:
            tokens = old.tokens[one.argument.token], new.tokens[other.argument.token]
            yield Difference("plural", tokens[0].lower, tokens[1].lower)


def _near(old: Request, new: Request) -> bool:
    """Tell whether `new` is a copy with small changes: a lost word says more than in a free rewording."""
    mine, yours = _content(old), _content(new)
    return len(mine & yours) >= NEAR * len(yours)


def _quantifiers(old: Request, new: Request) -> Iterator[Difference]:
    if not _near(old, new):
        return
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
    """Yield where one side tells what was done or promises to do it, and the other does not."""
    if old.act != new.act and (_told(old) or _told(new)):
        yield Difference("act", old.act, new.act)


def _told(request: Request) -> bool:
    """Tell whether the main verb of a statement is in the past, or the text promises."""
    roots = [clause.token for clause in request.clauses if clause.kind == "main"]
    past = any(request.tokens[root].features.get("Tense") == "Past" for root in roots)
    finite = any(request.tokens[root].features.get("VerbForm") == "Fin" for root in roots)
    return request.act == "promise" or (request.act == "statement" and past and finite)


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
