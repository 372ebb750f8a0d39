"""Answer one message of a conversation in character."""

from __future__ import annotations

import re
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from time import perf_counter

from samovar import catalog, language
from samovar.character.exchange import Exchange, Reply
from samovar.character.persona import Character
from samovar.character.prompt import STOPS, turns
from samovar.character.retrieval import FactBase
from samovar.models.base import ChatModel, Encoder
from samovar.phrases import Language
from samovar.records import ChatRequest, Cost, Fact, Sampling, Turn

TOKENS = 96
SENTENCES = 3
"""A small model goes astray in longer replies."""
SAME = 0.7
"""Share of common words from which two sentences count as one."""
STAGE = re.compile(r"\*[^*\n]{1,80}\*|\((?:[^()\n]{1,80})\)")
OPEN_STAGE = re.compile(r"[*(][^*()\n]{0,80}$")
END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)")
TITLE_DOT = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|vs|[A-Z])\.$")


def sampling(seed: int, grounded: bool) -> Sampling:
    """Return how replies are drawn, with facts at hand (`grounded`) or without.

    Tried with SmolLM2-135M: at 0.6 and above it leaves the topic. The prompt counts for the
    penalty as well, so that 1.1 forbids it the very words of the facts; without any penalty and
    without facts it loops. Loops that remain are cut off by `trimmed`.
    """
    if grounded:
        return Sampling(0.25, 0.9, 40, 1.0, TOKENS, seed)
    return Sampling(0.35, 0.9, 40, 1.1, TOKENS, seed)


def reply(
    chat: ChatModel,
    character: Character,
    message: str,
    history: Sequence[Turn] = (),
    facts: Sequence[Fact] = (),
    seed: int = 0,
    stop: threading.Event | None = None,
    adapter: str | None = None,
) -> Iterator[str]:
    """Yield the reply so far, again and again; the last one is the reply.

    Raises:
        ModelError: the engine refuses or is closed.
    """
    request = ChatRequest(
        turns(character, history, message, _language(chat, character, message), facts),
        sampling(seed, bool(facts)),
        adapter,
        stop=STOPS,
    )
    raw = told = ""
    with closing(_pieces(chat, request, stop)) as pieces:
        for piece in pieces:
            raw += piece
            text = spoken(raw, character.name.en)
            if len(_ends(text)) > SENTENCES or _looping(text):
                break
            if text != told:
                told = text
                yield told
    last = trimmed(spoken(raw, character.name.en), cut=stop is None or not stop.is_set())
    if last != told or not last:
        yield last


def exchange(
    chat: ChatModel,
    character: Character,
    message: str,
    history: Sequence[Turn] = (),
    lookup: tuple[FactBase, Encoder] | None = None,
    seed: int = 0,
    stop: threading.Event | None = None,
    adapter: str | None = None,
) -> Iterator[Exchange]:
    """Yield the growing exchange; facts come first, the cost with the last one.

    `lookup` holds the fact base and its encoder; None answers without facts. `adapter` is one of `chat`.
    """
    start = perf_counter()
    facts = lookup[0].nearest(lookup[1], message) if lookup else ()
    yield Exchange(message, facts=facts)
    text = ""
    for text in reply(chat, character, message, history, facts, seed, stop, adapter):
        yield Exchange(message, (Reply(text),), facts=facts)
    cost = Cost((perf_counter() - start) * 1000, catalog.title(chat.name), chat.engine)
    yield Exchange(message, (Reply(text),), facts=facts, cost=cost)


def spoken(raw: str, name: str) -> str:
    """Return what is said in `raw`: no speaker's name, no stage directions, no outer quotes.

    >>> spoken('House: (sighs) "You are *smirks* fine."', "House")
    'You are fine.'
    """
    text = OPEN_STAGE.sub("", STAGE.sub("", raw)).strip()
    text = re.sub(rf"^(?:Dr\.?\s+|Gregory\s+)*{re.escape(name)}\s*:\s*", "", text)
    text = re.sub(r"\s+", " ", text).strip()
    if text.startswith(('"', "“")) and text.count('"') + text.count("“") + text.count("”") <= 2:
        text = text.strip('"“”').strip()
    return text


def trimmed(text: str, cut: bool = True) -> str:
    """Return at most SENTENCES whole sentences of `text`; an only, unfinished one ends in "…".

    With `cut` off (the visitor pressed Stop) an unfinished sentence stays.

    >>> trimmed("It is not lupus. You should have tol")
    'It is not lupus.'
    """
    ends = _fresh(text)[:SENTENCES]
    if not ends:
        return f"{text}…" if text and cut and not text.endswith("…") else text
    if not cut and len(ends) < SENTENCES and ends[-1] < len(text):
        return text
    return text[: ends[-1]]


def _language(chat: ChatModel, character: Character, message: str) -> Language:
    """Return the language of the reply: the visitor's where character and model speak it."""
    wanted = character.language(language.detect(message))
    return wanted if wanted in chat.languages else character.language("en")


def _ends(text: str) -> list[int]:
    ends = [match.end() for match in END.finditer(text)]
    return [end for end in ends if not TITLE_DOT.search(text[:end])]


def _fresh(text: str) -> list[int]:
    """Return the ends of the sentences before the first that says again what was said already."""
    seen: list[set[str]] = []
    fresh, start = [], 0
    for end in _ends(text):
        words = set(text[start:end].lower().split())
        if any(len(words & old) >= SAME * len(words | old) for old in seen):
            break
        seen.append(words)
        fresh.append(end)
        start = end
    return fresh


def _looping(text: str) -> bool:
    return len(_fresh(text)) < len(_ends(text))


def _pieces(
    chat: ChatModel, request: ChatRequest, stop: threading.Event | None
) -> Generator[str, None, None]:
    yield from chat.stream(request, stop)
