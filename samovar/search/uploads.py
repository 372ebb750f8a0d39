"""What the page says about a visitor's own documents: how many, and what they can be filtered by."""

from __future__ import annotations

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase
from samovar.search.documents.facets import Facet, facets
from samovar.search.documents.fields import named
from samovar.search.passages.collection import Collection

LOADED = Phrase(
    "{documents} documents, {passages} passages. They are searched instead of the encyclopedia until "
    "you close the page or remove the files.",
    "Документов: {documents}, фрагментов: {passages}. Поиск идёт в них, а не в энциклопедии, пока "
    "открыта страница или не убраны файлы.",
)
FILTERS = Phrase("Fields to filter by", "Поля для фильтра")
NO_FIELDS = Phrase("The documents have no fields to filter by.", "Полей для фильтра в них нет.")
MORE = Phrase("{n} values in all", "всего значений: {n}")
RANGE = Phrase("{low} to {high}", "от {low} до {high}")


def loaded(own: Collection, language: Language) -> Markup:
    """Return the note that the documents are there, with the fields they can be filtered by."""
    counts = {"documents": len(own.documents), "passages": len(own.passages)}
    return html.tag(
        "div",
        html.tag("p", LOADED.say(language, **counts), role="status"),
        facet_list(facets(own.documents), language),
    )


def facet_list(listed: tuple[Facet, ...], language: Language) -> Markup:
    """Return the fields with their values and how many documents have each."""
    if not listed:
        return html.tag("p", NO_FIELDS.say(language), class_="quiet")
    rows = [html.tag("div", _name(facet, language), _values(facet, language)) for facet in listed]
    return html.tag(
        "section", html.tag("h4", FILTERS.say(language)), html.tag("dl", html.join(rows))
    )


def _name(facet: Facet, language: Language) -> Markup:
    kinds = named(facet.kinds).say(language)
    said = html.tag("span", f" ({kinds})", class_="cost") if kinds else ""
    return html.tag("dt", html.tag("bdi", facet.field), said)


def _values(facet: Facet, language: Language) -> Markup:
    parts: list[object] = [
        html.join((html.tag("bdi", value), f" {n}")) for value, n in facet.values
    ]
    if facet.ends and facet.distinct > len(facet.values):
        low, high = facet.ends
        parts.append(RANGE.say(language, low=low, high=high))
    if facet.distinct > len(facet.values):
        parts.append(MORE.say(language, n=facet.distinct))
    return html.tag("dd", html.join(parts, " · "), class_="cost")
