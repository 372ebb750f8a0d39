"""Which model the tool reads, for the Models page: no model answers, its vocabulary is shown."""

from __future__ import annotations

from dataclasses import replace

from samovar.figures.answerer import Answerer, Figure, figure
from samovar.phrases import Phrase
from samovar.tokenizer.vocabulary.embeddings import embedded_model

PART = Phrase("Its vocabulary is shown", "Показан её словарь")
ENGINE = "tokenizers"
NO_ANSWER = Phrase(
    "no model answers here: the text is cut by the vocabulary of the small chat model",
    "модель здесь не отвечает: текст режется по словарю малой чат-модели",
)
SAVED = Phrase(
    "share of tokens saved on held-out text about Kubernetes",
    "доля сэкономленных токенов на новом тексте о Kubernetes",
)
MEANS = Phrase(
    "how much shorter a text becomes once terms of its field are in the vocabulary; 0 would be no change. "
    "Other text keeps its length",
    "насколько короче становится текст, если добавить в словарь термины его области; 0 — без изменений. "
    "Прочие тексты не меняются",
)


def answerers() -> tuple[Answerer, ...]:
    """Return the model whose vocabulary cuts the texts."""
    return (Answerer(PART, embedded_model().id, ENGINE, NO_ANSWER, figure=_saved()),)


def _saved() -> Figure | None:
    """Return the tokens that terms save, as a share."""
    place = ("tokens", "domain", "saved_percent", "value")
    found = figure(SAVED, "tokenizer-kubernetes", place, "", means=MEANS)
    if found is None:
        return None
    value, low, high = (share / 100 for share in (found.value, found.low, found.high))
    return replace(found, value=value, low=low, high=high)
