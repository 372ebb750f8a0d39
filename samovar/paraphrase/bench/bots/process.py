"""A command that reads a text a line and writes an answer a line."""

from __future__ import annotations

import json
import queue
import shlex
import subprocess
import threading
import time
from contextlib import suppress
from typing import IO, Any

from samovar.errors import InputError
from samovar.paraphrase.bench.bots.base import BotError, PassingError, Reply, told, values
from samovar.paraphrase.bench.bots.patience import Patience
from samovar.phrases import Phrase

BYTES = 1_000_000
GRACE = 2.0
"""Seconds that a command has to end before it is killed."""

NO_COMMAND = Phrase(
    "The command `{value}` cannot be split: {why}.", "Команда «{value}» не разбирается: {why}."
)
QUOTES = Phrase("Close its quotes.", "Закройте кавычки.")
EMPTY = Phrase("The bot command: names no command.", "У бота command: нет команды.")
LIKE = Phrase("Write --bot 'command:python bot.py'.", "Напишите --bot 'command:python bot.py'.")
NOT_STARTED = Phrase(
    "The command {value} cannot be started: {why}.", "Команда {value} не запускается: {why}."
)
ENDED = Phrase(
    "The command {value} ended with code {code} before it answered.",
    "Команда {value} завершилась с кодом {code}, не ответив.",
)
SILENT = Phrase(
    "The command {value} has written no line within {seconds:g} s.",
    "Команда {value} не вывела строку за {seconds:g} с.",
)
FLUSH = Phrase(
    "It has to flush its output after each line.",
    "Она должна сбрасывать вывод после каждой строки.",
)
OUT_OF_STEP = Phrase(
    "The command {value} wrote more lines than it was given.",
    "Команда {value} вывела больше строк, чем получила.",
)
NOTHING_SAID = Phrase(
    "The command {value} wrote an empty line.", "Команда {value} вывела пустую строку."
)
UNREADABLE = Phrase(
    "The command {value} wrote JSON without an intent: {why}.",
    "Команда {value} вывела JSON без intent: {why}.",
)


class Process:
    """Ask a command; it is started with the first text, and anew when it ended or was silent.

    A line out is an intent, or JSON: `{"intent": "book", "slots": {"city": "Oslo"}}`.
    """

    def __init__(self, command: str, patience: Patience) -> None:
        """Take the command line; no shell reads it.

        Raises:
            InputError: it is empty or its quotes do not close.
        """
        try:
            self._command = shlex.split(command)
        except ValueError as error:
            raise InputError(NO_COMMAND, QUOTES, value=command, why=told(error)) from error
        if not self._command:
            raise InputError(EMPTY, LIKE)
        self._patience = patience
        self._running: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes | None] = queue.Queue()

    @property
    def name(self) -> str:
        """Return the command line."""
        return shlex.join(self._command)

    def ask(self, text: str) -> Reply:
        """Return what the command writes for the line `text`."""
        begun = time.perf_counter()
        line = self._patience.asked(lambda left: self._attempt(text, left))
        passed = (time.perf_counter() - begun) * 1000
        said = line.decode("utf-8", "replace").strip()
        if not said:
            raise BotError(NOTHING_SAID, value=self.name)
        if not said.startswith("{"):
            return Reply(told(said), None, "", passed)
        try:
            found = json.loads(said)
            intent = found["intent"]
        except (ValueError, LookupError, RecursionError) as error:
            raise BotError(UNREADABLE, value=self.name, why=told(said)[:120]) from error
        return Reply(told(intent), values(found.get("slots")), "", passed)

    def close(self) -> None:
        """End the command."""
        running, self._running = self._running, None
        if running is None:
            return
        running.terminate()
        try:
            running.wait(GRACE)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        for stream in (running.stdin, running.stdout):
            if stream is not None:
                _close(stream)

    def _attempt(self, text: str, left: float) -> bytes:
        stdin = self._started()
        if not self._lines.empty() and self._lines.queue[0] is not None:
            self.close()
            raise BotError(OUT_OF_STEP, value=self.name)
        try:
            stdin.write(" ".join(text.split()).encode() + b"\n")
            stdin.flush()
            line = self._lines.get(timeout=max(left, 0.01))
        except OSError:
            line = None
        except queue.Empty as error:
            self.close()  # a late answer would be taken for that to the next text
            seconds = self._patience.seconds
            raise BotError(SILENT, FLUSH, value=self.name, seconds=seconds) from error
        if line is None:
            code = self._code()
            self.close()
            raise PassingError(ENDED, value=self.name, code=code)
        return line

    def _started(self) -> IO[bytes]:
        if self._running is None:
            pipe = subprocess.PIPE
            try:
                running = subprocess.Popen(self._command, stdin=pipe, stdout=pipe)
            except OSError as error:
                why = error.strerror or str(error)
                raise BotError(NOT_STARTED, value=self.name, why=why) from error
            self._running, self._lines = running, queue.Queue()
            reading = threading.Thread(
                target=_read, args=(running.stdout, self._lines), daemon=True
            )
            reading.start()
        assert self._running.stdin is not None
        return self._running.stdin

    def _code(self) -> int | None:
        assert self._running is not None
        try:
            return self._running.wait(GRACE)
        except subprocess.TimeoutExpired:
            return None


def _read(stream: Any, lines: queue.Queue[bytes | None]) -> None:
    """Pass every line on, and None at the end."""
    with suppress(OSError, ValueError):  # closed meanwhile
        while line := stream.readline(BYTES):
            lines.put(line)
    lines.put(None)


def _close(stream: IO[bytes]) -> None:
    with suppress(OSError):  # what it had not read is lost with it
        stream.close()
