"""Which models answer the tool, and how well, for the Models page."""

from __future__ import annotations

from typing import Any

from samovar.figures.answerer import Answerer, baseline, figure, number, share
from samovar.models.bases import adapter
from samovar.models.engines import elsewhere
from samovar.models.files import adapters
from samovar.models.pick import installed
from samovar.models.shelf import shelf
from samovar.paraphrase.generation.larger import TOOL
from samovar.paraphrase.generation.prompt import ADAPTERS
from samovar.phrases import LANGUAGES, NOTHING, Language, Phrase

PARTS: dict[Language, Phrase] = {
    "en": Phrase("English", "Английский"),
    "ru": Phrase("Russian", "Русский"),
}
LARGER = Phrase("Writes where that falls short, and verifies", "Дописывает недостающее и проверяет")
CHECK = Phrase("The first check of meaning", "Первая проверка смысла")
KEPT = Phrase(
    "share of {n} accepted variants that keep the meaning",
    "доля сохранивших смысл среди принятых вариантов ({n})",
)
READ = Phrase(
    "a reader judged every variant that the tool accepted; 1 would mean that it never lets a change slip "
    "through",
    "читатель оценил все принятые варианты; 1 значит, что ни одно искажение не прошло",
)
ACCURACY = Phrase("accuracy of the check", "доля верных решений проверки")
PAIRS = Phrase(
    "pairs of English requests, about half of which ask for the same: how often it says rightly whether "
    "they do. Always saying no reaches about one half",
    "пары английских просьб, примерно в половине просят об одном и том же: как часто проверка права. "
    "Если всегда отвечать «нет», выйдет около половины",
)
ALONE = Phrase("the first check alone", "только первая проверка")
TOOK = Phrase(
    "{seconds} s a command, with all checks", "{seconds} с на команду, вместе с проверками"
)


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
    result = f"human-evaluation-{language}"
    kept = share(KEPT, result, "variants", _keeps, means=READ) if name else None
    return Answerer(
        PARTS[language],
        chosen.model.id,
        chosen.engine,
        chosen.reason,
        name,
        kept,
        _took(language) if name else NOTHING,
    )


def _took(language: Language) -> Phrase:
    place = ("rows", "tool", "figures", "seconds_median")
    seconds = number(f"paraphrase-{language}", place)
    return TOOK.filled(seconds=f"{seconds:.2g}") if seconds else NOTHING


def _larger() -> tuple[Answerer, ...]:
    chosen = shelf().base(TOOL)
    name = adapter(TOOL, chosen.model.id, shelf().settings)
    if name is None:
        return ()
    place, small = (("sets", "test_en", way, "accuracy") for way in ("both", "small"))
    alone = baseline(ALONE, "validator", small)
    good = figure(ACCURACY, "validator", place, "", means=PAIRS, baseline=alone)
    return (Answerer(LARGER, chosen.model.id, chosen.engine, chosen.reason, name, good),)


def _keeps(variant: dict[str, Any]) -> bool:
    return variant["keeps"] is True


def _check() -> tuple[Answerer, ...]:
    chosen = shelf().choice("verifier")
    if not installed(chosen.model, shelf().settings):
        return ()
    place = ("sets", "test_en", "small", "accuracy")
    good = figure(ACCURACY, "validator", place, "", means=PAIRS)
    return (Answerer(CHECK, chosen.model.id, chosen.engine, chosen.reason, figure=good),)
