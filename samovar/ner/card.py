"""The result card: taggers side by side, what they dispute marked in the text and in a table."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from samovar import html
from samovar.ner.core import Annotation, Disagreement, Finding, compared
from samovar.ner.disputes import table
from samovar.ner.scoring import figures
from samovar.ner.tagging.labels import NAMES, TITLES
from samovar.ner.tagging.taggers import TAGGERS, defaults
from samovar.phrases import Language, Phrase
from samovar.records import Cost, Span
from samovar.tool import Download, Shown

HUES = {"PER": 1, "LOC": 3, "ORG": 2, "MISC": 4}
OTHER_HUE = 8

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
LEFT_OUT = Phrase(
    "Left out, not made for this language ({given}): {names}. Choose it to run it all the same.",
    "Не запускались, не для этого языка ({given}): {names}. Отметьте, чтобы запустить всё равно.",
)
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
    below = [_legend(language), _left_out(result, language), table(disputes, result, language)]
    measured = figures.read()
    if measured is not None:
        below.append(figures.section(measured, result.language, language))
    body = html.join([side_by_side, *(part for part in below if part)])
    return Shown(body, _cost(result), _files(result))


def _column(
    finding: Finding, result: Annotation, disputes: Sequence[Disagreement], language: Language
) -> Markup:
    spans = finding.markup.spans
    milliseconds = MILLISECONDS.say(language, ms=f"{finding.markup.milliseconds:,.0f}")
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
        class_=f"entity hue-{HUES.get(span.label, OTHER_HUE)}" + (" disputed" if disputed else ""),
        title=title,
    )


def _notes(finding: Finding, result: Annotation, language: Language) -> list[Markup]:
    row, notes = TAGGERS[finding.tagger], []
    if finding.markup.invented:
        names = html.join([html.badge(n, "bad") for n in finding.markup.invented], " ")
        notes.append(html.tag("p", INVENTED.say(language), " ", names, class_="note"))
    if not finding.markup.parsed:
        notes.append(html.tag("p", UNREAD.say(language), class_="note"))
    if result.language not in row.languages:
        made = ", ".join(_language(one, language) for one in row.languages if one in LANGUAGES)
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
    """Say which taggers the language ruled out; nothing when the visitor chose them."""
    if list(result.taggers) != defaults(result.language):
        return None
    names = [
        row.title.say(language)
        for name, row in TAGGERS.items()
        if name not in result.taggers and row.present()
    ]
    given = _language(result.language, language)
    said = LEFT_OUT.say(language, names=", ".join(names), given=given)
    return html.tag("p", said, class_="note") if names else None


def _cost(result: Annotation) -> Cost:
    rows = [TAGGERS[finding.tagger] for finding in result.findings]
    return Cost(
        sum(finding.markup.milliseconds for finding in result.findings),
        " + ".join(dict.fromkeys(row.model(result.language).title for row in rows)),
        " + ".join(dict.fromkeys(row.engine() for row in rows)),
    )


def _files(result: Annotation) -> tuple[Download, ...]:
    rows = [
        {"tagger": f.tagger, "start": s.start, "end": s.end, "label": s.label, "text": s.text}
        for f in result.findings
        for s in f.markup.spans
    ]
    if not rows:
        return ()
    whole = {"text": result.text, "taggers": {f.tagger: f.markup for f in result.findings}}
    return html.json_lines("samovar-ner", [whole]), html.spreadsheet("samovar-ner", rows)


def _language(name: str, language: Language) -> str:
    return LANGUAGES[name].say(language) if name in LANGUAGES else name


def _legend(language: Language) -> Markup:
    said = (
        html.tag(
            "span", TITLES[n].say(language), html.tag("small", n), class_=f"entity hue-{HUES[n]}"
        )
        for n in NAMES
    )
    return html.tag("p", html.join(said, " "), class_="legend")
