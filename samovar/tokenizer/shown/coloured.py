"""Pieces of a text in colour, their ids below them where that is wished."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase
from samovar.records import Piece

HUES = 4
MOST = 3000
"""Pieces drawn of one text."""

IDS = Phrase("ids", "номера")
NEW = Phrase("new token {id}", "новый токен {id}")
ID = Phrase("id {id}", "номер {id}")
CUT = Phrase("The first {n} pieces are shown.", "Показаны первые кусочки: {n}.")
BREAK = "\u200b"
"""A line may break here, before a word, as it could at the space that is drawn as ·."""
INVISIBLE = {"\n": "⏎\n", "\t": "⇥", "\r": "␍"}


def coloured(
    pieces: Sequence[Piece],
    language: Language,
    *,
    new: Collection[int] = (),
    ids: bool = False,
    most: int = MOST,
) -> Markup:
    """Return `pieces` side by side; those with an id in `new` are framed.

    With `ids` each has its id below it, else they can be opened as a list.
    """
    shown = pieces[:most]
    drawn = html.join(_piece(piece, at, new, ids, language) for at, piece in enumerate(shown))
    css = "pieces with-ids" if ids else "pieces"
    flowing = html.tag("p", drawn, class_=css, dir="auto")
    parts = [html.tag("div", flowing, class_="pieces-box", tabindex="0", role="region")]
    if not ids:
        listed = " ".join(str(piece.id) for piece in shown)
        parts.append(html.details(IDS.say(language), html.tag("p", listed, class_="ids")))
    if len(pieces) > len(shown):
        parts.append(html.tag("p", CUT.say(language, n=len(shown)), class_="note"))
    return html.join(parts)


def _piece(piece: Piece, at: int, new: Collection[int], ids: bool, language: Language) -> Markup:
    added = piece.id in new
    said = (NEW if added else ID).say(language, id=piece.id)
    kind = "piece new" if added else f"piece hue-{at % HUES}"
    below = html.tag("small", piece.id) if ids else None
    shown = html.tag("span", visible(piece.piece), below, class_=kind, title=said)
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
