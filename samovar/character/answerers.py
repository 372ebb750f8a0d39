"""Which models answer the tool, for the Models page."""

from __future__ import annotations

from samovar.figures.answerer import Answerer, basket
from samovar.models import bases
from samovar.models.shelf import shelf
from samovar.phrases import Phrase

REPLIES = Phrase("Replies", "Реплики")
FACTS = Phrase("Facts for a reply", "Факты для реплики")


def answerers() -> tuple[Answerer, ...]:
    """Return who replies and who looks up facts."""
    chosen, encoder = shelf().base("character"), shelf().choice("encoder")
    adapter = bases.adapter("character", chosen.model.id, shelf().settings) or ""
    return (
        Answerer(
            REPLIES,
            chosen.model.id,
            chosen.engine,
            chosen.reason,
            adapter,
            basket(chosen.model.id, adapter),
        ),
        Answerer(FACTS, encoder.model.id, encoder.engine, encoder.reason),
    )
