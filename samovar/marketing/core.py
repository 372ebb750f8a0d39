"""Write more texts than asked, check each against the sheet, and keep those with fewest problems."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil

from samovar import catalog
from samovar.marketing.checks.checker import Checker
from samovar.marketing.checks.forms import Form
from samovar.marketing.checks.wording import FINISHED
from samovar.marketing.facts.brief import Brief
from samovar.marketing.facts.reading import Sheet
from samovar.marketing.facts.words import sentences
from samovar.marketing.selection import Dropped, chosen
from samovar.marketing.writers import Writer
from samovar.models.base import ChatModel
from samovar.phrases import Language
from samovar.records import ChatRequest, Copy, Cost

PAUSE = 0.15
"""Seconds between two states shown."""


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
    dropped: tuple[Dropped, ...] = ()
    form: Form | None = None
    """Asked of the texts."""
    doubts: tuple[tuple[str, str], ...] = ()
    """Pairs of facts of the sheet that contradict each other."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Hold a piece of sample `at`: a text, None at its end, or what went wrong."""

    at: int
    piece: str | BaseException | None


def write(
    writer: Writer,
    checker: Checker,
    brief: Brief,
    language: Language,
    channel: str,
    tones: Sequence[str],
    seed: int,
    others: Sequence[str] = (),
    stop: threading.Event | None = None,
) -> Iterator[Campaign]:
    """Yield the campaign as its texts grow; the last state holds the best text for each of `tones`."""
    begun = time.perf_counter()
    asked, voices = _asked(writer, brief, language, channel, tones, seed)
    form = writer.form(language, channel)
    state = Campaign(brief.name or brief.id, channel, len(tones), len(asked), 0, (), form=form)
    texts = [request.prefix for request in asked]
    ended: set[int] = set()
    yield replace(state, texts=_growing(texts, voices, tones))
    sheet = checker.sheet(brief)
    doubts = ((one.sentence.text, other.sentence.text) for one, other in sheet.contradictions)
    state = replace(state, doubts=tuple(doubts))
    shown = begun
    for arrival in arrivals(writer.chat, asked, stop):
        if isinstance(arrival.piece, str):
            texts[arrival.at] += arrival.piece
        else:
            ended.add(arrival.at)
        if time.perf_counter() - shown > PAUSE:
            shown = time.perf_counter()
            yield replace(state, finished=len(ended), texts=_growing(texts, voices, tones))
    names = [*others, *writer.names(brief, language, channel)]
    drafts = _checked(texts, checker, sheet, form, names, ended)
    copies = [replace(copy, tone=tone) for copy, tone in zip(drafts, voices, strict=True)]
    best, dropped = chosen(copies, brief if writer.adapter is None else None, tones)
    spent = (time.perf_counter() - begun) * 1000
    cost = Cost(spent, catalog.title(writer.chat.name), writer.chat.engine)
    yield replace(state, finished=len(ended), texts=best, dropped=dropped, cost=cost)


def _asked(
    writer: Writer,
    brief: Brief,
    language: Language,
    channel: str,
    tones: Sequence[str],
    seed: int,
) -> tuple[list[ChatRequest], list[str]]:
    """Return the requests, more than texts are wanted, and the tone of each.

    Several tones share what is drawn beyond the texts: each would else have as much as a single one.
    """
    asked: list[ChatRequest] = []
    voices: list[str] = []
    drawn = writer.drawn(len(tones)) / len(tones)
    for tone, wanted in Counter(tones).items():
        asked += writer.requests(brief, language, channel, tone, ceil(drawn * wanted), seed)
        voices += [tone] * (len(asked) - len(voices))
    return asked, voices


def _growing(texts: Sequence[str], voices: Sequence[str], tones: Sequence[str]) -> tuple[Copy, ...]:
    """Return the first drafts of each tone, as many as texts are wanted."""
    firsts = []
    for tone, wanted in Counter(tones).items():
        of_tone = (text for text, voice in zip(texts, voices, strict=True) if voice == tone)
        firsts += [Copy(text, tone=tone) for text in islice(of_tone, wanted)]
    return tuple(firsts)


def arrivals(
    chat: ChatModel, asked: Sequence[ChatRequest], stop: threading.Event | None
) -> Iterator[Arrival]:
    """Yield the pieces of all requests as they come: the engine runs them in one batch.

    The first one begins alone, unless its first words are given: an engine that read all prompts at once
    would keep everybody waiting for the first word of any.
    """
    arrived: queue.SimpleQueue[Arrival] = queue.SimpleQueue()
    halt, spoken = threading.Event(), threading.Event()

    def follow(at: int) -> None:
        last: BaseException | None = None
        if at and not asked[0].prefix:
            spoken.wait()
        try:
            for piece in chat.stream(asked[at], halt):
                spoken.set()
                arrived.put(Arrival(at, piece))
        except Exception as error:  # it is raised again where the texts are read
            last = error
        spoken.set()
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
    sheet: Sheet,
    form: Form,
    others: Sequence[str],
    ended: set[int],
) -> list[Copy]:
    copies = []
    for at, text in enumerate(texts):
        edited = trimmed(text, form)
        found = checker.check(edited, sheet, form, others, finished=at in ended)
        copies.append(Copy(edited, found.problems, found.checked))
    return copies


def trimmed(text: str, form: Form) -> str:
    """Return `text` without sentences said before, cut after the last sentence within the limit.

    An unfinished sentence at the end goes too, unless it is all there is.

    >>> from samovar.marketing.checks.forms import FORMS
    >>> trimmed("It is red. It is red. It is", FORMS["post"])
    'It is red.'
    """
    kept = ""
    seen: set[str] = set()
    for line, between in _lines(text):
        for sentence in sentences(line):
            if sentence.lower() in seen:
                continue
            seen.add(sentence.lower())
            longer = kept + between + sentence
            *_, (_, size, most) = form.lengths(longer)
            if kept and size > most:
                return kept
            kept, between = longer, " "
    whole = sentences(kept)
    if form.sentences and len(whole) > 1 and not FINISHED.search(kept):
        return kept.removesuffix(whole[-1]).rstrip()
    return kept


def _lines(text: str) -> list[tuple[str, str]]:
    r"""Return (line, the line ends before it).

    >>> _lines("Tea\n\nIt is hot.")
    [('Tea', ''), ('It is hot.', '\n\n')]
    """
    parts = re.split(r"(\s*\n\s*)", text.strip())
    ends = ["", *("\n\n" if end.count("\n") > 1 else "\n" for end in parts[1::2])]
    return list(zip(parts[::2], ends, strict=True))
