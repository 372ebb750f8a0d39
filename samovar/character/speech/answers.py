"""Turn a question with its answer, or with what it takes for granted, into a statement."""

from __future__ import annotations

import re

from samovar.phrases import Language

ASKED = re.compile(
    r"(?P<wh>(?:why|how|when|where)\s+)?(?P<verb>is|are|was|were|does|do|did|has|have|had|can|could|will"
    r"|would)(?P<negated>n['’]?t| not)?\s+(?P<subject>(?:Dr\. |the |a |my |his |her |their )?[\w'’-]+)\s+"
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
    return None if match is None or match["wh"] else _said(match, not_=denied)


def granted(question: str, language: Language) -> str:
    """Return what `question` takes for granted, as a statement; the question itself where none is seen.

    >>> granted("Why did House study in Boston?", "en")
    'House did study in Boston.'
    """
    match = ASKED.match(question.strip()) if language == "en" else None
    return (
        question if match is None or not match["wh"] else _said(match, not_=bool(match["negated"]))
    )


def _said(match: re.Match[str], not_: bool) -> str:
    verb = match["verb"].lower() + (" not" if not_ else "")
    return f"{match['subject']} {verb} {match['rest'].strip()}."
