"""The language of a text: its letters decide, and where they are mixed, a classifier."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from typing import Any

from samovar.phrases import LANGUAGES, Language

SCRIPTS: dict[str, Language] = {"LATIN": "en", "CYRILLIC": "ru"}
"""First word of a letter's Unicode name → the language that it speaks for."""


def detect(text: str) -> Language | None:
    """Return the language of `text`; None when most letters are of another script.

    Only the two languages of the project are told apart: French passes for English and
    Ukrainian for Russian, because Latin and Cyrillic letters are all that is asked for.

    >>> detect("Маша likes pizza"), detect("Open the door"), detect("你好"), detect("42!")
    ('ru', 'en', None, None)
    """
    letters = scripts(text)
    known = {SCRIPTS[name]: n for name, n in letters.items() if name in SCRIPTS}
    if sum(known.values()) * 2 <= sum(letters.values()):
        return None
    if len(known) == 1:
        return next(iter(known))
    # "Маша likes pizza" has more Latin letters and is still Russian to the classifier
    label, _ = _classifier().classify(text)
    return next(language for language in LANGUAGES if language == label)


def detect_or_english(text: str) -> Language:
    """Return the language that `text` is worked on in: English where its letters tell none.

    >>> detect_or_english("Открой дверь"), detect_or_english("42!")
    ('ru', 'en')
    """
    return detect(text) or "en"


def scripts(text: str) -> Counter[str]:
    """Count the letters of `text` by script, such as LATIN, CYRILLIC or HEBREW."""
    counts: Counter[str] = Counter()
    for char, n in Counter(text).items():
        if char.isalpha():
            counts[unicodedata.name(char, "UNKNOWN").split(maxsplit=1)[0]] += n
    return counts


@cache
def _classifier() -> Any:
    """Load the classifier once: half a second, paid by the first text of mixed letters."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
