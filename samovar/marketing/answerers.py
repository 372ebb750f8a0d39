"""Which model answers the tool, for the Models page."""

from __future__ import annotations

from samovar.figures.answerer import Answerer, basket
from samovar.models.shelf import shelf
from samovar.phrases import Phrase

TEXTS = Phrase("Texts", "Тексты")


def answerers() -> tuple[Answerer, ...]:
    """Return who writes the texts."""
    chosen = shelf().base("marketing")
    good = basket(chosen.model.id, "")
    return (Answerer(TEXTS, chosen.model.id, chosen.engine, chosen.reason, figure=good),)
