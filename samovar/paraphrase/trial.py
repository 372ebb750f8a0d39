"""The bench on the page: a visitor's loaded intents, asked with variants of a few of their examples.

Only the classifier fitted to the file is asked: a visitor names no address that this server would call.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.paraphrase.bench.bots.fitted import Fitted
from samovar.paraphrase.bench.journal import Journal
from samovar.paraphrase.bench.reports.comparison import Finding
from samovar.paraphrase.bench.reports.report import Report
from samovar.paraphrase.bench.run import Asker, Rate, run
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
    """Yield the report as it grows, an original at a time.

    Raises:
        InputError: no file is loaded.
    """
    if loaded is None:
        raise InputError(NO_FILE, LOAD)
    examples = chosen(loaded.examples, MOST)
    bot = Fitted(loaded.intents, shelf().encoder())
    asker = Asker(bot, Journal(bot.name), Rate())

    def variants(example: Example) -> Sequence[str]:
        text = marked(example.text, example.slots, example.text)
        found = paraphrases(text, VARIANTS, seed, visit.stop).accepted
        return [variant.text for variant in found]

    def report(ended: Phrase | None = None) -> Report:
        source = loaded.intents.source
        return Report(source, bot.name, tuple(findings), visit.language, ended=ended)

    findings: list[Finding] = []
    done = 0
    for finding in run(examples, asker, variants, visit.stop):
        if finding.original:
            if done:
                yield report()
            done += 1
            visit.progress(done, len(examples))
        findings.append(finding)
    ended = STOPPED.filled(done=done, all=len(examples)) if visit.stop.is_set() else None
    yield report(ended)
