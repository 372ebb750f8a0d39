"""The result card: taggers side by side, what they dispute marked in the text and in a table."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from samovar import html
from samovar.ner.core import Annotation, Disagreement, Finding, compared
from samovar.ner.disputes import table
from samovar.ner.downloads import files
from samovar.ner.legend import badge, hue, legend
from samovar.ner.scoring import figures
from samovar.ner.tagging.labels import TITLES
from samovar.ner.tagging.parts import languages
from samovar.ner.tagging.taggers import TAGGERS, defaults
from samovar.phrases import Language, Phrase
from samovar.records import Cost, Span
from samovar.tool import Shown

MILLISECONDS = Phrase("{ms} ms", "{ms} мс")
FOUND = Phrase("{n} found", "найдено: {n}")
WAITING = Phrase("reading…", "читает…")
NOTHING = Phrase("No names found.", "Имён не найдено.")
INVENTED = Phrase("Named, but not in the text:", "Названо, но в тексте этого нет:")
UNREAD = Phrase(
    "Some of its output could not be read.", "Часть ответа модели разобрать не удалось."
)
FOREIGN = Phrase(
    "{title} is made for {made}, and this text is read as {given}: expect mistakes.",
    "{title}: модель для языка {made}, а текст считается {given}. Возможны ошибки.",
)
PARTLY = Phrase(
    "It read only the sentences in its language: {made}.",
    "Прочитаны только предложения на языке модели: {made}.",
)
LEFT_OUT = Phrase(
    "Not asked unless ticked, slower or less exact, or made for another language: {names}.",
    "Работают, только если отметить (медленнее, менее точны или для другого языка): {names}.",
)
EVERYTHING = Phrase("All spans with their offsets: {n}", "Все находки с позициями: {n}")
TAGGER = Phrase("Tagger", "Модель")
NAME = Phrase("Text", "Текст")
LABEL = Phrase("Label", "Метка")
START = Phrase("Start", "Начало")
END = Phrase("End", "Конец")
MOST = 300
MORE = Phrase("…and {n} more in the files below", "…и ещё {n} в файлах ниже")
DISPUTED = Phrase("The taggers disagree here", "Здесь разметки расходятся")
LANGUAGES = {"en": Phrase("English", "английский"), "ru": Phrase("Russian", "русский")}
STOPPED = Phrase("Stopped before anything was found.", "Остановлено, найти ничего не успели.")


def card(result: Annotation, language: Language, *, running: bool = False) -> Shown:
    """Return the card of `result`; taggers that have not finished are shown as waiting."""
    disputes = compared(result.findings, result.text)
    done = {finding.tagger: finding for finding in result.findings}
    columns = [
        _column(done[name], result, disputes, language)
        if name in done
        else _waiting(name, language)
        for name in result.taggers
    ]
    if not columns:
        return Shown(html.notice(STOPPED.say(language), "empty"))
    side_by_side = html.tag("div", *columns, class_="taggers")
    if running:
        return Shown(side_by_side)
    below = [
        table(disputes, result, language),
        _left_out(result, language),
        _spans(result, language),
    ]
    measured = figures.read()
    if measured is not None:
        below.append(figures.section(measured, result.language, language))
    body = html.tag("div", legend(result, language), side_by_side, *below, class_="names")
    return Shown(body, _cost(result), files(result))


def _column(
    finding: Finding, result: Annotation, disputes: Sequence[Disagreement], language: Language
) -> Markup:
    spans = finding.markup.spans
    took = finding.markup.milliseconds
    milliseconds = MILLISECONDS.say(language, ms=f"{took:,.0f}" if took >= 10 else f"{took:.1f}")
    return html.tag(
        "section",
        html.tag("h3", TAGGERS[finding.tagger].title.say(language)),
        html.tag("p", f"{milliseconds} · {FOUND.say(language, n=len(spans))}", class_="cost"),
        html.tag("p", marked(result.text, spans, disputes, language), class_="plain", dir="auto"),
        None if spans else html.tag("p", NOTHING.say(language), class_="cost"),
        *_notes(finding, result, language),
        class_="tagger",
    )


def marked(
    text: str, spans: Sequence[Span], disputes: Sequence[Disagreement], language: Language
) -> Markup:
    """Return `text` with its spans coloured and their labels beside them; disputed ones get ≠."""
    parts: list[object] = []
    at = 0
    for span in spans:
        if span.start < at:
            continue
        disputed = any(d.start < span.end and span.start < d.end for d in disputes)
        parts += [text[at : span.start], _entity(span, disputed, language)]
        at = span.end
    return html.join([*parts, text[at:]])


def _entity(span: Span, disputed: bool, language: Language) -> Markup:
    title = TITLES[span.label].say(language) if span.label in TITLES else span.label
    if disputed:
        title = f"{title}. {DISPUTED.say(language)}"
    return html.tag(
        "mark",
        span.text,
        html.tag("small", f"{span.label} ≠" if disputed else span.label),
        class_=f"entity {hue(span.label)}" + (" disputed" if disputed else ""),
        title=title,
    )


def _notes(finding: Finding, result: Annotation, language: Language) -> list[Markup]:
    row, notes = TAGGERS[finding.tagger], []
    if finding.markup.invented:
        names = html.join([html.badge(n, "bad") for n in finding.markup.invented], " ")
        notes.append(html.tag("p", INVENTED.say(language), " ", names, class_="note"))
    if not finding.markup.parsed:
        notes.append(html.tag("p", UNREAD.say(language), class_="note"))
    made = ", ".join(_language(one, language) for one in row.languages if one in LANGUAGES)
    if finding.unread:
        notes.append(html.tag("p", PARTLY.say(language, made=made), class_="note"))
    elif result.language not in row.languages:
        said = FOREIGN.say(
            language,
            title=row.model(result.language).title,
            made=made,
            given=_language(result.language, language),
        )
        notes.append(html.tag("p", said, class_="note"))
    return notes


def _waiting(name: str, language: Language) -> Markup:
    head = html.tag("h3", TAGGERS[name].title.say(language))
    return html.tag(
        "section", head, html.tag("p", WAITING.say(language), class_="cost"), class_="tagger"
    )


def _left_out(result: Annotation, language: Language) -> Markup | None:
    """Say which taggers were not asked; nothing when the visitor chose them."""
    if list(result.taggers) != defaults(*languages(result.text, result.language)):
        return None
    names = [
        row.title.say(language)
        for name, row in TAGGERS.items()
        if name not in result.taggers and row.present()
    ]
    said = LEFT_OUT.say(language, names="; ".join(names))
    return html.tag("p", said, class_="note") if names else None


def _cost(result: Annotation) -> Cost:
    rows = [TAGGERS[finding.tagger] for finding in result.findings]
    return Cost(
        sum(finding.markup.milliseconds for finding in result.findings),
        " + ".join(dict.fromkeys(row.model(result.language).title for row in rows)),
        " + ".join(dict.fromkeys(row.engine() for row in rows)),
    )


def _language(name: str, language: Language) -> str:
    return LANGUAGES[name].say(language) if name in LANGUAGES else name


def _spans(result: Annotation, language: Language) -> Markup | None:
    """Return the folded table of everything that was found."""
    found = [(f.tagger, span) for f in result.findings for span in f.markup.spans]
    if not found:
        return None
    headers = [part.say(language) for part in (TAGGER, NAME, LABEL, START, END)]
    rows = [
        [
            TAGGERS[name].title.say(language),
            html.tag("bdi", span.text),
            badge(span.label),
            span.start,
            span.end,
        ]
        for name, span in found[:MOST]
    ]
    more = MORE.say(language, n=len(found) - MOST) if len(found) > MOST else None
    note = html.tag("p", more, class_="cost") if more else None
    listed = html.tag("div", html.table(headers, rows, numeric=(3, 4)), note, class_="spans")
    return html.details(EVERYTHING.say(language, n=len(found)), listed)
