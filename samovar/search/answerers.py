"""Which models answer the tool, and how well, for the Models page."""

from __future__ import annotations

from samovar.figures.answerer import Answerer, figure
from samovar.figures.breakdown import Breakdown
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.search import changes

MEANING = Phrase("Ranking by meaning", "Порядок по смыслу")
RERANK = Phrase("Mode `rerank`: reads the best once more", "Режим «rerank»: перечитывает лучшие")
NDCG = Phrase("nDCG@10 with BM25", "nDCG@10 вместе с BM25")
RERANKED = Phrase("nDCG@10", "nDCG@10")
MEASURED = ("search-e5", "rerank-e5")
"""Those that the results are of."""


def answerers() -> tuple[Answerer, ...]:
    """Return who encodes questions and passages, and who reads them together."""
    roles = {"retriever": (MEANING, NDCG, "hybrid"), "reranker": (RERANK, RERANKED, "rerank")}
    rows = []
    for role, (part, name, row) in roles.items():
        if not shelf().offers(role):
            continue
        chosen = shelf().choice(role)
        place = ("sets", "stackfaq", "rows", row, "ndcg_10", "value")
        good = figure(name, "search", place, "StackFAQ") if chosen.model.id in MEASURED else None
        rows.append(Answerer(part, chosen.model.id, chosen.engine, chosen.reason, figure=good))
    return tuple(rows)


def breakdowns(language: Language) -> tuple[Breakdown, ...]:
    """Return the wins and losses of our own questions."""
    return changes.breakdowns(language)
