"""The result card: what was saved in big numbers, the pieces in colour, the terms in a table."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase
from samovar.records import Piece
from samovar.tokenizer.core import Neighbour, Spelling, Term
from samovar.tokenizer.result import Cut
from samovar.tokenizer.shown.coloured import coloured, visible
from samovar.tokenizer.shown.numbers import amount, percent, thousands
from samovar.tool import Download, Shown

BEFORE = Phrase("tokens before", "токенов до")
AFTER = Phrase("tokens after", "токенов после")
ONLY = Phrase("tokens", "токенов")
SAVED = Phrase("saved", "сэкономлено")
CHARACTERS = Phrase("characters", "знаков")
DENSITY = Phrase("characters per token", "знаков на токен")
PRICE = Phrase("a million characters cost", "стоит миллион знаков")
LESS = Phrase("of it saved", "из этого сэкономлено")
BEFORE_TITLE = Phrase("Before", "До")
AFTER_TITLE = Phrase("After", "После")
PIECES = Phrase("Pieces", "Кусочки")
OF_FILE = Phrase(
    "The numbers are those of the whole file {name}; its beginning is shown below.",
    "Числа относятся ко всему файлу {name}, ниже показано его начало.",
)
TERM = Phrase("Term", "Термин")
WAS = Phrase("Was", "Было")
IDS = Phrase("New ids", "Новые номера")
NEIGHBOURS = Phrase(
    "Nearest to the mean of its pieces (cosine)", "Ближе всего к среднему (косинус)"
)
TERMS_TITLE = Phrase("New terms", "Новые термины")
MEAN = Phrase(
    "A term gets a token for the middle of a line and one for its beginning. Each starts as the mean "
    "of the vectors of its pieces; * marks these pieces. A vector is the row of numbers that stands for a "
    "token inside the model; the cosine of two is 1 where they point the same way, about 0 where they have "
    "nothing in common.",
    "Термин получает токен для середины строки и токен для её начала. Каждый начинается со среднего "
    "векторов своих кусочков, они отмечены звёздочкой. Вектор — ряд чисел, которым токен записан внутри "
    "модели; косинус двух векторов равен 1, если они смотрят в одну сторону, и около 0, если общего нет.",
)
ALREADY = Phrase("one token already, not added", "уже один токен, не добавлен")
KNOWN = Phrase("{id}, a token before", "{id}, был токеном")
ABSENT = Phrase(
    "Not in the text as whole words in this case: {terms}.",
    "Нет в тексте целым словом в таком регистре: {terms}.",
)
NO_TERMS = Phrase(
    "Add terms of your own, or tick some that were found in the text: what they save is shown at once.",
    "Впишите свои термины или отметьте найденные в тексте: экономия видна сразу.",
)

OPEN_TERMS = 6
"""A longer table of terms opens on request."""


def card(cut: Cut, language: Language, price: float = 0, ids: bool = False) -> Shown:
    """Return the card of one text; `price` is that of a million tokens, 0 where it does not matter."""
    comparison = cut.comparison
    new = {s.id for term in comparison.terms for s in term.spellings if s.new}
    parts = [_numbers(cut, price, language)]
    if cut.file:
        said = OF_FILE.say(language, name=cut.file)
        parts.append(html.tag("p", said, class_="note"))
    if comparison.terms:
        parts.append(html.tag("h2", AFTER_TITLE.say(language)))
        parts.append(coloured(comparison.after, language, new=new, ids=ids))
        parts.append(html.tag("h2", BEFORE_TITLE.say(language)))
    else:
        parts.append(html.tag("p", NO_TERMS.say(language), class_="note"))
        parts.append(html.tag("h2", PIECES.say(language)))
    parts.append(coloured(comparison.before, language, ids=ids))
    if comparison.terms:
        parts.append(_terms(comparison.terms, comparison.after, language))
    return Shown(html.join(parts), cut.cost, _files(cut))


def _numbers(cut: Cut, price: float, language: Language) -> Markup:
    counts, changed = cut.counts, bool(cut.comparison.terms)
    before, after = (cut.characters / max(n, 1) for n in (counts.before, counts.after))
    big: list[tuple[object, object]] = [(thousands(counts.before), ONLY.say(language))]
    if changed:
        saved = f"{thousands(counts.saved)} · {percent(counts.saved_percent, language)}"
        big = [
            (thousands(counts.before), BEFORE.say(language)),
            (thousands(counts.after), AFTER.say(language)),
            (saved, SAVED.say(language)),
        ]
    small = [
        (thousands(cut.characters), CHARACTERS.say(language)),
        (_change(before, after, changed, language), DENSITY.say(language)),
    ]
    if price > 0:  # a million characters have 1,000,000 / density tokens
        cost = _change(price / before, price / after, changed, language)
        small.append((cost, PRICE.say(language)))
        if changed:
            small.append((amount(price / before - price / after, language), LESS.say(language)))
    return html.stats(big) + html.tag("div", html.stats(small), class_="smaller")


def _change(before: float, after: float, changed: bool, language: Language) -> str:
    said = amount(before, language)
    return f"{said} → {amount(after, language)}" if changed else said


def _terms(terms: Sequence[Term], after: Sequence[Piece], language: Language) -> Markup:
    headers = [h.say(language) for h in (TERM, WAS, IDS, NEIGHBOURS)]
    rows = [
        [
            html.tag("bdi", term.term),
            html.tag("bdi", html.join((visible(p.piece) for p in term.pieces), " | ")),
            _ids(term.spellings, language),
            near(term.neighbours) if term.neighbours else ALREADY.say(language),
        ]
        for term in terms
    ]
    used = {piece.id for piece in after}
    absent = [t.term for t in terms if not used & {s.id for s in t.spellings}]
    table = html.tag("div", html.table(headers, rows), class_="terms")
    title = f"{TERMS_TITLE.say(language)} ({len(terms)})"
    opened = len(terms) <= OPEN_TERMS
    parts = [
        html.details(title, html.tag("p", MEAN.say(language), class_="note") + table, opened=opened)
    ]
    if absent:
        said = ABSENT.say(language, terms=", ".join(absent))
        parts.append(html.tag("p", said, class_="note"))
    return html.join(parts)


def _ids(spellings: Sequence[Spelling], language: Language) -> Markup:
    return html.join(
        html.tag(
            "span",
            html.tag("bdi", visible(one.text)),
            " ",
            html.tag("small", one.id if one.new else KNOWN.say(language, id=one.id)),
            class_="near",
        )
        for one in spellings
    )


def near(neighbours: Sequence[Neighbour]) -> Markup:
    """Return tokens with their cosines; * marks pieces of the term itself."""
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
