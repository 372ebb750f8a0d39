"""The card of several vocabularies side by side."""

from __future__ import annotations

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase
from samovar.tokenizer.beside.side import Beside, Side
from samovar.tokenizer.shown.coloured import coloured
from samovar.tokenizer.shown.numbers import amount, thousands
from samovar.tool import Shown

TOKENIZER = Phrase("Tokenizer", "Токенизатор")
SIZE = Phrase("Vocabulary", "Словарь")
TOKENS = Phrase("Tokens", "Токенов")
DENSITY = Phrase("Characters per token", "Знаков на токен")
FERTILITY = Phrase("Tokens per word", "Токенов на слово")
UNKNOWN = Phrase("Unknown", "Неизвестных")
FEWEST = Phrase("fewest", "меньше всех")
GROWN = Phrase("{title} with your terms", "{title} с вашими терминами")
TERMS = Phrase("Pieces of each term", "Кусочков в каждом термине")
TERM = Phrase("Term", "Термин")
OF_FILE = Phrase(
    "The table is about the whole file {name}; its beginning is shown below.",
    "Таблица относится ко всему файлу {name}, ниже показано его начало.",
)
OPEN_TERMS = 12
"""A longer table of terms opens on request."""


def table(beside: Beside, language: Language) -> Shown:
    """Return the card: a table of numbers, the terms, and the text as each vocabulary cuts it."""
    parts = [_numbers(beside, language)]
    if beside.file:
        said = OF_FILE.say(language, name=beside.file)
        parts.append(html.tag("p", said, class_="note"))
    if beside.terms:
        parts.append(_terms(beside, language))
    for side in beside.sides:
        parts.append(html.tag("h3", _title(side, language)))
        parts.append(coloured(side.pieces, language))
    rows = [{"tokenizer": s.id, "with_terms": s.grown, "tokens": s.tokens} for s in beside.sides]
    return Shown(html.join(parts), beside.cost, (html.spreadsheet("samovar-tokenizers", rows),))


def _numbers(beside: Beside, language: Language) -> Markup:
    named = (TOKENIZER, SIZE, TOKENS, DENSITY, FERTILITY, UNKNOWN)
    fewest = min(side.tokens for side in beside.sides)
    rows = [
        [
            _named(side, side.tokens == fewest, language),
            thousands(side.size),
            thousands(side.tokens),
            amount(beside.characters / max(side.tokens, 1), language),
            amount(side.tokens / max(beside.words, 1), language),
            thousands(side.unknown),
        ]
        for side in beside.sides
    ]
    headers = [phrase.say(language) for phrase in named]
    return html.tag("div", html.table(headers, rows, numeric=range(1, 6)), class_="sides")


def _named(side: Side, best: bool, language: Language) -> Markup:
    title = html.tag("bdi", _title(side, language))
    return html.join([title, html.badge(FEWEST.say(language), "good")], " ") if best else title


def _title(side: Side, language: Language) -> str:
    return GROWN.say(language, title=side.title) if side.grown else side.title


def _terms(beside: Beside, language: Language) -> Markup:
    titles = [_title(side, language) for side in beside.sides]
    rows = [
        [html.tag("bdi", term), *(side.terms[at] for side in beside.sides)]
        for at, term in enumerate(beside.terms)
    ]
    headers = [TERM.say(language), *titles]
    inner = html.table(headers, rows, numeric=range(1, len(titles) + 1))
    body = html.tag("div", inner, class_="sides")
    return html.details(TERMS.say(language), body, opened=len(beside.terms) <= OPEN_TERMS)
