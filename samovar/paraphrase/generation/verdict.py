"""The prompt in which one chat model rewords a request and tells whether a rewording keeps its meaning.

The reply is the rewording, the end of its line, and a verdict. To reword, a model is stopped at the end
of the line; to verify, it is given the line and asked for the next word. Both have the same beginning, so
that an engine that has read the request once goes on behind it. Training and serving use this file.
"""

from __future__ import annotations

from samovar.phrases import Language
from samovar.records import ChatRequest, Sampling, Turn

TASK: dict[Language, str] = {
    "en": "Reword the request, then say yes if both ask for exactly the same, else no.",
    "ru": "Перефразируй просьбу, затем скажи yes, если обе просят ровно об одном, иначе no.",
}
END = "\n"
"""Between a rewording and its verdict."""
SAME, OTHER = "yes", "no"
"""The verdicts, one token each, in both languages."""


def turns(source: str, language: Language) -> tuple[Turn, ...]:
    """Return the turns to which the reply is a rewording of `source` with its verdict.

    >>> [turn.text for turn in turns("dim the lamp", "en")][1]
    'dim the lamp'
    """
    return Turn("system", TASK[language]), Turn("user", source)


def line(text: str) -> str:
    """Return `text` as the first line of a reply."""
    return " ".join(text.split()) + END


def asked(source: str, text: str, language: Language, adapter: str | None) -> ChatRequest:
    """Return the request whose next word is the verdict about `text`."""
    sampling = Sampling(max_tokens=1)
    return ChatRequest(turns(source, language), sampling, adapter, prefix=line(text))


def reworded(
    source: str, language: Language, adapter: str | None, opening: str = ""
) -> ChatRequest:
    """Return the request for a rewording of `source` that begins with `opening`."""
    return ChatRequest(turns(source, language), adapter=adapter, stop=(END,), prefix=opening)
