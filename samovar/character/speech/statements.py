"""Split a reply into the statements that it makes."""

from __future__ import annotations

import re
from itertools import pairwise

END = re.compile(r"[.!?…]+[\"'”’»)]*(?=\s|$)")
TITLE_DOT = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|Lt|Cmdr|vs|[A-Z])\.$")
JOINT = re.compile(
    r";\s+|\s[—–]\s|:\s+|,\s+(?:and|but|so|а|но|и)\s+(?=(?:I|he|she|it|they|we|my|his|her|я|он|она|они|мы"
    r"|у|мой|моя|мне|меня|его|её)\b)",
    re.IGNORECASE,
)
"""Where one statement ends and the next begins within a sentence."""
WORD = re.compile(r"\w+(?:['’-]\w+)*")
LEAST = 3
"""Words of a statement."""
ORDER = re.compile(
    r"(?:please|go|get|take|tell|ask|try|stop|shut|leave|come|look|listen|read|let|don['’]t|do not|next"
    r"|иди|идите|спроси|спросите|скажи|скажите|попробуй|попробуйте|не \w+(?:й|йте|ите|и)"
    r"|хватит|уйдите|отстань|отстаньте|следующий|следующая)\b",
    re.IGNORECASE,
)
"""How an order begins: it asserts nothing."""


def ends(text: str) -> list[int]:
    """Return where the whole sentences of `text` end.

    >>> ends("Ask Dr. Wilson. He is ni")
    [15]
    """
    found = [match.end() for match in END.finditer(text)]
    return [end for end in found if not TITLE_DOT.search(text[:end])]


def statements(reply: str) -> list[str]:
    """Return what `reply` asserts, a clause each; questions, orders and exclamations are left out.

    >>> statements("Really? I limp on the right leg, and my cane is a Honda. Go away!")
    ['I limp on the right leg', 'my cane is a Honda.']
    """
    stops = [0, *ends(reply), len(reply)]
    sentences = [reply[a:b].strip() for a, b in pairwise(stops)]
    clauses = [clause for one in sentences if not _asks(one) for clause in _clauses(one)]
    return [clause for clause in clauses if not ORDER.match(clause)]


def _asks(sentence: str) -> bool:
    return sentence.rstrip("\"'”’»)").endswith("?")


def _clauses(sentence: str) -> list[str]:
    """Return the parts that can stand alone; a sentence with a part too short stays whole."""
    parts = [part.strip() for part in JOINT.split(sentence) if part and part.strip()]
    long = all(len(WORD.findall(part)) >= LEAST for part in parts)
    return [one for one in (parts if long else [sentence]) if len(WORD.findall(one)) >= LEAST]
