"""One style per pair: commands typed without care get the same care on both sides."""

from __future__ import annotations

import hashlib
import re

from samovar.paraphrase.act import Act, act

BARE = 25
"""Per cent of the pairs that stay as typed: lower case, no sign at the end."""
REPAIRS = (
    (re.compile(r"(?<!\w)i(?=(?:['’](?:m|d|ll|ve))?(?!\w|['’.]\w))"), "I"),
    (re.compile(r"(?<!\w)[iI](d(?= (?:like|love|want|prefer|rather)\b)|(?:m|ve)\b)"), r"I'\1"),
    (re.compile(r"\b(what|where|when|who|how|that|there)s (?=the|my|an?|on|in|going|it)\b", re.I), r"\1's "),
    (re.compile(r"\b(don|doesn|didn|isn|aren|won|wasn|couldn|haven|hasn)t\b", re.I), r"\1't"),
    (re.compile(r"\bcant\b", re.I), "can't"),
    (
        re.compile(
            r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|april|june|july"
            r"|august|september|october|november|december)\b"
        ),
        None,
    ),
)  # fmt: skip
"""What careful typing would have been; None: a capital letter."""
TELLING = re.compile(r"^(?:please )?(?:tell|let|show|check|say|find|give|i)\b", re.I)
POLITE = re.compile(
    r"^(?:please |hey |hi |ok |okay )*(?:can|could|will|would|do) (?:you|i|we)\b", re.I
)
SIGNS = (".", "?", "!")
END = re.compile(r"[.?!…,;:\s]+$")


def styled(source: str, target: str) -> tuple[str, str]:
    """Return two English commands in one style; a hash of the unordered pair decides which.

    >>> styled("whats my balance", "how much do i have")
    ("What's my balance?", 'How much do I have?')
    """
    key = "\n".join(sorted((source.lower(), target.lower())))
    if hashlib.sha256(key.encode()).digest()[0] * 100 < BARE * 256:
        return _bare(source), _bare(target)
    return careful(source), careful(target)


def careful(text: str) -> str:
    """Return an English text with the capitals, apostrophes and the last sign of careful typing."""
    for pattern, replacement in REPAIRS:
        if replacement is None:
            text = pattern.sub(lambda match: match.group().capitalize(), text)
        else:
            text = pattern.sub(replacement, text)
    text = text[:1].upper() + text[1:]
    if text.endswith(SIGNS):
        return text
    asks = POLITE.search(text) or (act(text, "en") is Act.QUESTION and not TELLING.search(text))
    return END.sub("", text) + ("?" if asks else ".")


def _bare(text: str) -> str:
    return END.sub("", text).lower()
