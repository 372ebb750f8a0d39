"""Turn a question and a yes or no into the statement that they make."""

from __future__ import annotations

import re

from samovar.phrases import Language

ASKED = re.compile(
    r"(?P<verb>is|are|was|were|does|do|did|has|have|had|can|could|will"
    r"|would)(?:n['’]?t| not)?\s+(?P<subject>(?:Dr\. |the |a |my |his |her |their )?[\w'’-]+)\s+"
    r"(?P<rest>[^?]+)",
    re.IGNORECASE,
)
NO = re.compile(
    r"(?:no|nope|never|not|hardly|wrong|i(?:['’]m| am| do| did| have| was| would| will)? ?(?:not|n['’]t)"
    r"|i (?:don|didn|haven|wasn|can|won|wouldn)['’]t|нет|никогда|не|неправда|ни разу|чушь|бред)\b",
    re.IGNORECASE,
)
YES = re.compile(
    r"(?:yes|yeah|yep|sure|of course|absolutely|always|i (?:am|do|did|have|was|can)|obviously|да"
    r"|конечно|разумеется|ещё бы|еще бы|всегда)\b",
    re.IGNORECASE,
)
WRONG_THAT = "Неверно, что {said}"


def answered(question: str, reply: str, language: Language) -> str | None:
    """Return the statement that a yes or no makes of a question; None: it is no such pair.

    >>> answered("Is House addicted to Vicodin?", "I'm not.", "en")
    'House is not addicted to Vicodin.'
    """
    denied, agreed = bool(NO.match(reply)), bool(YES.match(reply))
    if denied == agreed or "?" not in question:
        return None
    if language == "ru":
        said = question.rsplit("?", 1)[0].strip()
        return f"{WRONG_THAT.format(said=said) if denied else said}."
    match = ASKED.match(question.strip())
    return None if match is None else _said(match, not_=denied)


def _said(match: re.Match[str], not_: bool) -> str:
    verb = match["verb"].lower() + (" not" if not_ else "")
    return f"{match['subject']} {verb} {match['rest'].strip()}."
