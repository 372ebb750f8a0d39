"""The channels and tones that a visitor chooses from."""

from __future__ import annotations

from collections.abc import Mapping

from samovar.marketing.facts.brief import CHANNELS, TONES
from samovar.phrases import Phrase

TITLES: Mapping[str, Phrase] = {
    "post": CHANNELS["post"].title,
    "email": CHANNELS["email"].title,
    "banner": Phrase("banner", "баннер"),
    "sms": Phrase("text message", "СМС"),
    "landing": CHANNELS["landing"].title,
    "slogan": CHANNELS["slogan"].title,
    "ad": CHANNELS["ad"].title,
}
"""Channel → its name on the page; each has a form in checks/forms.py."""
ALL = "all"
VOICES: Mapping[str, Phrase] = {**TONES, ALL: Phrase("every tone", "все тона по очереди")}
"""Tone → its name on the page; ALL shows variants by tone."""


def tones(tone: str, n: int) -> tuple[str, ...]:
    """Return the tone of each of `n` texts; ALL gives at least one text of each tone.

    >>> tones("bold", 2)
    ('bold', 'bold')
    """
    if tone != ALL:
        return (tone,) * n
    names = tuple(TONES)
    return tuple(names[at % len(names)] for at in range(max(n, len(names))))
