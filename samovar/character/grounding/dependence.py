"""Tell which messages cannot be understood without what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samovar.records import Turn

LAST = 2
"""Turns of the talk that such a message is read together with: a question and its reply."""
SHORT = 5
"""Words up to which a question that opens like a continuation is one."""
POINTING = re.compile(
    r"\b(?:he|she|him|her|hers|his|they|them|their|it|its|that|this|those|these|there|then|one"
    r"|он|она|оно|они|его|её|ее|ему|ей|им|ими|нём|нем|ней|них|ним|нему|их|это|этот|эта|этого|этой"
    r"|эту|этом|тот|того|той|там|туда|тогда|оттуда)\b",
    re.IGNORECASE,
)
CONTINUING = re.compile(
    r"\s*(?:and|but|so|why|how|when|where|who|what|which|really|а|и|но|так|почему|зачем|отчего|как"
    r"|когда|где|куда|кто|что|чем|сколько|правда|ну)\b",
    re.IGNORECASE,
)


def context(message: str, history: Sequence[Turn]) -> str:
    """Return the last lines of the talk when `message` leans on them, else an empty text.

    >>> talk = (Turn("user", "Who is Kutner?"), Turn("assistant", "He worked for me."))
    >>> context("And who found him?", talk)
    'Who is Kutner? He worked for me.'
    >>> context("Where did Chase grow up as a child?", talk)
    ''
    """
    leans = POINTING.search(message) or (
        CONTINUING.match(message) and len(message.split()) <= SHORT
    )
    return " ".join(turn.text for turn in history[-LAST:]) if leans else ""
