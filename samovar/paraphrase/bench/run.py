"""Ask a bot every original and its variants, one after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from samovar.errors import SamovarError
from samovar.paraphrase.bench.bots.base import Bot, BotError, Reply
from samovar.paraphrase.bench.journal import Journal
from samovar.paraphrase.bench.reports.comparison import Finding, against_suite, compared
from samovar.paraphrase.nlu.intent_file import Example
from samovar.phrases import Phrase

GIVE_UP = 3
"""Texts in a row without an answer; the first text of all counts as so many."""
Variants = Callable[[Example], Sequence[str]]
"""Returns the variants of an original; a SamovarError says why there are none."""

UNUSABLE = Phrase(
    "The run ends here: the bot left {n} texts in a row unanswered. {why}",
    "Запуск прекращён: бот не ответил на {n} текстов подряд. {why}",
)
UNUSABLE_AT_ONCE = Phrase(
    "The bot does not answer the very first text. {why}",
    "Бот не отвечает уже на первый текст. {why}",
)


class UnusableError(BotError):
    """The bot answers nothing any more, so that the run ended early."""


@dataclass(slots=True)
class Rate:
    """Space requests out; 0 a second sets no limit."""

    per_second: float = 0.0
    _next: float = field(default=0.0, init=False)

    def wait(self) -> None:
        """Sleep until the next request may go."""
        if self.per_second:
            time.sleep(max(0.0, self._next - time.monotonic()))
            self._next = max(self._next, time.monotonic()) + 1 / self.per_second


@dataclass(slots=True)
class Asker:
    """Ask one bot, and give up when it answers no more."""

    bot: Bot
    journal: Journal
    rate: Rate
    _answered: int = field(default=0, init=False)
    _failed: int = field(default=0, init=False)

    def reply(self, text: str) -> Reply | Phrase:
        """Return the reply to `text`, or why there is none."""
        try:
            reply = self.journal.reply(text, self._ask)
        except BotError as error:
            self._failed += 1
            return _phrase(error)
        self._answered, self._failed = self._answered + 1, 0
        return reply

    def require_alive(self, why: Phrase) -> None:
        """End the run when the bot leaves too many texts unanswered.

        Raises:
            UnusableError: with the last reason.
        """
        if self._failed and not self._answered:
            raise UnusableError(UNUSABLE_AT_ONCE, why=why)
        if self._failed >= GIVE_UP:
            raise UnusableError(UNUSABLE, n=self._failed, why=why)

    def _ask(self, text: str) -> Reply:
        self.rate.wait()
        return self.bot.ask(text)


def run(
    examples: Sequence[Example],
    asker: Asker,
    variants: Variants,
    stop: threading.Event | None = None,
) -> Iterator[Finding]:
    """Yield what became of each original, and then of each of its variants.

    Raises:
        UnusableError: the bot answers no more; what was yielded before stands.
    """
    for example in examples:
        if _stopped(stop):
            return
        found = asker.reply(example.text)
        if isinstance(found, Phrase):
            yield Finding(example, example.text, "unanswered", problem=found)
            asker.require_alive(found)
            continue
        gold = against_suite(example, found)
        yield Finding(example, example.text, "same", gold, found)
        yield from _variants(example, found, asker, variants, stop)


def _variants(
    example: Example,
    expected: Reply,
    asker: Asker,
    variants: Variants,
    stop: threading.Event | None,
) -> Iterator[Finding]:
    try:
        texts = variants(example)
    except SamovarError as error:
        yield Finding(example, "", "no variants", problem=_phrase(error))
        return
    if not texts and not _stopped(stop):
        yield Finding(example, "", "no variants", problem=NONE)
    for text in texts:
        if _stopped(stop):
            return
        found = asker.reply(text)
        if isinstance(found, Phrase):
            yield Finding(example, text, "unanswered", None, None, expected, found)
            asker.require_alive(found)
        else:
            verdict, gold = compared(expected, found), against_suite(example, found)
            yield Finding(example, text, verdict, gold, found, expected)


NONE = Phrase("There is no variant of it.", "Вариантов у неё нет.")


def _stopped(stop: threading.Event | None) -> bool:
    return stop is not None and stop.is_set()


def _phrase(error: SamovarError) -> Phrase:
    return Phrase(error.say("en"), error.say("ru"))
