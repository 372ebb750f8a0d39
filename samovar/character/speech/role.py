"""Tell a line that is not the character's: of a model, of a help desk, or one that was said before."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import LCSseq

WORD = re.compile(r"[^\W_]+")
SAME = 0.85
"""Share of a line's words that stand in another one, in their order, from which on it counts as said."""
LEAST = 4
"""Words of a line that may count as said again: "Good night" is answered by "Good night"."""
OF_ITSELF = (
    r"language model|computer program|as an? (?:[\w-]+ )?ai\b|an ai (?:assistant|model)"
    r"|i(?:'m| am) an ai\b|virtual assistant|chatbot|openai|alibaba|qwen"
    r"|языков\w+ модел\w+|искусственн\w+ интеллект\w*|компьютерн\w+ программ\w+"
    r"|виртуальн\w+ помощник\w*|нейросет\w+"
)
"""What a model says of itself."""
OF_SERVICE = (
    r"(?:unable|not able) to (?:provide|assist|help)|(?:can't|cannot|can not) (?:assist|help) (?:you )?with"
    r"|sorry,? but i (?:can't|cannot|can not|am unable|am not able|don't have)"
    r"|(?:can|may) i (?:help|assist) you|feel free to|let me know if|(?:anything|something) else i can"
    r"|(?:happy|glad|here|designed) to (?:help|assist)|glad i could help"
    r"|(?:more|further|additional) (?:details|information|context)\b"
    r"|(?:извините|простите|к сожалению),? (?:но )?я не (?:могу|в состоянии|имею)|не стесняйтесь"
    r"|(?:чем|как) (?:я )?(?:могу|можем) (?:вам |тебе )?(?:помочь|быть полезен)"
    r"|если (?:у (?:вас|тебя) )?(?:есть|возникнут|появятся) (?:\w+ )?вопрос\w*|рад\w*,? что (?:вы|ты) здесь"
    r"|(?:буду|всегда) рад\w* (?:вам |тебе )?помочь"
    r"|(?:больше|дополнительн\w+) (?:информаци\w+|подробност\w+|сведени\w+)"
    r"|я просто помогу"
)
"""What a help desk says."""
OUT_OF_ROLE = re.compile(rf"\b(?:{OF_ITSELF}|{OF_SERVICE})", re.IGNORECASE)


def strange(text: str, said: Iterable[str]) -> bool:
    """Tell whether `text` leaves the role, or says again one of the lines that were `said` before it.

    >>> strange("I'm sorry, but I can't assist with that.", [])
    True
    >>> strange("Everybody lies, and you lie badly.", ["Why does everybody lie to you?"])
    False
    """
    return bool(OUT_OF_ROLE.search(text.replace("’", "'"))) or again(text, said)


def again(text: str, said: Iterable[str]) -> bool:
    """Tell whether `text` is one of the lines that were `said`, or a part of one, but for a word.

    >>> again("Good evening, doctor. May I sit down?", ["good evening doctor, may I sit down"])
    True
    >>> again("Take care of yourself.", ["Good night, House. Take care of yourself."])
    True
    """
    words = _words(text)
    if len(words) < LEAST:
        return False
    return any(LCSseq.similarity(words, _words(one)) >= SAME * len(words) for one in said)


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())
