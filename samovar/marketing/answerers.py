"""Which models answer the tool, for the Models page."""

from __future__ import annotations

from samovar.figures.answerer import Answerer, Figure, basket, figure, pace
from samovar.marketing.checks.judge import MODEL
from samovar.marketing.checks.larger.model import ADAPTERS as JUDGES
from samovar.marketing.writers import ADAPTERS, TOOL
from samovar.models.bases import fitting
from samovar.models.engines import elsewhere
from samovar.models.pick import Choice, installed
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES, Language, Phrase

PARTS: dict[Language, Phrase] = {
    "en": Phrase("Texts in English", "Тексты на английском"),
    "ru": Phrase("Texts in Russian", "Тексты на русском"),
}
JUDGE = Phrase("The first check of what they say", "Первая проверка сказанного")
LARGER = Phrase("The second, where the first is not sure", "Вторая, где первая не уверена")
RIGHT = Phrase(
    "share of English statements judged rightly",
    "доля верных решений об английских предложениях",
)
MEANS = Phrase(
    "sentences about products that no judge was trained on: does the product sheet say so or not",
    "предложения о товарах, по которым никто не учился: говорит ли об этом карточка товара",
)


def answerers() -> tuple[Answerer, ...]:
    """Return who writes the texts in each language that a model here speaks, and who judges them."""
    writers = tuple(row for language in LANGUAGES if (row := _writer(language)))
    return (*writers, *_judges())


def _judges() -> tuple[Answerer, ...]:
    chosen = shelf().choice("entailment", MODEL)
    if not installed(chosen.model, shelf().settings):
        return ()
    small = Answerer(JUDGE, MODEL, chosen.engine, chosen.reason, figure=_right("small"))
    base = shelf().base(TOOL)
    name = JUDGES.get(base.model.id) if not elsewhere(base.engine) else None
    if name is None or fitting(name, base.model.id, shelf().settings) is None:
        return (small,)
    good = _right("served")
    return small, Answerer(LARGER, base.model.id, base.engine, base.reason, name, good)


def _right(way: str) -> Figure | None:
    """Return how often the judges are right that `way` of eval.selection.adverts names."""
    place = ("en", "judges", way, "right", "value")
    return figure(RIGHT, "marketing-judges", place, "", means=MEANS)


def _writer(language: Language) -> Answerer | None:
    speakers = (shelf().choice("chat"), shelf().base(TOOL))
    chosen = next((one for one in speakers if _speaks(one, language)), None)
    if chosen is None:
        return None
    name = ADAPTERS.get(chosen.model.id) if not elsewhere(chosen.engine) else None
    here = fitting(name, chosen.model.id, shelf().settings) if name else None
    good = None if here else basket(chosen.model.id, "")
    return Answerer(
        PARTS[language],
        chosen.model.id,
        chosen.engine,
        chosen.reason,
        here or "",
        good,
        pace(chosen.model.id),
    )


def _speaks(chosen: Choice, language: Language) -> bool:
    return language in chosen.model.languages or elsewhere(chosen.engine)
