"""The table of what the taggers dispute: a place a row, and who says what of it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from samovar import html
from samovar.ner.core import Annotation, Disagreement, Opinion
from samovar.ner.legend import badge
from samovar.ner.tagging.taggers import TAGGERS
from samovar.phrases import Language, Phrase

AGREE = Phrase("The taggers agree everywhere.", "Разметки совпадают.")
PLACES = Phrase("Disagreements: {n}", "Расхождения: {n}")
PLACE = Phrase("Place", "Место")
KIND = Phrase("What differs", "Что расходится")
SAID = Phrase("Who says what", "Кто что говорит")
KINDS = {
    "missed": Phrase("found or not", "найдено или нет"),
    "label": Phrase("type", "тип"),
    "borders": Phrase("borders", "границы"),
}
ABSENT = Phrase("nothing", "ничего")
MOST = 100
MORE = Phrase("…and {n} more", "…и ещё {n}")


def table(
    disputes: Sequence[Disagreement], result: Annotation, language: Language
) -> Markup | None:
    """Return a row for each disputed place; None when there is nothing to compare."""
    if len(result.findings) < 2:
        return None
    if not disputes:
        return html.tag("p", AGREE.say(language), class_="note")
    rows = [
        [
            html.tag("bdi", dispute.text),
            KINDS[dispute.kind].say(language),
            _opinions(dispute, language),
        ]
        for dispute in disputes[:MOST]
    ]
    more = len(disputes) - len(rows)
    parts = [
        html.tag("h2", PLACES.say(language, n=len(disputes))),
        html.table([header.say(language) for header in (PLACE, KIND, SAID)], rows),
    ]
    if more:
        parts.append(html.tag("p", MORE.say(language, n=more), class_="cost"))
    return html.tag("div", *parts, class_="disputes")


def _opinions(dispute: Disagreement, language: Language) -> Markup:
    """Return a line for each thing said, the one that most taggers say first."""
    sides: dict[tuple[tuple[int, int, str], ...], list[Opinion]] = {}
    for opinion in dispute.opinions:
        said = tuple((span.start, span.end, span.label) for span in opinion.spans)
        sides.setdefault(said, []).append(opinion)
    ordered = sorted(sides.values(), key=lambda side: (-len(side), not side[0].spans))
    lines = [
        html.tag("li", _said(side[0], dispute, language), _who(side, language)) for side in ordered
    ]
    return html.tag("ul", *lines, class_="sides")


def _said(opinion: Opinion, dispute: Disagreement, language: Language) -> Markup:
    if not opinion.spans:
        return html.badge(ABSENT.say(language))
    said = [
        html.join([html.tag("bdi", s.text), " ", badge(s.label)])
        if dispute.kind == "borders" or s.text != dispute.text
        else badge(s.label)
        for s in opinion.spans
    ]
    return html.join(said, ", ")


def _who(side: Sequence[Opinion], language: Language) -> Markup:
    names = ", ".join(TAGGERS[opinion.tagger].title.say(language) for opinion in side)
    return html.tag("span", names, class_="who")
