"""The command line of the bench: `python -m samovar.paraphrase.bench --suite FILE --bot BOT`.

Exit codes: 0 no variant flips; 1 some do (with --gold: or a text is not understood as the suite says);
2 the input is refused, the bot is unusable, or texts were left unanswered; 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from tqdm import tqdm

from samovar.command import terminal
from samovar.command.json_lines import UNREADABLE
from samovar.errors import InputError
from samovar.paraphrase.bench.bots.base import Bot
from samovar.paraphrase.bench.bots.rows import bot
from samovar.paraphrase.bench.flags import Asked, read
from samovar.paraphrase.bench.journal import Journal
from samovar.paraphrase.bench.reports.comparison import Finding
from samovar.paraphrase.bench.reports.formats import FORMATS
from samovar.paraphrase.bench.reports.junit import reason
from samovar.paraphrase.bench.reports.report import Report
from samovar.paraphrase.bench.run import Asker, Rate, UnusableError, Variants, run
from samovar.paraphrase.bench.suite import chosen, ready_variants, suite
from samovar.paraphrase.nlu.intent_file import Example
from samovar.paraphrase.nlu.marking import marked
from samovar.phrases import Phrase
from samovar.settings import Settings

Maker = Callable[[str, int, int], Sequence[str]]
"""Gets a text with its slots marked, how many variants and a seed; returns the accepted variants."""
FLIPPED, UNANSWERED = 1, 2

NOTHING = Phrase(
    "Nothing was compared: there is no variant of any original.",
    "Сравнивать нечего: ни у одной исходной фразы нет вариантов.",
)
STOPPED = Phrase(
    "Stopped: {done} of {all} originals were asked.",
    "Остановлено: опрошено исходных фраз {done} из {all}.",
)
GO_ON = Phrase("The same command goes on from there.", "Та же команда продолжит с этого места.")
FLIP = Phrase("flip", "смена")
SILENT = Phrase("no answer", "нет ответа")
LINE = Phrase(
    "{sign}  {original}  ⇒  {text}   ({reason})", "{sign}  {original}  ⇒  {text}   ({reason})"
)


def main(make: Maker, argv: Sequence[str] | None = None) -> int:
    """Run the bench with the command line `argv` and return the exit code."""
    return terminal.run(lambda settings, out: _bench(argv, settings, out, make))


def _bench(argv: Sequence[str] | None, settings: Settings, out: IO[str], make: Maker) -> int:
    asked = read(argv, settings.language, out)
    whole = suite(asked.suite)
    examples = chosen(whole, asked.limit)
    options = asked.options(Path(asked.suite).name, whole)
    _require_writable(asked)
    ready = ready_variants(asked.variants, whole) if asked.variants else None
    made = bot(asked.bot, options)
    journal = Journal(made.name, asked.resume)
    try:
        variants = _variants(asked, ready, journal, make)
        report = _asked(asked, settings, examples, made, journal, variants, out)
    finally:
        journal.close()
        made.close()
    return _told(asked, report, len(examples), out)


def _asked(
    asked: Asked,
    settings: Settings,
    examples: Sequence[Example],
    made: Bot,
    journal: Journal,
    variants: Variants,
    out: IO[str],
) -> Report:
    """Ask the bot; an end before time, Ctrl-C too, leaves the findings so far."""
    findings: list[Finding] = []
    ended = None
    language = settings.language
    asker = Asker(made, journal, Rate(asked.rate))
    bar = tqdm(total=len(examples), unit="original", file=sys.stderr, disable=None)
    try:
        for finding in run(examples, asker, variants):
            findings.append(finding)
            bar.update(finding.original)
            if finding.flips or finding.verdict == "unanswered":
                sign = FLIP if finding.flips else SILENT
                values = {"original": finding.example.text, "text": finding.text}
                said = reason(finding, language)
                terminal.write(out, [LINE.say(language, sign=sign, reason=said, **values)])
    except UnusableError as error:
        ended = Phrase(error.say("en"), error.say("ru"))
    except KeyboardInterrupt:
        done = sum(one.original for one in findings)
        ended = STOPPED.filled(done=done, all=len(examples))
    finally:
        bar.close()
    return Report(Path(asked.suite).name, made.name, findings, language, asked.gold, ended)


def _variants(
    asked: Asked,
    ready: dict[str, tuple[str, ...]] | None,
    journal: Journal,
    make: Maker,
) -> Variants:
    """Return where variants come from: the file, what the journal remembers, or the tool."""
    if ready is not None:
        return lambda example: ready.get(example.text, ())

    def made(example: Example) -> Sequence[str]:
        text = marked(example.text, example.slots, example.text)
        key = f"{asked.n} {asked.seed} {text}"
        return journal.variants(key, lambda: make(text, asked.n, asked.seed))

    return made


def _require_writable(asked: Asked) -> None:
    """Refuse a report that could not be written when all the work is done."""
    for path in asked.reports.values():
        try:
            with Path(path).open("a", encoding="utf-8"):
                pass
        except OSError as error:
            why = error.strerror or str(error)
            raise InputError(UNREADABLE, path=path, why=why) from error


def _told(asked: Asked, report: Report, all_: int, out: IO[str]) -> int:
    """Write the reports and the summary; return the exit code."""
    language = report.language
    for name, path in asked.reports.items():
        Path(path).write_text(FORMATS[name].write(report), encoding="utf-8")
    terminal.write(out, [report.summary(language)])
    if report.ended:
        print(report.ended.say(language), file=sys.stderr)
        stopped = report.ended == STOPPED.filled(done=report.originals, all=all_)
        if stopped and asked.resume:
            print(GO_ON.say(language), file=sys.stderr)
        return terminal.INTERRUPTED if stopped else UNANSWERED
    if report.failed:
        return FLIPPED
    if not report.compared:
        print(NOTHING.say(language), file=sys.stderr)
        return UNANSWERED
    return UNANSWERED if report.unanswered else 0
