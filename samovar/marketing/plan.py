"""What one text is to say: a part of the sheet, another one for each draft.

A model that is to write from a whole sheet mixes its properties up and says all of them; given three of
them it writes about three. So the code chooses, the model words it, and drafts differ by what they say.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from samovar.marketing.facts.brief import Brief
from samovar.marketing.facts.words import stems

DIGITS = re.compile(r"\d+")
GROUPED = re.compile(r"(?<=\d)[\u00a0\u202f ,](?=\d{3}(?!\d))")
SAID = 0.4
"""Share of a property's stems from which a text counts as telling it."""
SAID_WITH_NUMBER = 0.25
"""The same where the text also has a number of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Say how much of a sheet a text of one channel tells: a draft takes one number of each."""

    facts: Sequence[int]
    benefits: Sequence[int]
    price: float
    """Share of the drafts that tell the price."""


PARTS: Mapping[str, Part] = {
    "post": Part((2, 3), (1,), 0.4),
    "email": Part((3, 4), (1, 2), 1.0),
    "banner": Part((1, 2), (0, 1), 0.5),
    "sms": Part((1, 2), (0, 1), 0.6),
    "landing": Part((4, 5), (2,), 1.0),
    "slogan": Part((0, 1), (1,), 0.0),
    "ad": Part((1, 2), (1,), 0.4),
}
"""Channel → what its texts tell; the numbers are those of the texts to learn from."""


def part(brief: Brief, channel: str, seed: int) -> Brief:
    """Return the part of `brief` that a draft tells, the same for the same `seed`.

    What the sheet forbids is not among it: a text is checked against that, and a prompt that names it
    suggests it.
    """
    rng, wanted = random.Random(f"{seed} {brief.name}"), PARTS[channel]
    benefits = _chosen(rng, brief.benefits, rng.choice(wanted.benefits))
    missing = 1 if not brief.benefits else 0
    facts = _chosen(rng, brief.facts, rng.choice(wanted.facts) + missing)
    price = brief.price if rng.random() < wanted.price else ""
    return replace(brief, facts=facts, benefits=benefits, price=price, forbidden=())


def told(brief: Brief, text: str) -> Brief:
    """Return the part of `brief` that `text` tells; all benefits where it tells nothing."""
    facts = tuple(one for one in brief.facts if _tells(text, one))
    benefits = tuple(one for one in brief.benefits if _tells(text, one))
    price = brief.price if brief.price and _tells(text, brief.price) else ""
    if not facts and not benefits:
        benefits = brief.benefits
    return replace(brief, facts=facts, benefits=benefits, price=price, forbidden=())


def _chosen(rng: random.Random, parts: Sequence[str], n: int) -> tuple[str, ...]:
    """Return `n` of `parts` in their order."""
    at = sorted(rng.sample(range(len(parts)), min(n, len(parts))))
    return tuple(parts[one] for one in at)


def _tells(text: str, said: str) -> bool:
    words = set(stems(said))
    share = len(words & set(stems(text))) / max(len(words), 1)
    return share >= SAID or (share >= SAID_WITH_NUMBER and bool(_digits(text) & _digits(said)))


def _digits(text: str) -> set[str]:
    return set(DIGITS.findall(GROUPED.sub("", text)))
