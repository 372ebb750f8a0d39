"""Who does what for whom in an English request: who is told, when, and who is to have something."""

from __future__ import annotations

import re
from itertools import pairwise

from samovar.paraphrase.act import Act, act
from samovar.paraphrase.words import WORD, words
from samovar.phrases import Language

TELLING = frozenset("remind tell ask let call text warn teach notify inform".split())
"""Verbs whose first object is who hears something: "remind Ann" is not "remind me"."""
GIVING = TELLING | {"show", "give", "send"}
NAMED = re.compile(r"[A-Z]\S*|my|our|your|his|her|their|him|them|us|everyone|everybody")
"""First word of a person: whom a verb of telling is followed by, and not by what is told."""
NOTICE = re.compile(
    r"^(?:please )?(?:tell|warn|alert|notify|ping|remind|let) (?:me|us)(?: know)? (?:when|once|as soon as)\b"
    r"(?!.*\b(?:am|is|are|was|were|will|would|did|does|do|has|have|had|can|could|should|to)\b)",
    re.I,
)
"""Asks for word when something happens; with an auxiliary it asks for the time."""
NOTIFIED = re.compile(
    r"\b(?:tell|telling|let|letting|warn|warning|alert|alerting|notify|notifying|notified|ping|pinging"
    r"|remind|reminding|inform|informing|message|reminder|notification)\b|\b(?:like|want|need) to know\b",
    re.I,
)
HAVE = re.compile(
    r"\b(?:could|can|would|will|do|want|like|need) you(?: please| to)? have\b"
    r"(?!.*\b\w+(?:ed|ent|ought|one)\b)",
    re.I,
)
"""Offers a thing to whoever is asked; "have it sent" does not."""


def misdirected(original: str, text: str, language: Language) -> str:
    """Return what `text` does for another person than `original`, or at another time, or nothing.

    >>> misdirected("remind Ann to lock up", "Go ahead and give me a reminder to lock up for Ann.", "en")
    'give me'
    >>> misdirected("tell me when the soup boils", "Do you know when the soup boils?", "en")
    'nobody is told when'
    >>> misdirected("I'd like the soup", "Could you have the soup?", "en")
    'you have'
    """
    if language != "en":
        return ""
    kind, old, new = act(original, language), words(original), words(text)
    if kind is Act.COMMAND and "me" not in old and any(map(NAMED.fullmatch, _told(original))):
        told = [verb for verb, who in pairwise(new) if who == "me" and verb in GIVING]
        if told:
            return f"{told[0]} me"
    if NOTICE.search(original) and not NOTIFIED.search(text):
        return "nobody is told when"
    if kind is Act.WISH and HAVE.search(text) and not HAVE.search(original):
        return "you have"
    return ""


def _told(text: str) -> list[str]:
    """Return the word behind each verb of telling, as it is written."""
    listed = WORD.findall(text)
    return [who for verb, who in pairwise(listed) if verb.lower() in TELLING]
