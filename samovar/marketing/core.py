"""Write texts for a sheet: more drafts than wanted in one batch, cleaned, checked, the best kept."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from rapidfuzz import fuzz

from samovar.marketing.brief import CHANNELS, Sheet
from samovar.marketing.claims import problems, sentences, unsupported
from samovar.marketing.prompt import request
from samovar.marketing.streams import together
from samovar.marketing.words import stems
from samovar.models.base import ChatModel
from samovar.records import Copy, Cost

DRAFTS_EACH = 4
LEAST_DRAFTS, MOST_DRAFTS = 8, 24
ALIKE = 85.0
"""Similarity (rapidfuzz's token_sort_ratio, 0 to 100) from which two texts count as one."""
PAUSE = 0.06
"""Seconds between two pictures of the growing drafts."""
ECHO = re.compile(r"\b(?:Product|For|Facts|Tone|Товар|Для кого|Факты|Тон|Write|Напиши)\s*:.*$")


@dataclass(frozen=True, slots=True)
class Texts:
    """Hold the texts for a product, the drafts that were not chosen and what all cost."""

    product: str
    channel: str
    copies: tuple[Copy, ...]
    spare: tuple[Copy, ...] = ()
    cost: Cost | None = None
    """None while drafts are still growing."""


def write(
    chat: ChatModel,
    sheet: Sheet,
    channel: str,
    tone: str,
    n: int,
    seed: int = 0,
    stop: threading.Event | None = None,
    model: str = "",
) -> Iterator[Texts]:
    """Yield the growing drafts and at last the n best texts, each with its problems.

    Raises:
        ModelError: the engine refuses.
    """
    start = shown = perf_counter()
    count = min(MOST_DRAFTS, max(LEAST_DRAFTS, DRAFTS_EACH * n))
    requests = [request(sheet, channel, tone, index, seed) for index in range(count)]
    drafts = [one.prefix for one in requests]
    yield _growing(drafts, sheet, channel, n)
    for number, piece in together(chat, requests, stop):
        drafts[number] += piece
        if perf_counter() - shown > PAUSE:
            shown = perf_counter()
            yield _growing(drafts, sheet, channel, n)
    cost = Cost((perf_counter() - start) * 1000, model or chat.name, chat.engine)
    if stop is not None and stop.is_set():  # the visitor keeps what stands there, checked
        kept = tuple(Copy(text, problems(text, sheet, channel)) for text in drafts[:n])
        yield Texts(sheet.name, channel, kept, (), cost)
        return
    copies = choose(drafts, sheet, channel)
    yield Texts(sheet.name, channel, copies[:n], copies[n:], cost)


def choose(drafts: Sequence[str], sheet: Sheet, channel: str) -> tuple[Copy, ...]:
    """Return the drafts, cleaned and without near copies: the fewest problems first."""
    texts = [clean(draft, sheet, channel) for draft in drafts]
    copies = [Copy(text, problems(text, sheet, channel)) for text in texts if text]
    copies.sort(key=lambda copy: (len(copy.problems), -merit(copy.text, sheet)))
    kept: list[Copy] = []
    for copy in copies:
        if all(fuzz.token_sort_ratio(copy.text, old.text) < ALIKE for old in kept):
            kept.append(copy)
    return tuple(kept)


def clean(draft: str, sheet: Sheet, channel: str) -> str:
    """Return `draft` without echoes of the prompt, repetitions and sentences that fail a check.

    A sentence that fails stays when nothing else would be left to say, so that its problem is seen.
    Sentences at the end go until the text fits the channel.
    """
    text = re.sub(r"\s+", " ", ECHO.sub("", draft)).strip().strip('"“”')
    parts = sentences(text)
    if len(parts) > 1 and not parts[-1].endswith((".", "!", "?", "…")):
        parts.pop()
    fresh = [part for at, part in enumerate(parts) if not _said(part, parts[:at])]
    sound = [part for part in fresh if not unsupported(part, sheet)]
    kept = sound if any(_informs(part, sheet) for part in sound) else fresh
    while len(kept) > 1 and len(" ".join(kept)) > CHANNELS[channel].limit:
        kept.pop()
    return " ".join(kept)


def merit(text: str, sheet: Sheet) -> float:
    """Return the share of content words that the sheet holds, 0 for a text that tells nothing."""
    said = stems(text, sheet.language)
    known = set(stems(sheet.claims, sheet.language))
    told = set(said) & known - set(stems(sheet.name, sheet.language))
    return sum(word in known for word in said) / len(said) if told else 0.0


def _said(part: str, before: Sequence[str]) -> bool:
    return any(fuzz.token_sort_ratio(part, old) >= ALIKE for old in before)


def _informs(part: str, sheet: Sheet) -> bool:
    """Tell whether a sentence names the product and says something about it."""
    rest = part.lower().replace(sheet.name.lower(), "")
    return rest != part.lower() and len(stems(rest, sheet.language)) > 1


def _growing(drafts: Sequence[str], sheet: Sheet, channel: str, n: int) -> Texts:
    return Texts(sheet.name, channel, tuple(Copy(text) for text in drafts[:n]))
