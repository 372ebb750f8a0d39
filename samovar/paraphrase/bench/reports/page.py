"""The report as HTML: a part of the page's card, or a file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from samovar import html
from samovar.paraphrase.bench.reports.comparison import Finding, described
from samovar.paraphrase.bench.reports.junit import KINDS, reason
from samovar.paraphrase.bench.reports.report import Report
from samovar.phrases import Language, Phrase

TITLE = Phrase("Where does the bot's understanding flip?", "Где бот понимает фразу по-другому?")
ASKED = Phrase("Suite {suite}, bot {bot}", "Набор {suite}, бот {bot}")
ORIGINALS = Phrase("originals", "исходных фраз")
VARIANTS = Phrase("variants compared", "вариантов сравнено")
FLIPS = Phrase("flips", "смен смысла")
MISSES = Phrase("not as the suite says", "не как в наборе")
UNANSWERED = Phrase("unanswered", "без ответа")
INTENT = Phrase("Intent", "Намерение")
FLIPPED = Phrase("Flips", "Смены смысла")
NO_FLIPS = Phrase(
    "No variant is understood otherwise than its original.",
    "Все варианты поняты так же, как исходные фразы.",
)
NOTHING = Phrase("Nothing was compared yet.", "Сравнивать пока нечего.")
ORIGINAL = Phrase("Original", "Исходная фраза")
VARIANT = Phrase("Variant", "Вариант")
CHANGE = Phrase("Original → variant", "Исходная → вариант")
CONFUSED = Phrase("Most frequent: {pairs}", "Чаще всего: {pairs}")
PAIR = Phrase("{old} → {new} ({n})", "{old} → {new} ({n})")
NO_INTENT = Phrase("no intent", "нет намерения")
TEXT = Phrase("Text", "Фраза")
REASON = Phrase("Reason", "Причина")
OTHERS = Phrase("Texts not as the suite says ({n})", "Фразы, понятые не как в наборе ({n})")
SILENT = Phrase("Texts without an answer ({n})", "Фразы без ответа ({n})")
BARREN = Phrase("Originals without a variant ({n})", "Исходные фразы без вариантов ({n})")
CONFUSIONS = 5
META = Markup(
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
)
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 2rem auto; padding: 0 1rem;
  color: #2a2623; background: #faf8f5; }
table { border-collapse: collapse; width: 100%; } th { font-weight: 500; text-align: left; color: #6d645c; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid #e3dcd3; vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.stats { display: flex; flex-wrap: wrap; gap: 10px 28px; } .stat { display: flex; flex-direction: column; }
.stat dd { margin: 0; font-size: 1.5rem; } .stat dt, .quiet { color: #6d645c; font-size: .9rem; }
.notice { border-left: 4px solid #a9562a; padding: 8px 14px; background: #fff; } .scroll { overflow-x: auto; }
@media (prefers-color-scheme: dark) { body { color: #ece6df; background: #1d1a18; }
  th, .stat dt, .quiet { color: #a89e94; } th, td { border-color: #3a3430; } .notice { background: #27221f; }
}
"""


def page(report: Report) -> str:
    """Return the report as a file of its own."""
    language = report.language
    title = TITLE.say(language)
    head = html.tag(
        "head",
        META,
        html.tag("title", f"{title} {report.suite}"),
        html.tag("style", Markup(STYLE)),
    )
    body = html.tag("body", html.tag("main", html.tag("h1", title), section(report)))
    return f"<!doctype html>\n{html.tag('html', head, body, lang=language)}\n"


def section(report: Report) -> Markup:
    """Return the figures, the flips, and what else went wrong."""
    language = report.language
    asked = ASKED.say(language, suite=report.suite, bot=report.bot)
    parts = [html.tag("p", asked, class_="quiet"), html.stats(_figures(report))]
    if report.ended:
        parts.insert(0, html.notice(report.ended.say(language), "hint"))
    if report.flips:
        parts += [_flips(report.flips, language), _confusions(report)]
    elif report.compared:
        parts.append(html.notice(NO_FLIPS.say(language), "hint"))
    else:
        parts.append(html.notice(NOTHING.say(language), "empty"))
    if len(report.by_intent()) > 1:
        parts.append(_intents(report))
    misses = [one for one in report.misses if not one.flips]
    for title, found in ((OTHERS, misses), (SILENT, report.unanswered), (BARREN, report.barren)):
        if found:
            parts.append(html.details(title.say(language, n=len(found)), _reasons(found, language)))
    return html.join(parts)


def _figures(report: Report) -> list[tuple[object, object]]:
    figures = (
        (report.originals, ORIGINALS),
        (report.compared, VARIANTS),
        (len(report.flips), FLIPS),
        (len(report.misses), MISSES),
        (len(report.unanswered), UNANSWERED),
    )
    return [(number, title.say(report.language)) for number, title in figures]


def _flips(flips: Sequence[Finding], language: Language) -> Markup:
    headers = [one.say(language) for one in (ORIGINAL, VARIANT, CHANGE)]
    rows = []
    for one in flips:
        assert one.expected is not None and one.reply is not None
        old, new = (described(reply, one.verdict) for reply in (one.expected, one.reply))
        kind = KINDS[one.verdict].say(language)
        change = html.badge(f"{kind}: {old.say(language)} → {new.say(language)}", "accent")
        rows.append([html.plain(one.example.text), html.plain(one.text), change])
    return html.join((html.tag("h2", FLIPPED.say(language)), html.table(headers, rows)))


def _confusions(report: Report) -> Markup:
    language = report.language
    none = NO_INTENT.say(language)
    pairs = [
        PAIR.say(language, old=old or none, new=new or none, n=n)
        for (old, new), n in report.confusions()[:CONFUSIONS]
    ]
    said = CONFUSED.say(language, pairs=", ".join(pairs))
    return html.tag("p", said, class_="quiet") if pairs else Markup()


def _intents(report: Report) -> Markup:
    """Return the figures of each intent of the suite."""
    language = report.language
    headers = [one.say(language) for one in (INTENT, ORIGINALS, VARIANTS, FLIPS, UNANSWERED)]
    rows = []
    for intent, findings in report.by_intent().items():
        part = Report(report.suite, report.bot, findings, language)
        counts = (part.originals, part.compared, len(part.flips), len(part.unanswered))
        rows.append([intent, *counts])
    return html.table(headers, rows, numeric=range(1, len(headers)))


def _reasons(found: Sequence[Finding], language: Language) -> Markup:
    headers = [TEXT.say(language), REASON.say(language)]
    rows = [[html.plain(one.text or one.example.text), reason(one, language)] for one in found]
    return html.table(headers, rows)
