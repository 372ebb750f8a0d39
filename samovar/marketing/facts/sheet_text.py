"""A product sheet as the text that a prompt holds: a labelled line a field."""

from __future__ import annotations

from samovar.marketing.facts.brief import Brief
from samovar.phrases import Language, Phrase

LINES: tuple[tuple[str, Phrase], ...] = (
    ("name", Phrase("Product", "Товар")),
    ("category", Phrase("Kind", "Вид")),
    ("audience", Phrase("For", "Для кого")),
    ("facts", Phrase("Facts", "Факты")),
    ("benefits", Phrase("Benefits", "Польза")),
    ("price", Phrase("Price", "Цена")),
    ("forbidden", Phrase("Never say", "Нельзя говорить")),
)
"""Field of the sheet → its label; an empty field has no line."""


def sheet_text(brief: Brief, language: Language) -> str:
    r"""Return `brief` as lines of a prompt.

    >>> sheet_text(Brief("", "Arc", "desk-lamp", "en", "", ("Uses 9 watts.", "Is red."), (), "", ()), "en")
    'Product: Arc\nKind: desk lamp\nFacts: Uses 9 watts; Is red'
    """
    lines = []
    for field, label in LINES:
        value = getattr(brief, field)
        if isinstance(value, tuple):
            value = "; ".join(part.rstrip(".;") for part in value)
        if value:
            said = value.replace("-", " ") if field == "category" else value
            lines.append(f"{label.say(language)}: {said}")
    return "\n".join(lines)
