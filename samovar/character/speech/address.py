"""Turn what a visitor asks the character into what one asks about him: "your leg" → "House's leg".

The facts name the character; a question that names him too is found much better (recall among three
facts of the Russian development questions: .58 without, .74 with it).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from samovar.phrases import Language

ENGLISH = {
    r"\b(?:you['’]?re|you are|u r|ur (?=a\b|an\b|the\b|so\b))": "{name} is",
    r"\b(?:you['’]?ve|you have)\b": "{name} has",
    r"\bdo (?:you|u)\b": "does {name}",
    r"\b(?:are|r) (?:you|u)\b": "is {name}",
    r"\bhave (?:you|u)\b": "has {name}",
    r"\bwere (?:you|u)\b": "was {name}",
    r"\byourself\b": "himself",
    r"\b(?:yours?|ur)\b": "{name}'s",
    r"\b(?:you|u)\b": "{name}",
}
RUSSIAN = {
    r"\b(?:ваш\w{0,3}|твой|твоя|твоё|твое|твои|твоего|твоей|твоих|твоему|твоим|твою|твоём)\b": "{name}",
    r"\b(?:вы|вас|вам|вами|ты|тебя|тебе|тобой)\b": "{name}",
}
FORMS: Mapping[Language, Mapping[str, str]] = {"en": ENGLISH, "ru": RUSSIAN}


def addressed(message: str, name: str, language: Language) -> str:
    """Return `message` with `name` in place of you and your.

    >>> addressed("Who built you, and do you like your cat?", "Data", "en")
    "Who built Data, and does Data like Data's cat?"
    """
    for pattern, form in FORMS[language].items():
        message = re.sub(pattern, form.format(name=name), message, flags=re.IGNORECASE)
    return message
