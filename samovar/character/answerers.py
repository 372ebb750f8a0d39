"""Which models answer the tool, for the Models page."""

from __future__ import annotations

from samovar.figures.answerer import Answerer, Figure, model_of, pace, share
from samovar.models import bases
from samovar.models.shelf import shelf
from samovar.phrases import Phrase

REPLIES = Phrase("Replies", "Реплики")
FACTS = Phrase("Facts for a reply", "Факты для реплики")
GOOD = Phrase("share of {n} replies that are good", "доля хороших реплик (всего {n})")
MEANS = Phrase(
    "a reader judged every reply of whole conversations: it answers the message, the character could say it "
    "and nothing in it is against the series",
    "читатель оценил каждую реплику целых разговоров: отвечает на сообщение, персонаж мог так сказать и "
    "ничто не противоречит сериалу",
)
READ = "character-conversations"


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
            _read(chosen.model.id),
            pace(chosen.model.id),
        ),
        Answerer(FACTS, encoder.model.id, encoder.engine, encoder.reason),
    )


def _read(model: str) -> Figure | None:
    """Return how often a reader found the replies of `model` good; None: they were not read."""
    if model_of(READ) != model:
        return None
    return share(GOOD, READ, "exchanges", lambda one: one["good"] is True, means=MEANS)
