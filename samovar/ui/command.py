"""The command `samovar app`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from samovar.command import terminal
from samovar.command.cli import COMMANDS
from samovar.settings import Settings
from samovar.ui import shell


def app(argv: Sequence[str], settings: Settings, out: IO[str]) -> int:
    """Serve the page until the process is stopped."""
    about = COMMANDS["app"].about.say(settings.language)
    terminal.parser("samovar app", about, out).parse_args(argv)
    shell.serve(shell.hub())
    return 0
