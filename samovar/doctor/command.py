"""The commands about this machine: `samovar doctor` looks, `fetch` and `setup-ru` add a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from tqdm import tqdm

from samovar import catalog
from samovar.catalog.chat import FETCHED
from samovar.command import terminal
from samovar.command.cli import COMMANDS
from samovar.command.json_lines import written
from samovar.doctor import examination, fetching, packs
from samovar.settings import Settings


def doctor(argv: Sequence[str], settings: Settings, out: IO[str]) -> int:
    """Print what was found; the exit code is 1 when something is wrong."""
    parser = _parser("doctor", settings, out)
    terminal.add_json(parser, settings.language)
    as_json = parser.parse_args(argv).json
    report = examination.examine(settings)
    said = (
        [written(report.to_json(settings.language))] if as_json else report.lines(settings.language)
    )
    terminal.write(out, said)
    return 0 if report.healthy else 1


def fetch(argv: Sequence[str], settings: Settings, out: IO[str]) -> int:
    """Get the named model, or go on getting it, and print where it lies."""
    parser = _parser("fetch", settings, out)
    parser.add_argument("model", choices=tuple(FETCHED))
    model = catalog.model(FETCHED[parser.parse_args(argv).model])
    with tqdm(total=model.bytes, desc=model.title, unit="B", unit_scale=True) as bar:

        def progress(done: int, total: int) -> None:
            bar.n = done
            bar.refresh()

        path = fetching.fetch(model, settings, progress)
    return terminal.write(out, [str(path)])


def setup_ru(argv: Sequence[str], settings: Settings, out: IO[str]) -> int:
    """Install the model for Russian once its terms are accepted."""
    parser = _parser("setup-ru", settings, out)
    parser.add_argument("--accept", action="store_true", help=packs.ACCEPT.say(settings.language))
    accepted = parser.parse_args(argv).accept
    return packs.install("setup-ru", settings.language, accepted=accepted)


def _parser(name: str, settings: Settings, out: IO[str]) -> terminal.Parser:
    about = COMMANDS[name].about.say(settings.language)
    return terminal.parser(f"samovar {name}", about, out)
