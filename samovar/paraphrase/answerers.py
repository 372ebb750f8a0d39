"""Which models answer the tool, and how well, for the Models page."""

from __future__ import annotations

from typing import Any

from samovar.figures.answerer import Answerer, figure, share
from samovar.models.bases import adapter
from samovar.models.engines import elsewhere
from samovar.models.files import adapters
from samovar.models.pick import installed
from samovar.models.shelf import shelf
from samovar.paraphrase.generation.larger import TOOL
from samovar.paraphrase.generation.prompt import ADAPTERS
from samovar.phrases import LANGUAGES, Language, Phrase

PARTS: dict[Language, Phrase] = {
    "en": Phrase("English", "Английский"),
    "ru": Phrase("Russian", "Русский"),
}
LARGER = Phrase("Writes where that falls short, and verifies", "Дописывает недостающее и проверяет")
CHECK = Phrase("The first check of meaning", "Первая проверка смысла")
KEPT = Phrase(
    "share of {n} accepted variants that keep the meaning, by human evaluation:",
    "доля сохранивших смысл среди принятых вариантов ({n}), по оценке человека:",
)
ACCURACY = Phrase("accuracy", "доля верных")


def answerers() -> tuple[Answerer, ...]:
    """Return who rewords in each language that a model here speaks, and who checks."""
    speakers = (row for language in LANGUAGES if (row := _speaker(language)))
    return (*speakers, *_larger(), *_check())


def _speaker(language: Language) -> Answerer | None:
    chosen = shelf().speaks(language)
    if language not in chosen.model.languages and not elsewhere(chosen.engine):
        return None
    name = ADAPTERS.get(chosen.model.id, "")
    if name not in adapters.names(shelf().settings):
        name = ""
    kept = share(KEPT, f"human-evaluation-{language}", "variants", _keeps) if name else None
    return Answerer(PARTS[language], chosen.model.id, chosen.engine, chosen.reason, name, kept)


def _larger() -> tuple[Answerer, ...]:
    chosen = shelf().base(TOOL)
    name = adapter(TOOL, chosen.model.id, shelf().settings)
    if name is None:
        return ()
    place = ("sets", "test_en", "both", "accuracy")
    good = figure(ACCURACY, "validator", place, "test-en")
    return (Answerer(LARGER, chosen.model.id, chosen.engine, chosen.reason, name, good),)


def _keeps(variant: dict[str, Any]) -> bool:
    return variant["keeps"] is True


def _check() -> tuple[Answerer, ...]:
    chosen = shelf().choice("verifier")
    if not installed(chosen.model, shelf().settings):
        return ()
    good = figure(ACCURACY, "validator", ("sets", "test_en", "small", "accuracy"), "test-en")
    return (Answerer(CHECK, chosen.model.id, chosen.engine, chosen.reason, figure=good),)
