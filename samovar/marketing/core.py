"""Write more texts than asked, check each against the sheet, and keep those with fewest problems."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

from samovar import catalog
from samovar.errors import InputError
from samovar.marketing.checks.checker import Checker
from samovar.marketing.checks.forms import Form, whole
from samovar.marketing.checks.wording import FINISHED
from samovar.marketing.facts.brief import CHANNELS, Brief, Channel
from samovar.marketing.facts.words import sentences, stems
from samovar.marketing.prompt import requests
from samovar.marketing.shots import SHOTS
from samovar.models.base import ChatModel
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest, Copy, Cost

NO_RUSSIAN = Phrase(
    "{model} does not write Russian well enough for advertising.",
    "{model} недостаточно хорошо пишет по-русски для рекламы.",
)
GET_RUSSIAN = Phrase(
    "Use an English sheet, or SAMOVAR_PROFILE=cpu where the Hugging Face Hub can be reached.",
    "Возьмите английскую карточку или задайте SAMOVAR_PROFILE=cpu, если доступен Hugging Face Hub.",
)
SURPLUS = 3
"""Samples drawn for each text asked for."""
PAUSE = 0.15
"""Seconds between two states shown."""
SAME = 0.85
"""Share of common stems from which two texts count as one."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Hold the texts so far; `cost` is None while they are still being written."""

    product: str
    channel: str
    asked: int
    drawn: int
    finished: int
    texts: tuple[Copy, ...]
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Hold a piece of sample `at`: a text, None at its end, or what went wrong."""

    at: int
    piece: str | BaseException | None


def write(
    chat: ChatModel,
    checker: Checker,
    brief: Brief,
    language: Language,
    channel: str,
    tone: str,
    n: int,
    seed: int,
    others: Sequence[str] = (),
    stop: threading.Event | None = None,
) -> Iterator[Campaign]:
    """Yield the campaign as its texts grow; the last state holds the best `n` and the cost.

    Raises:
        InputError: the chat model does not speak `language`.
    """
    if language not in chat.languages:
        raise InputError(NO_RUSSIAN, GET_RUSSIAN, model=chat.name)
    begun = time.perf_counter()
    asked = requests(brief, language, channel, tone, n * SURPLUS, seed)
    texts = [request.prefix for request in asked]
    ended: set[int] = set()
    product = brief.name or brief.id
    shown = begun
    for arrival in _arrivals(chat, asked, stop):
        if isinstance(arrival.piece, str):
            texts[arrival.at] += arrival.piece
        else:
            ended.add(arrival.at)
        if time.perf_counter() - shown > PAUSE:
            shown = time.perf_counter()
            growing = tuple(Copy(text) for text in texts[:n])
            yield Campaign(product, channel, n, len(asked), len(ended), growing)
    names = [*others, *(shot.name for shot in SHOTS[language, channel])]
    copies = _checked(texts, checker, brief, channel, names, ended)
    cost = Cost((time.perf_counter() - begun) * 1000, catalog.title(chat.name), chat.engine)
    yield Campaign(product, channel, n, len(asked), len(ended), _best(copies, brief, n), cost)


def _arrivals(
    chat: ChatModel, asked: Sequence[ChatRequest], stop: threading.Event | None
) -> Iterator[Arrival]:
    """Yield the pieces of all requests as they come: the engine runs them in one batch."""
    arrived: queue.SimpleQueue[Arrival] = queue.SimpleQueue()
    halt = threading.Event()

    def follow(at: int) -> None:
        last: BaseException | None = None
        try:
            for piece in chat.stream(asked[at], halt):
                arrived.put(Arrival(at, piece))
        except Exception as error:  # it is raised again where the texts are read
            last = error
        arrived.put(Arrival(at, last))

    with ThreadPoolExecutor(len(asked), "marketing") as pool:
        try:
            for at in range(len(asked)):
                pool.submit(follow, at)
            waiting = len(asked)
            while waiting and not (stop and stop.is_set()):
                try:
                    arrival = arrived.get(timeout=PAUSE)
                except queue.Empty:
                    continue
                if isinstance(arrival.piece, BaseException):
                    raise arrival.piece
                waiting -= arrival.piece is None
                yield arrival
        finally:
            halt.set()


def _checked(
    texts: Sequence[str],
    checker: Checker,
    brief: Brief,
    channel: str,
    others: Sequence[str],
    ended: set[int],
) -> list[Copy]:
    row, sheet = CHANNELS[channel], checker.sheet(brief)
    copies = []
    for at, text in enumerate(texts):
        edited = trimmed(text, row.most, channel)
        found = checker.check(edited, sheet, form(row), others, finished=at in ended)
        copies.append(Copy(edited, found.problems, found.checked))
    return copies


def form(channel: Channel) -> Form:
    """Return the form that the texts written for `channel` are checked against."""
    slogan = not channel.facts
    parts = whole(channel.least, channel.most)
    return Form(parts, channel.unit, sentences=not slogan, facts=not slogan)


def length(text: str, channel: Channel) -> int:
    """Return the length of `text` in the channel's unit."""
    return len(text.split()) if channel.unit == "words" else len(text)


def closeness(text: str, brief: Brief) -> float:
    """Return the share of neighbouring words of `text` that are neighbours in the sheet, 0 to 1.

    It ranks texts without problems: what joins words of the sheet in a new way is likelier wrong.
    """
    known = set(pairwise(stems(brief.said)))
    pairs = list(pairwise(stems(text)))
    return sum(pair in known for pair in pairs) / len(pairs) if pairs else 0.0


def trimmed(text: str, most: int, channel: str) -> str:
    """Return `text` without sentences said before, cut after the last sentence within the limit.

    An unfinished sentence at the end goes too, unless it is all there is.

    >>> trimmed("It is red. It is red. It is", 500, "post")
    'It is red.'
    """
    row = CHANNELS[channel]
    kept = ""
    seen: set[str] = set()
    for paragraph in text.strip().split("\n\n"):
        between = "\n\n" if kept else ""
        for sentence in sentences(paragraph):
            if sentence.lower() in seen:
                continue
            seen.add(sentence.lower())
            longer = kept + between + sentence
            if kept and length(longer, row) > most:
                return kept
            kept, between = longer, " "
    whole = sentences(kept)
    if row.facts and len(whole) > 1 and not FINISHED.search(kept):
        return kept.removesuffix(whole[-1]).rstrip()
    return kept


def _best(copies: Sequence[Copy], brief: Brief, n: int) -> tuple[Copy, ...]:
    """Return the `n` with fewest problems, near copies only when nothing else is left."""
    ranked = sorted(copies, key=lambda c: (len(c.problems), -closeness(c.text, brief)))
    chosen: list[Copy] = []
    for copy in ranked:
        if len(chosen) < n and not any(_alike(copy.text, other.text) for other in chosen):
            chosen.append(copy)
    rest = [copy for copy in ranked if copy not in chosen]
    return (*chosen, *rest[: n - len(chosen)])


def _alike(first: str, second: str) -> bool:
    left, right = set(stems(first)), set(stems(second))
    return len(left & right) >= SAME * max(len(left | right), 1)
