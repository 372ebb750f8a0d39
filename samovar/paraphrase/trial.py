"""The bench on the page: a visitor's loaded intents, asked with variants of a few of their examples.

Only the classifier fitted to the file is asked: a visitor names no address that this server would call.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.paraphrase.bench.bots.fitted import Fitted
from samovar.paraphrase.bench.journal import Journal
from samovar.paraphrase.bench.reports.comparison import Finding
from samovar.paraphrase.bench.reports.report import Report
from samovar.paraphrase.bench.run import Asker, Rate, Variants, run
from samovar.paraphrase.bench.suite import chosen
from samovar.paraphrase.nlu.intent_file import Example
from samovar.paraphrase.nlu.intents import Intents
from samovar.paraphrase.nlu.marking import marked
from samovar.paraphrase.service import paraphrases
from samovar.phrases import Phrase
from samovar.tool import Visit

MOST = 10
"""Originals: on two cores each takes one to three seconds, in Russian eight."""
VARIANTS = 5
"""Of each."""
LONGEST = 90
"""Seconds after which no further original is asked."""
NO_FILE = Phrase(
    "No examples are loaded, so there is nothing to test.",
    "Примеры не загружены, проверять нечего.",
)
LOAD = Phrase(
    "Load a file under “Your bot's intents” first.",
    "Сначала загрузите файл в разделе «Намерения вашего бота».",
)
STOPPED = Phrase(
    "Stopped: {done} of {all} originals were asked.",
    "Остановлено: опрошено исходных фраз {done} из {all}.",
)


OVER = Phrase(
    "The time is over: {done} of {all} originals were asked in {seconds} s.",
    "Время вышло: за {seconds} с опрошено исходных фраз {done} из {all}.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """Hold a visitor's file: the examples and the classifier fitted to them."""

    intents: Intents
    examples: tuple[Example, ...]


def accepted(text: str, n: int, seed: int) -> list[str]:
    """Return the accepted variants of a text whose slots are marked.

    Raises:
        InputError: the text breaks a rule, or its language has no model here.
    """
    return [variant.text for variant in paraphrases(text, n, seed).accepted]


def trial(loaded: Loaded | None, seed: int, visit: Visit) -> Iterator[Report]:
    """Yield the report as it grows, an original at a time; the last one is whole or says why not.

    Raises:
        InputError: no file is loaded.
    """
    if loaded is None:
        raise InputError(NO_FILE, LOAD)
    examples = chosen(loaded.examples, MOST)
    bot = Fitted(loaded.intents, shelf().encoder())
    asker = Asker(bot, Journal(bot.name), Rate())
    report = Report(loaded.intents.source, bot.name, (), visit.language)
    findings: list[Finding] = []
    done, begun = 0, time.monotonic()

    def grown() -> Report:
        passed = (time.monotonic() - begun) * 1000
        return replace(report, findings=tuple(findings), milliseconds=passed)

    for finding in run(examples, asker, _variants(seed, visit), visit.stop):
        if finding.original and done:
            yield grown()
            if time.monotonic() - begun > LONGEST:
                over = OVER.filled(done=done, all=len(examples), seconds=LONGEST)
                report = replace(report, ended=over)
                break
        findings.append(finding)
        done += finding.original
        visit.progress(done, len(examples))
    if visit.stop.is_set():
        report = replace(report, ended=STOPPED.filled(done=done, all=len(examples)))
    yield grown()


def _variants(seed: int, visit: Visit) -> Variants:
    def variants(example: Example) -> Sequence[str]:
        text = marked(example.text, example.slots, example.text)
        found = paraphrases(text, VARIANTS, seed, visit.stop).accepted
        return [variant.text for variant in found]

    return variants
