"""Which models answer the tool, and how well, for the Models page."""

from __future__ import annotations

from typing import Any

from samovar.figures.answerer import Answerer, figure, share
from samovar.models.files import adapters
from samovar.models.pick import installed
from samovar.models.shelf import shelf
from samovar.paraphrase.generation.prompt import ADAPTERS
from samovar.phrases import LANGUAGES, Language, Phrase

PARTS: dict[Language, Phrase] = {
    "en": Phrase("English", "Английский"),
    "ru": Phrase("Russian", "Русский"),
}
CHECK = Phrase("The check of meaning", "Проверка смысла")
KEPT = Phrase(
    "share of {n} accepted variants that keep the meaning, by human evaluation:",
    "доля сохранивших смысл среди принятых вариантов ({n}), по оценке человека:",
)
ACCURACY = Phrase("accuracy", "доля верных")


def answerers() -> tuple[Answerer, ...]:
    """Return who rewords in each language that a model here speaks, and who checks."""
    return (*(row for language in LANGUAGES if (row := _speaker(language))), *_check())


def _speaker(language: Language) -> Answerer | None:
    chosen = shelf().speaks(language)
    if language not in chosen.model.languages and chosen.engine != "remote":
        return None
    adapter = ADAPTERS.get(chosen.model.id, "")
    if adapter not in adapters.names(shelf().settings):
        adapter = ""
    kept = share(KEPT, f"human-evaluation-{language}", "variants", _keeps) if adapter else None
    return Answerer(PARTS[language], chosen.model.id, chosen.engine, chosen.reason, adapter, kept)


def _keeps(variant: dict[str, Any]) -> bool:
    return variant["keeps"] is True


def _check() -> tuple[Answerer, ...]:
    chosen = shelf().choice("verifier")
    if not installed(chosen.model, shelf().settings):
        return ()
    good = figure(ACCURACY, "validator", ("sets", "test_en", "small", "accuracy"), "test-en")
    return (Answerer(CHECK, chosen.model.id, chosen.engine, chosen.reason, figure=good),)
