"""The table of what the taggers dispute."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from samovar import html
from samovar.ner.core import Annotation, Disagreement, Opinion
from samovar.ner.tagging.taggers import TAGGERS
from samovar.phrases import Language, Phrase

AGREE = Phrase("The taggers agree everywhere.", "Разметки совпадают.")
PLACES = Phrase("Disagreements: {n}", "Расхождения: {n}")
PLACE = Phrase("Place", "Место")
KIND = Phrase("What differs", "Что расходится")
KINDS = {
    "missed": Phrase("found or not", "найдено или нет"),
    "label": Phrase("type", "тип"),
    "borders": Phrase("borders", "границы"),
}
ABSENT = Phrase("nothing", "ничего")
NOT_MARKED = Phrase("does not mark this type", "такой тип не размечает")
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
    names = [finding.tagger for finding in result.findings]
    headers = [PLACE, KIND, *(TAGGERS[name].title for name in names)]
    rows = [
        [
            html.tag("bdi", dispute.text),
            KINDS[dispute.kind].say(language),
            *(_opinion(name, dispute.opinions, language) for name in names),
        ]
        for dispute in disputes[:MOST]
    ]
    more = len(disputes) - len(rows)
    parts = [
        html.tag("h2", PLACES.say(language, n=len(disputes))),
        html.table([header.say(language) for header in headers], rows),
    ]
    if more:
        parts.append(html.tag("p", MORE.say(language, n=more), class_="cost"))
    return html.join(parts)


def _opinion(name: str, opinions: Sequence[Opinion], language: Language) -> object:
    for opinion in opinions:
        if opinion.tagger == name:
            said = [
                html.join([html.tag("bdi", span.text), " ", html.badge(span.label)])
                for span in opinion.spans
            ]
            return html.join(said, "; ") if said else ABSENT.say(language)
    return html.tag("span", "·", title=NOT_MARKED.say(language))
