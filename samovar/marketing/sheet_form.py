"""A product sheet as the fields of a form, and as the lines that a visitor may paste."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samovar.marketing.facts.brief import Brief, parsed
from samovar.phrases import Language, Phrase

LABELS: Mapping[str, tuple[Phrase, str]] = {
    "name": (Phrase("Name", "Название"), ", "),
    "audience": (Phrase("Audience", "Аудитория"), ", "),
    "facts": (Phrase("", ""), "\n"),
    "benefits": (Phrase("Benefits", "Преимущества"), "; "),
    "price": (Phrase("Price", "Цена"), ", "),
    "forbidden": (Phrase("Forbidden", "Нельзя говорить"), "; "),
}
"""Field → its label in a sheet's text, and what stands between its parts; facts are lines of their own."""


def fields(brief: Brief) -> tuple[str, ...]:
    """Return what each field of the form holds: a part a line, in the order of LABELS."""
    return (
        brief.name,
        brief.audience,
        "\n".join(brief.facts),
        "\n".join(brief.benefits),
        brief.price,
        "\n".join(brief.forbidden),
    )


def written(brief: Brief, language: Language) -> str:
    """Return `brief` as the text of a sheet, which `parsed` reads back."""
    said = []
    for (label, between), value in zip(LABELS.values(), fields(brief), strict=True):
        name = label.say(language)
        if value:
            said.append((f"{name}: " if name else "") + value.replace("\n", between))
    return "\n".join(said)


def opened(text: str, held: Sequence[str]) -> tuple[str, ...] | None:
    """Return what the form of `text` holds; None where `held`, what it holds now, says the same.

    So a field in which one types is left alone, although its words come back by the text.
    """
    new = fields(parsed(text)) if text.strip() else ("",) * len(LABELS)
    same = all(_letters(one) == _letters(other) for one, other in zip(new, held, strict=True))
    return None if same else new


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
