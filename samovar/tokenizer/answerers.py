"""Which model the tool reads, for the Models page: no model answers, its vocabulary is shown."""

from __future__ import annotations

from samovar.figures.answerer import Answerer
from samovar.phrases import Phrase
from samovar.tokenizer.vocabulary.embeddings import embedded_model

PART = Phrase("Its vocabulary is shown", "Показан её словарь")
ENGINE = "tokenizers"
NO_ANSWER = Phrase(
    "no model answers here: the text is cut by the vocabulary of the small chat model",
    "модель здесь не отвечает: текст режется по словарю малой чат-модели",
)


def answerers() -> tuple[Answerer, ...]:
    """Return the model whose vocabulary cuts the texts."""
    return (Answerer(PART, embedded_model().id, ENGINE, NO_ANSWER),)
