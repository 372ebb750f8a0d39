"""Statements that a sheet does not support, made of right ones: its fact taken out, or its condition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from samovar.marketing.checks.judge import TextVectors
from samovar.marketing.facts.brief import Brief
from samovar.marketing.facts.conditions import Condition
from samovar.marketing.facts.reading import Sheet
from training.adverts.corpus import Statement

NEAR = 0.88
"""Cosine from which on a fact may be what a statement says: greetings and calls to act lie below."""
ALONE = 0.04
"""By how much the nearest fact must lead, to be the only one that a statement rests on: of forty statements
that were read at that lead, none rested on another one."""
BOUND = re.compile(
    r"(?<!\w)(?:up to|at most|at least|from|до|от|не более|не менее) (?=[\d€$£₽])", re.IGNORECASE
)
BESIDE = re.compile(r"(?:\d|доход\w+|go(?:es)?|reach\w*|час\w*) $|(?:from|от|с|со|between) \S+ $")
"""What stands before the word of a range, "9 to 21", or before one that its verb needs."""
RANGE = re.compile(r"\S+ (?:\S+ )?(?:to|and|до) \d")
LEADING = re.compile(r"^[\s,;:–—-]+")
CERTAIN = re.compile(
    r"(?:per|within|excluding|in \w+ mode|on the|with the|at (?:one|two)|при|без|за|в режиме|по) ",
    re.IGNORECASE,
)
"""Beginnings of conditions without which a fact is told wrongly, whatever stands around it."""
FEW = 5
"""Words of a condition at most: longer ones are more than a condition."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Hold a statement and its sheet without one fact."""

    statement: Statement
    sheet: Brief
    supported: bool
    """False where it was the statement's own fact."""


def taken_out(
    statements: Sequence[Statement], sheets: Mapping[str, Brief], encoder: TextVectors
) -> list[Rest]:
    """Return right statements behind their sheets without their own fact, and without another one.

    Only statements of which it is certain on which fact they rest.
    """
    told = {id: _said(sheet) for id, sheet in sheets.items()}
    texts = dict.fromkeys(text for one in statements for text in (one.text, *told[one.sheet]))
    vectors = dict(zip(texts, encoder.encode(list(texts), "symmetric"), strict=True))
    found = []
    for one in statements:
        near = np.array([vectors[fact] @ vectors[one.text] for fact in told[one.sheet]])
        order = np.argsort(-near)
        if len(order) < 3 or near[order[0]] < NEAR or near[order[0]] - near[order[1]] < ALONE:
            continue
        own, other = (told[one.sheet][order[at]] for at in (0, len(order) // 2))
        found.append(Rest(one, without(sheets[one.sheet], own), False))
        found.append(Rest(one, without(sheets[one.sheet], other), True))
    return found


def without(sheet: Brief, said: str) -> Brief:
    """Return `sheet` without a fact, a benefit or its price."""
    return replace(
        sheet,
        facts=tuple(fact for fact in sheet.facts if fact != said),
        benefits=tuple(one for one in sheet.benefits if one != said),
        price="" if sheet.price == said else sheet.price,
    )


def unconditioned(statement: Statement, sheet: Sheet) -> Statement | None:
    """Return a right statement without the condition of a fact that it repeats word by word; else None.

    Bounds count too: "up to 400 machines" becomes "400 machines".
    """
    text = statement.text
    places = [
        (match.start(), match.end()) for match in BOUND.finditer(text) if not _ranged(text, match)
    ]
    for condition in _binding(sheet):
        at = text.lower().find(condition.words.lower())
        if at >= 0:
            places.append((at, at + len(condition.words)))
    if not places:
        return None
    start, end = places[0]
    before, after = text[:start], text[end:]
    if before.rstrip().endswith(tuple("?!.…")) or not before.strip():
        after = LEADING.sub("", after)
        after = after[:1].upper() + after[1:]
    joined = before.rstrip(" ,") + ("" if after[:1] in tuple(",.;:!?") else " ") + after.lstrip()
    return replace(statement, text=joined.strip(), fault="lost_condition")


def _ranged(text: str, match: re.Match[str]) -> bool:
    """Tell whether a bound is one end of a range, or a word that its verb needs."""
    return bool(BESIDE.search(text[: match.start()]) or RANGE.match(text, match.end()))


def _binding(sheet: Sheet) -> list[Condition]:
    """Return the conditions without which a fact is told wrongly, the longest first."""
    found = [
        one
        for fact in sheet.facts
        for one in fact.conditions
        if one.stems
        and len(one.words.split()) <= FEW
        and (fact.price or one.strict or (one.binding and CERTAIN.match(one.words)))
    ]
    return sorted(found, key=lambda one: -len(one.words))


def _said(sheet: Brief) -> list[str]:
    return [part for part in (*sheet.facts, *sheet.benefits, sheet.price) if part]
