"""Which models answer the tool, and how well, for the Models page."""

from __future__ import annotations

from samovar.figures.answerer import Answerer, Baseline, Figure
from samovar.models.shelf import shelf
from samovar.ner.scoring.figures import CHARTED, Cell, Figures, read
from samovar.ner.tagging.taggers import ADAPTER, TAGGERS
from samovar.phrases import LANGUAGES, NOTHING, Language, Phrase

STRICT = Phrase("strict F1", "строгая F1")
MEANS = Phrase(
    "how many names it finds and how few it makes up, in one number up to 1; a name counts when its borders "
    "and its label are right",
    "сколько имён найдено и сколь мало лишних, одним числом до 1; имя засчитано, если верны и границы, и "
    "метка",
)
TOOK = Phrase("{ms} ms a text", "{ms} мс на текст")
BASELINES: dict[Language, str] = {"en": "spacy", "ru": "natasha"}
"""The tagger that comes ready made, of each language: the others stand beside it."""
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
    cell = _cell(name, language, measured)
    good = _figure(name, language, measured)
    took = TOOK.filled(ms=_round(cell.milliseconds)) if cell else NOTHING
    return Answerer(part, model.id, row.engine(), chosen.reason, adapter, good, took)


def _round(milliseconds: float) -> str:
    return f"{milliseconds:.1f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


def _cell(name: str, language: Language, measured: Figures | None) -> Cell | None:
    corpus = measured.corpora.get(CHARTED[language]) if measured else None
    return corpus.taggers.get(name) if corpus else None


def _figure(name: str, language: Language, measured: Figures | None) -> Figure | None:
    cell = _cell(name, language, measured)
    if measured is None or cell is None:
        return None
    strict, ready = cell.rules.strict, BASELINES[language]
    beside = _cell(ready, language, measured) if name != ready else None
    baseline = Baseline(TAGGERS[ready].title, beside.rules.strict.f1) if beside else None
    over = measured.corpora[CHARTED[language]].title
    return Figure(STRICT, strict.f1, strict.low, strict.high, over, MEANS, baseline)
