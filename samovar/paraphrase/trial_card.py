"""The card of the bench on the page: the same report that the command line writes."""

from __future__ import annotations

from samovar import html
from samovar.models.shelf import shelf
from samovar.paraphrase.bench.reports.formats import FORMATS
from samovar.paraphrase.bench.reports.page import TITLE, section
from samovar.paraphrase.bench.reports.report import Report
from samovar.paraphrase.trial import MOST, VARIANTS
from samovar.phrases import Phrase
from samovar.records import Cost
from samovar.tool import Download, Shown

NAME = "samovar-bench"
RUNNING = Phrase("Running: {summary}", "Идёт проверка. {summary}")
CONDITIONS = Phrase(
    "At most {most} examples, in turn of every intent, with up to {n} accepted variants each. The "
    "classifier fitted to your file answers; a bot that runs elsewhere is tested by the command line: "
    "python -m samovar.paraphrase.bench --help",
    "Не больше {most} примеров, поровну от намерений, и до {n} принятых вариантов к каждому. Отвечает "
    "классификатор, обученный на вашем файле; бота, который работает у вас, проверит командная строка: "
    "python -m samovar.paraphrase.bench --help",
)


def card(report: Report, *, running: bool) -> Shown:
    """Return the report as a card, with its files once it is whole."""
    language = report.language
    said = RUNNING.say(language, summary=report.summary(language))
    body = html.join(
        (
            html.tag("h2", TITLE.say(language)),
            html.notice(said, "hint") if running else "",
            section(report),
            html.tag("p", CONDITIONS.say(language, most=MOST, n=VARIANTS), class_="quiet"),
        )
    )
    files = () if running else tuple(FORMATS.items())
    made = (Download(f"{NAME}-{kind}.{row.ending}", row.write(report)) for kind, row in files)
    cost = Cost(report.milliseconds, report.bot, shelf().encoder().engine)
    return Shown(html.tag("div", body, class_="intents"), cost, tuple(made))
