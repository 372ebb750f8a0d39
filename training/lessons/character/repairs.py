"""Put right what the makers of a transcript damaged: wrong letters, and names written into words.

The source of House M.D. was read in the wrong encoding, and the names of some speakers were put in place
of the same letters anywhere: "chi" became "Park", "problem" "pRoblem", "a patient" "a Patient".
"""

from __future__ import annotations

import re
from collections.abc import Callable

LOST = "\ufffd"
FOREIGN = re.compile(r"[^\x00-\x7f]+")
QUOTE_OF_TWO = re.compile(r'"[\ufffdù]')
"""A closing quotation mark of which the last byte was lost."""
DASH_OF_TWO = re.compile(r'\s*"ì\s*|(?<=\s)"\ufffd\s*')
INSIDE = re.compile(r"(?<=\w)\ufffd+(?=\w)")
DASH = re.compile(r"\s*\ufffd+\s*")

Repair = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
CHI = "(?!ing|ed\\b|er\\b|ers\\b|s\\b|inson|way|side|our)"
"""Endings of words that do begin with Park."""
HOUSE_REPAIRS: tuple[Repair, ...] = (
    (re.compile(r"\bPark(?=cago|nese|na\b|natown|nos?\b)"), "Chi"),
    (re.compile(rf"\bPark{CHI}(?=[a-z])"), "chi"),
    (re.compile(r"(?<=[a-z])Park(?=[a-z]|\b)"), "chi"),
    (re.compile(r"\b(?!i[A-Z]|e[A-Z])[a-z]+[A-Z][a-z]*\b"), lambda match: match[0].lower()),
    (
        re.compile(
            r"(?<=[a-z,;] )(?:Patient|Lawyer|Woman|Women|Bartender|Duckling"
            r"|Man(?!darin|hattan|son|ny|chester|tle)|Roman(?=tic|ce))\w*"
        ),
        lambda match: match[0].lower(),
    ),
)


def restored(text: str) -> str:
    """Return `text` with UTF-8 that was read as Mac Roman put right; what is lost for good is LOST.

    >>> restored("Ol√©, se√±or")
    'Olé, señor'
    """
    return FOREIGN.sub(_read_again, text)


def repaired(text: str, repairs: tuple[Repair, ...] = ()) -> str:
    r"""Return `text` with its characters restored and `repairs` done; "" when letters are lost.

    >>> repaired("He said \"yes\"ÔøΩ and then ÔøΩ")
    'He said "yes" and then —'
    """
    text = restored(text)
    text = QUOTE_OF_TWO.sub('"', DASH_OF_TWO.sub(" — ", text))
    if LOST in text and INSIDE.search(text) and any("а" <= char <= "я" for char in text.lower()):
        return ""
    text = DASH.sub(" — ", text).strip()
    for pattern, put in repairs:
        text = pattern.sub(put, text)
    return text[:1].upper() + text[1:] if repairs else text


def _read_again(match: re.Match[str]) -> str:
    try:
        return match[0].encode("mac_roman").decode("utf-8")
    except UnicodeError:
        return match[0]
