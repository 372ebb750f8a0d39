"""Which models answer the tool, and how well, for the Models page."""

from __future__ import annotations

from samovar.figures.answerer import Answerer, Figure
from samovar.models.shelf import shelf
from samovar.ner.scoring.figures import CHARTED, Figures, read
from samovar.ner.tagging.taggers import ADAPTER, TAGGERS
from samovar.phrases import LANGUAGES, Language, Phrase

STRICT = Phrase("strict F1", "строгая F1")
PART = Phrase("{tagger}, {spoken}", "{tagger}, {spoken}")
SPOKEN: dict[Language, Phrase] = {
    "en": Phrase("English", "английский"),
    "ru": Phrase("Russian", "русский"),
}


def answerers() -> tuple[Answerer, ...]:
    """Return every tagger on this machine by language, with what it reached there."""
    measured = read()
    return tuple(
        _row(name, language, measured)
        for language in LANGUAGES
        for name, row in TAGGERS.items()
        if language in row.languages and row.present()
    )


def _row(name: str, language: Language, measured: Figures | None) -> Answerer:
    row = TAGGERS[name]
    model = row.model(language)
    part = PART.filled(tagger=row.title, spoken=SPOKEN[language])
    chosen = shelf().choice(model.role, model.id)
    adapter = ADAPTER if name == "llm-tuned" else ""
    return Answerer(
        part, model.id, row.engine(), chosen.reason, adapter, _figure(name, language, measured)
    )


def _figure(name: str, language: Language, measured: Figures | None) -> Figure | None:
    corpus = measured.corpora.get(CHARTED[language]) if measured else None
    cell = corpus.taggers.get(name) if corpus else None
    if corpus is None or cell is None:
        return None
    strict = cell.rules.strict
    return Figure(STRICT, strict.f1, strict.low, strict.high, corpus.title)
