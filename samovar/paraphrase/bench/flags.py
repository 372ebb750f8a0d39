"""The flags of the bench, a row each, and what they say, checked."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from samovar import checks
from samovar.command import terminal
from samovar.errors import Field, InputError
from samovar.paraphrase.bench.bots.patience import Patience
from samovar.paraphrase.bench.bots.rows import BOTS, Options
from samovar.paraphrase.bench.bots.template import BODY, INTENT
from samovar.paraphrase.bench.reports.formats import FORMATS
from samovar.paraphrase.nlu.intent_file import Example
from samovar.phrases import Language, Phrase

ABOUT = Phrase(
    "Send the originals of a suite and their variants to a running bot and report where its "
    "understanding flips.",
    "Отправить работающему боту исходные фразы набора и их варианты и сообщить, где он понимает их "
    "по-другому.",
)
EXITS = Phrase(
    "exit codes: 0 no flips, 1 flips, 2 bad input, or a bot that is unusable or leaves texts "
    "unanswered, 130 interrupted",
    "коды завершения: 0 смен нет, 1 смены есть, 2 неверный ввод, бот непригоден или не на всё ответил, "
    "130 прервано",
)
BOTS_ARE = Phrase("bots:", "боты:")
HEADER_FORM = re.compile(r"\s*([\w!#$%&'*+.^`|~-]+)\s*:([\x20-\x7e]*)", re.ASCII)
NO_HEADER = Phrase(
    "`{value}` is no header: a name, a colon and ASCII characters make one.",
    "«{value}» не заголовок: это имя, двоеточие и символы ASCII.",
)
HEADER_LIKE = Phrase(
    "Write --header 'Authorization: Bearer …'.", "Напишите --header 'Authorization: Bearer …'."
)
NUMBER = Phrase("a number", "числом")
MOST_VARIANTS = 10


@dataclass(frozen=True, slots=True)
class Flag:
    """Hold one flag."""

    metavar: str
    about: Phrase
    default: Any = ""
    required: bool = False


FLAGS: Mapping[str, Flag] = {
    "suite": Flag(
        "FILE",
        Phrase(
            "originals with intents: JSON Lines, CSV or Rasa's nlu.yml",
            "исходные фразы с намерениями: строки JSON, CSV или nlu.yml для Rasa",
        ),
        required=True,
    ),
    "bot": Flag("BOT", Phrase("see below", "см. ниже"), required=True),
    "variants": Flag(
        "FILE",
        Phrase(
            "ready variants: JSON Lines or CSV with original and text; else the tool makes them",
            "готовые варианты: строки JSON или CSV с original и text; иначе их создаст инструмент",
        ),
    ),
    "n": Flag("N", Phrase("variants of each original", "вариантов на фразу"), 8),
    "seed": Flag(
        "N",
        Phrase("another seed gives other variants", "другой номер варианта — другие варианты"),
        0,
    ),
    "limit": Flag(
        "N",
        Phrase(
            "at most so many originals, in turn of every intent; 0: all",
            "не больше стольких исходных фраз, поровну от намерений; 0: все",
        ),
        0,
    ),
    "resume": Flag(
        "FILE",
        Phrase(
            "keep answers and variants here, and ask only for what it lacks",
            "хранить здесь ответы и варианты и спрашивать только недостающее",
        ),
    ),
    "timeout": Flag(
        "S",
        Phrase(
            "seconds to wait for one answer, attempts included",
            "сколько секунд ждать ответа вместе с повторами",
        ),
        15,
    ),
    "retries": Flag(
        "N",
        Phrase(
            "further attempts after a fault that may pass", "повторы после временного сбоя"
        ),
        2,
    ),
    "rate": Flag(
        "N",
        Phrase("requests a second at most; 0: any", "запросов в секунду; 0: без ограничения"),
        0,
    ),
    "body": Flag("JSON", Phrase("http: the request", "http: запрос"), BODY),
    "intent": Flag(
        "PATH", Phrase("http: JMESPath of the intent", "http: JMESPath намерения"), INTENT
    ),
    "slots": Flag("PATH", Phrase("http: JMESPath of the slots", "http: JMESPath слотов")),
    "model": Flag("NAME", Phrase("openai: the model", "openai: модель")),
}  # fmt: skip
GOLD = Phrase(
    "a text that is not understood as the suite says fails, too",
    "фраза, понятая не как в наборе, тоже ошибка",
)
HEADER = Phrase("a header of every request; may be repeated", "заголовок запросов; можно повторять")
DEFAULT = Phrase(" (default: {value})", " (по умолчанию {value})")


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what a command line asks for."""

    suite: str
    bot: str
    variants: str
    n: int
    seed: int
    limit: int
    resume: str
    rate: float
    gold: bool
    reports: Mapping[str, str]
    """Name of the kind of report → path."""
    made: Options

    def options(self, name: str, examples: Sequence[Example]) -> Options:
        """Return what the kinds of bots need; `name` is the suite's."""
        return replace(self.made, suite=name, examples=examples)


def read(argv: Sequence[str] | None, language: Language, out: IO[str]) -> Asked:
    """Return what `argv` asks for.

    Raises:
        InputError: a value is out of its range.
    """
    given = vars(_parser(language, out).parse_args(argv))
    patience = Patience(
        _real(given["timeout"], 0.1, 600, "timeout"),
        checks.whole(_number(given["retries"]), 0, 10, "retries"),
    )
    return Asked(
        given["suite"],
        given["bot"],
        given["variants"],
        checks.whole(_number(given["n"]), 1, MOST_VARIANTS, "n"),
        checks.whole(_number(given["seed"]), 0, 2**31 - 1, "seed"),
        checks.whole(_number(given["limit"]), 0, 10**6, "limit"),
        given["resume"],
        _real(given["rate"], 0, 10_000, "rate"),
        given["gold"],
        {name: given[name] for name in FORMATS if given[name]},
        Options(
            patience,
            dict(map(_header, given["header"])),
            given["body"],
            given["intent"],
            given["slots"],
            given["model"],
        ),
    )


def _parser(language: Language, out: IO[str]) -> argparse.ArgumentParser:
    parser = terminal.parser("python -m samovar.paraphrase.bench", ABOUT.say(language), out)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    kinds = [f"  {row.form:<34} {row.about.say(language)}" for row in BOTS.values()]
    parser.epilog = "\n".join((BOTS_ARE.say(language), *kinds, "", EXITS.say(language)))
    for name, flag in FLAGS.items():
        told = DEFAULT.say(language, value=flag.default) if flag.default != "" else ""
        parser.add_argument(
            f"--{name}",
            metavar=flag.metavar,
            required=flag.required,
            default=flag.default,
            help=(flag.about.say(language) + told).replace("%", "%%"),
        )
    for name, row in FORMATS.items():
        parser.add_argument(f"--{name}", metavar="FILE", default="", help=row.about.say(language))
    parser.add_argument(
        "--header", metavar="'K: V'", action="append", default=[], help=HEADER.say(language)
    )
    parser.add_argument("--gold", action="store_true", help=GOLD.say(language))
    return parser


def _number(raw: object) -> object:
    """Return a whole number where `raw` is one; the checks refuse anything else."""
    try:
        return int(str(raw))
    except ValueError:
        return raw


def _real(raw: object, low: float, high: float, name: str) -> float:
    try:
        value = float(str(raw))
    except ValueError as error:
        raise InputError(checks.TYPE, name=Field(name), kind=NUMBER, value=repr(raw)) from error
    if not low <= value <= high:
        raise InputError(checks.RANGE, name=Field(name), value=value, low=low, high=high)
    return value


def _header(raw: str) -> tuple[str, str]:
    found = HEADER_FORM.fullmatch(raw)
    if found is None:
        raise InputError(NO_HEADER, HEADER_LIKE, value=raw[:60])
    return found[1], found[2].strip()
