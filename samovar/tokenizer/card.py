"""The result card: what was saved in big numbers, the pieces in colour, the neighbours in a table."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase
from samovar.records import Piece
from samovar.tokenizer.core import Neighbour, Term
from samovar.tokenizer.result import Cut
from samovar.tool import Download, Shown

HUES = 4
SHOWN_PIECES = 3000

BEFORE = Phrase("tokens before", "токенов до")
AFTER = Phrase("tokens after", "токенов после")
ONLY = Phrase("tokens", "токенов")
SAVED = Phrase("saved", "сэкономлено")
BEFORE_TITLE = Phrase("Before", "До")
AFTER_TITLE = Phrase("After", "После")
PIECES = Phrase("Pieces", "Кусочки")
IDS = Phrase("ids", "номера")
NEW = Phrase("new token {id}", "новый токен {id}")
ID = Phrase("id {id}", "номер {id}")
TERM = Phrase("Term", "Термин")
WAS = Phrase("Was", "Было")
NUMBER = Phrase("New id", "Новый номер")
NEIGHBOURS = Phrase(
    "Nearest to the mean of its pieces (cosine)", "Ближе всего к среднему (косинус)"
)
TERMS_TITLE = Phrase("New terms", "Новые термины")
MEAN = Phrase(
    "A new token starts as the mean of the vectors of its pieces; * marks these pieces.",
    "Новый токен начинается со среднего векторов своих кусочков, они отмечены звёздочкой.",
)
ALREADY = Phrase("one token already, not added", "уже один токен, не добавлен")
ABSENT = Phrase(
    "Not in the text as whole words in this case: {terms}.",
    "Нет в тексте целым словом в таком регистре: {terms}.",
)
CUT = Phrase("The first {n} pieces are shown.", "Показаны первые кусочки: {n}.")
BREAK = "\u200b"
"""A line may break here, before a word, as it could at the space that is drawn as ·."""
INVISIBLE = {"\n": "⏎\n", "\t": "⇥", "\r": "␍"}

OPEN_TERMS = 6
"""A longer table of terms opens on request."""


def card(cut: Cut, language: Language) -> Shown:
    """Return the card of one text."""
    comparison = cut.comparison
    new = {term.id for term in comparison.terms if term.status == "added"}
    parts = [_numbers(cut, language)]
    if comparison.terms:
        parts.append(html.tag("h2", AFTER_TITLE.say(language)))
        parts.append(_pieces(comparison.after, new, language))
        parts.append(html.tag("h2", BEFORE_TITLE.say(language)))
    else:
        parts.append(html.tag("h2", PIECES.say(language)))
    parts.append(_pieces(comparison.before, (), language))
    if comparison.terms:
        parts.append(_terms(comparison.terms, comparison.after, language))
    return Shown(html.join(parts), cut.cost, _files(cut))


def _numbers(cut: Cut, language: Language) -> Markup:
    counts = cut.comparison.counts
    if not cut.comparison.terms:
        return html.stats([(counts.before, ONLY.say(language))])
    percent = f"{counts.saved_percent:.1f}".rstrip("0").rstrip(".")
    if language == "ru":
        percent = percent.replace(".", ",")
    return html.stats(
        [
            (counts.before, BEFORE.say(language)),
            (counts.after, AFTER.say(language)),
            (f"{counts.saved} · {percent}\u00a0%", SAVED.say(language)),
        ]
    )


def _pieces(pieces: Sequence[Piece], new: Collection[int], language: Language) -> Markup:
    shown = pieces[:SHOWN_PIECES]
    coloured = html.join(_piece(piece, at, new, language) for at, piece in enumerate(shown))
    ids = " ".join(str(piece.id) for piece in shown)
    parts = [
        html.tag("p", coloured, class_="pieces", dir="auto"),
        html.details(IDS.say(language), html.tag("p", ids, class_="ids")),
    ]
    if len(pieces) > len(shown):
        parts.append(html.tag("p", CUT.say(language, n=len(shown)), class_="note"))
    return html.join(parts)


def _piece(piece: Piece, at: int, new: Collection[int], language: Language) -> Markup:
    added = piece.id in new
    said = (NEW if added else ID).say(language, id=piece.id)
    kind = "piece new" if added else f"piece hue-{at % HUES}"
    shown = html.tag("span", visible(piece.piece), class_=kind, title=said)
    return html.join([BREAK, shown]) if piece.piece[:1].isspace() else shown


def visible(text: str) -> Markup:
    """Return a piece with its white space made visible: a space as ·, a line end as ⏎.

    >>> visible(" tea")
    Markup('<i>·</i>tea')
    """
    parts: list[object] = []
    for char in text:
        shown = "·" if char == " " else INVISIBLE.get(char)
        parts.append(html.tag("i", shown) if shown else char)
    return html.join(parts)


def _terms(terms: Sequence[Term], after: Sequence[Piece], language: Language) -> Markup:
    headers = [h.say(language) for h in (TERM, WAS, NUMBER, NEIGHBOURS)]
    rows = [
        [
            html.tag("bdi", term.term),
            html.tag("bdi", html.join((visible(p.piece) for p in term.pieces), " | ")),
            term.id,
            _near(term.neighbours) if term.neighbours else ALREADY.say(language),
        ]
        for term in terms
    ]
    used = {piece.id for piece in after}
    absent = [t.term for t in terms if t.status == "added" and t.id not in used]
    table = html.tag("div", html.table(headers, rows, numeric=(2,)), class_="terms")
    title = f"{TERMS_TITLE.say(language)} ({len(terms)})"
    opened = len(terms) <= OPEN_TERMS
    parts = [
        html.details(title, html.tag("p", MEAN.say(language), class_="note") + table, opened=opened)
    ]
    if absent:
        said = ABSENT.say(language, terms=", ".join(absent))
        parts.append(html.tag("p", said, class_="note"))
    return html.join(parts)


def _near(neighbours: Sequence[Neighbour]) -> Markup:
    return html.join(
        html.tag(
            "span",
            html.tag("bdi", visible(near.piece)),
            "* " if near.own else " ",
            html.tag("small", f"{near.cosine:.2f}"),
            class_="near",
            title=str(near.id),
        )
        for near in neighbours
    )


def _files(cut: Cut) -> tuple[Download, ...]:
    rows = [
        {"side": side, "piece": p.piece, "id": p.id, "start": p.start, "end": p.end}
        for side, pieces in (("before", cut.comparison.before), ("after", cut.comparison.after))
        for p in pieces
    ]
    return html.json_lines("samovar-tokenizer", [cut.comparison]), html.spreadsheet(
        "samovar-tokenizer", rows
    )
