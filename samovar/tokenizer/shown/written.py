"""The card of two continuations of one text."""

from __future__ import annotations

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase
from samovar.tokenizer.shown.coloured import coloured
from samovar.tokenizer.shown.numbers import amount
from samovar.tokenizer.trained.continuation import Continuation, Writing
from samovar.tool import Shown

BASE = Phrase("The base", "Базовая модель")
GROWN = Phrase("With the trained vocabulary", "С обученным словарём")
SIZES = Phrase(
    "text {read} tokens, written {written} tokens in {ms} ms, {density} characters per token",
    "текст {read} токенов, написано {written} токенов за {ms} мс, {density} знаков на токен",
)


def written(continuation: Continuation, language: Language) -> Shown:
    """Return the card: what the base writes, and what the model with more tokens writes."""
    parts = [html.plain(f"{continuation.text} …")]
    for writing in continuation.writings:
        new = {piece.id for piece in writing.pieces if piece.id >= continuation.first}
        parts.append(html.tag("h3", (GROWN if writing.grown else BASE).say(language)))
        parts.append(coloured(writing.pieces, language, new=new))
        parts.append(_sizes(writing, language))
    rows = [
        {"with_terms": one.grown, "text": "".join(piece.piece for piece in one.pieces)}
        for one in continuation.writings
    ]
    files = (html.json_lines("samovar-continuations", rows),)
    return Shown(html.join(parts), continuation.cost, files)


def _sizes(writing: Writing, language: Language) -> Markup:
    characters = sum(len(piece.piece) for piece in writing.pieces)
    said = SIZES.say(
        language,
        read=writing.read,
        written=len(writing.pieces),
        ms=f"{writing.milliseconds:.0f}",
        density=amount(characters / max(len(writing.pieces), 1), language),
    )
    return html.tag("p", said, class_="note")
