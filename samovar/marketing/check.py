"""The checks alone: is this text true to the product sheet, and in the form of its channel?

`python -m samovar.marketing.check --input FILE.jsonl --json` reads lines
`{sheet, text, channel, language}` and writes lines `{problems: [{kind, words, reason}], checked: [...]}`
in the same order. A sheet is the id of a shipped one, free text, or an object with its fields. A line
that cannot be checked gives `{"error": "...", "line": 3}`.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import IO, Any

from tqdm import tqdm

from samovar import checks, schema
from samovar.command import terminal
from samovar.command.json_lines import BROKEN, FAILED, read, source_stream, written
from samovar.errors import InputError, SamovarError
from samovar.language import detect
from samovar.marketing.checks.checker import Checked, Checker
from samovar.marketing.checks.forms import FORMS
from samovar.marketing.checks.kinds import told
from samovar.marketing.endpoint import LIMIT, checker, shipped
from samovar.marketing.facts.admission import admitted
from samovar.marketing.facts.brief import Brief, parsed, products
from samovar.marketing.facts.reading import Sheet
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES, Language, Phrase
from samovar.records import to_json
from samovar.settings import Settings

TEXT = 20_000
"""Characters of a text."""
ABOUT = Phrase(
    "Check advertising texts against product sheets.", "Сверить рекламные тексты с карточками."
)
INPUT = Phrase(
    "JSON Lines of {{sheet, text, channel, language}}; - is stdin",
    "строки JSON {{sheet, text, channel, language}}; - это stdin",
)
MACHINE = Phrase("print JSON", "вывести JSON")
ABSENT = Phrase("`{name}` is missing.", "Не хватает «{name}».")
LIKE = Phrase(
    'Write it like {{"sheet": "…", "text": "…", "channel": "post", "language": "en"}}.',
    'Запишите так: {{"sheet": "…", "text": "…", "channel": "post", "language": "ru"}}.',
)
log = logging.getLogger(__name__)


def verdict(sheet: object, text: object, channel: object, language: object) -> Checked:
    """Check one text; a `language` of None is the sheet's.

    Raises:
        InputError: an argument breaks a rule.
        ModelError: a model is missing or damaged.
    """
    brief, spoken = _brief(sheet)
    said = checks.text(text, TEXT, "text")
    where = checks.choice(channel, FORMS, "channel")
    tongue = spoken if language is None else checks.choice(language, LANGUAGES, "language")
    own = next(each for each in LANGUAGES if each == tongue)
    return _checker(own).check(said, _sheet(brief, own), FORMS[where])


def known_sheets() -> dict[str, Brief]:
    """Return the sheets that ship with the repository, those for training and tests too, by id."""
    folder = shelf().settings.data / "marketing"
    found = dict(shipped())
    for path in sorted(folder.glob("sheets-*.jsonl")):
        found |= products(path)
    return found


def answer(source: str, out: IO[str], language: Language, as_json: bool) -> None:
    """Write the verdict about every line of `source` (a path, or - for stdin) to `out`.

    Raises:
        InputError: the file cannot be read.
    """
    bad = number = 0
    with (
        source_stream(source) as (stream, total),
        tqdm(total=total, unit="text", file=sys.stderr) as bar,
    ):
        for result in _answered(stream, language):
            number += 1
            bad += not isinstance(result, Checked)
            out.write((written(to_json(result)) if as_json else _said(result)) + "\n")
            out.flush()
            bar.update()
    if bad:
        print(FAILED.say(language, bad=bad, all=number), file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    return terminal.run(lambda settings, out: _main(argv, settings, out))


def _main(argv: Sequence[str] | None, settings: Settings, out: IO[str]) -> int:
    language = settings.language
    parser = terminal.parser("python -m samovar.marketing.check", ABOUT.say(language), out)
    parser.add_argument("--input", metavar="FILE", required=True, help=INPUT.say(language))
    parser.add_argument("--json", action="store_true", help=MACHINE.say(language))
    given = parser.parse_args(argv)
    answer(given.input, out, language, given.json)
    return 0


def _answered(stream: Any, language: Language) -> Iterator[Checked | Mapping[str, Any]]:
    for number, line in enumerate(stream, 1):
        try:
            yield _told(_read(read(line, "sheet")), language)
        except SamovarError as error:
            yield {"error": error.say(language), "line": number}
        except Exception as error:  # a long file must not die of one line
            log.exception("line %d", number)
            yield {"error": BROKEN.say(language, kind=type(error).__name__), "line": number}


def _read(arguments: Mapping[str, Any]) -> Checked:
    """Check the text of one line; other fields, such as a tone, are allowed and not read."""
    for name in ("sheet", "text", "channel"):
        if name not in arguments:
            raise InputError(ABSENT, LIKE, name=name)
    return verdict(
        arguments["sheet"], arguments["text"], arguments["channel"], arguments.get("language")
    )


def _brief(sheet: object) -> tuple[Brief, Language]:
    """Return a sheet that texts can be true to, and its language."""
    if isinstance(sheet, Mapping):
        empty = {"id": "", "category": "", "language": None, "audience": "", "price": ""}
        lists: dict[str, list[str]] = {"facts": [], "benefits": [], "forbidden": []}
        given = {name: value for name, value in sheet.items() if value is not None}
        brief = schema.record({**empty, **lists, **given}, Brief)
        checks.text(brief.said, LIMIT, "sheet")
        brief = replace(brief, language=brief.language or detect(brief.said))
        return brief, admitted(brief, "")
    said = checks.text(sheet, LIMIT, "sheet")
    if known := known_sheets().get(said.strip()):
        return known, admitted(known, "")
    brief = parsed(said)
    return brief, admitted(brief, said)


@cache
def _checker(language: Language) -> Checker:
    return checker(language)


@cache
def _sheet(brief: Brief, language: Language) -> Sheet:
    return _checker(language).sheet(brief)


def _told(checked: Checked, language: Language) -> Checked:
    return replace(checked, problems=tuple(told(one, language) for one in checked.problems))


def _said(result: Checked | Mapping[str, Any]) -> str:
    if not isinstance(result, Checked):
        return f"! {result['error']}"
    problems = "; ".join(f"{p.kind}: {p.words} ({p.reason})" for p in result.problems)
    return f"- {problems}" if problems else f"+ {', '.join(result.checked)}"


if __name__ == "__main__":
    raise SystemExit(main())
