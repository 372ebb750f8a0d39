"""Texts as pairs of sheet and text; all texts of some sheets are held out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from samovar.marketing import plan
from samovar.marketing.facts.brief import Brief
from samovar.marketing.texts import Ad
from training.lessons.chat.examples import Pair
from training.lessons.marketing.prompts import source

HELD_OUT = 0.08
"""Share of the sheets of a language whose texts validate."""
OWN, DRAFTED = "samovar", "marketing_drafts"
"""Origins: written for this project, or drafted by a model."""


def held_out(ads: Sequence[Ad]) -> frozenset[str]:
    """Return the sheets whose texts validate, chosen by hash, so that further sheets move few."""
    ids = sorted({ad.sheet for ad in ads}, key=_hash)
    return frozenset(ids[: max(1, round(HELD_OUT * len(ids)))])


def pair(ad: Ad, sheets: Mapping[str, Brief], origin: str) -> Pair:
    """Return the pair of a text and the part of its sheet that it tells."""
    sheet = plan.told(sheets[ad.sheet], ad.text)
    return Pair(source(sheet, ad.channel, ad.tone), ad.text, ad.language, origin)


def written(pairs: Sequence[Pair]) -> str:
    """Return the pairs as JSON Lines."""
    lines = []
    for one in pairs:
        row = {name: value for name, value in asdict(one).items() if value != ()}
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    return "".join(lines)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
