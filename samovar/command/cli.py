"""The command line: `samovar ner "Ann lives in Rome"`, also as `python -m samovar.ner "Ann …"`.

Exit codes: 0 done (with --input also when some lines hold errors: each line has its answer),
1 `doctor` found a fault, 2 the input or a model was refused, 130 interrupted.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from samovar import __version__, endpoints
from samovar.command import batch, flags, terminal
from samovar.command.json_lines import written
from samovar.errors import InputError
from samovar.phrases import Language, Phrase
from samovar.settings import Settings

BOTH = Phrase("Give either a text or --input, not both.", "Укажите или текст, или --input.")
MANY = Phrase(
    "read arguments as JSON Lines, write results as JSON Lines; - is stdin",
    "читать аргументы и писать результаты строками JSON; - это stdin",
)
UNKNOWN = Phrase("There is no command `{name}`.", "Нет команды «{name}».")
KNOWN = Phrase("The commands are: {names}.", "Команды: {names}.")


def tool(slug: str, argv: Sequence[str] | None = None) -> int:
    """Run tool `slug` with the command line `argv` and return the exit code."""
    return terminal.run(lambda settings, out: _tool(slug, argv, settings, out))


def main(argv: Sequence[str] | None = None) -> int:
    """Run `samovar COMMAND …` and return the exit code."""
    name, *rest = (sys.argv[1:] if argv is None else argv) or ["--help"]
    if name in endpoints.ENDPOINTS:
        return tool(name, rest)
    return terminal.run(lambda settings, out: _command(name, rest, settings, out))


def _tool(slug: str, argv: Sequence[str] | None, settings: Settings, out: IO[str]) -> int:
    function = endpoints.endpoint(slug)
    parser = terminal.parser(
        f"python -m samovar.{slug}", (function.__doc__ or "").split("\n\n")[0], out
    )
    text = flags.add(parser, function)
    parser.add_argument("--input", metavar="FILE", help=MANY.say(settings.language))
    terminal.add_json(parser, settings.language)
    given = vars(parser.parse_args(argv))
    source, as_json = given.pop("input"), given.pop("json")
    if source is None:
        result = endpoints.call(slug, given)
        return terminal.write(out, [written(result)] if as_json else endpoints.lines(slug)(result))
    if text in given:
        raise InputError(BOTH)
    batch.answer(slug, source, out, settings.language, given)
    return 0


def _command(name: str, argv: Sequence[str], settings: Settings, out: IO[str]) -> int:
    if name in ("-h", "--help"):
        return terminal.write(out, _usage(settings.language))
    if name == "--version":
        return terminal.write(out, [__version__])
    if name not in COMMANDS:
        names = ", ".join((*endpoints.ENDPOINTS, *COMMANDS))
        raise InputError(UNKNOWN, KNOWN, name=name, names=names)
    return COMMANDS[name].run(argv, settings, out)


def _usage(language: Language) -> list[str]:
    tools = [f"  samovar {slug} …" for slug in endpoints.ENDPOINTS]
    others = [f"  samovar {name:<10} {row.about.say(language)}" for name, row in COMMANDS.items()]
    return [*tools, *others]


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one command that is not a tool."""

    about: Phrase
    place: str
    """module:function, imported when the command is given"""

    def run(self, argv: Sequence[str], settings: Settings, out: IO[str]) -> int:
        """Run the command and return the exit code."""
        module, name = self.place.split(":")
        code: int = getattr(importlib.import_module(module), name)(argv, settings, out)
        return code


COMMANDS = {
    "app": Row(Phrase("serve the page", "запустить страницу"), "samovar.ui.command:app"),
    "serve": Row(
        Phrase(
            "serve characters and models by the OpenAI API",
            "отдавать персонажей и модели по API OpenAI",
        ),
        "samovar.server.command:serve",
    ),
    "doctor": Row(
        Phrase(
            "say what is installed and what runs here", "показать, что установлено и что работает"
        ),
        "samovar.doctor.command:doctor",
    ),
    "fetch": Row(
        Phrase("get a larger model", "получить модель побольше"), "samovar.doctor.command:fetch"
    ),
    "setup-ru": Row(
        Phrase("add the model for Russian", "добавить модель для русского языка"),
        "samovar.doctor.command:setup_ru",
    ),
}
