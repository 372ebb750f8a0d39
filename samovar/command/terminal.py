"""What a command owes its terminal: stdout for results only, short errors, clean endings."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import IO, Any

from samovar.errors import SamovarError
from samovar.phrases import Language, Phrase
from samovar.settings import Settings

REFUSED, INTERRUPTED, CLOSED = 2, 130, 141
"""Exit codes: bad input or a missing model, Ctrl-C, the reader of stdout went away."""

MACHINE = Phrase("print JSON", "вывести JSON")

Command = Callable[[Settings, IO[str]], int]
"""Gets the settings and the stream for results; returns the exit code."""


def run(command: Command) -> int:
    """Run `command` and return its exit code; a SamovarError becomes one line on stderr."""
    settings = Settings()
    try:
        settings = Settings.from_env()
        with results() as out:
            return command(settings, out)
    except SamovarError as error:
        print(error.say(settings.language), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return CLOSED


def write(out: IO[str], lines: Iterable[str]) -> int:
    """Write `lines` and return exit code 0."""
    for line in lines:
        out.write(line + "\n")
    out.flush()
    return 0


class Parser(argparse.ArgumentParser):
    """Print the help to the stream for results: sys.stdout is stderr meanwhile."""

    out: IO[str]

    def print_help(self, file: Any = None) -> None:
        """Print the help."""
        super().print_help(file or self.out)


def parser(program: str, about: str, out: IO[str]) -> Parser:
    """Return a parser of arguments that prints its help to `out`."""
    made = Parser(program, description=about.strip())
    made.out = out
    return made


def add_json(parser: argparse.ArgumentParser, language: Language) -> None:
    """Add the flag --json."""
    parser.add_argument("--json", action="store_true", help=MACHINE.say(language))


@contextmanager
def results() -> Iterator[IO[str]]:
    """Lend the real stdout; what libraries print meanwhile, C++ ones included, goes to stderr."""
    if not _is_real(sys.stdout):
        out = sys.stdout
        with redirect_stdout(sys.stderr):
            yield out
        return
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    # a lone surrogate in a text is written as the JSON escape for it, \udc80
    out = open(kept, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    try:
        with redirect_stdout(sys.stderr):
            yield out
    finally:
        os.dup2(kept, 1)
        try:
            out.close()
        except BrokenPipeError:
            pass
        finally:
            os.close(kept)


def _is_real(stream: IO[str]) -> bool:
    try:
        return stream.fileno() == 1
    except (OSError, ValueError, AttributeError):  # a test's or a notebook's stream
        return False
