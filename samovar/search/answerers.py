"""Which models answer the tool, and how well, for the Models page."""

from __future__ import annotations

from samovar.figures.answerer import Answerer, Baseline, Figure, baseline, figure, number
from samovar.figures.breakdown import Breakdown
from samovar.models.pick import Choice
from samovar.models.shelf import shelf
from samovar.phrases import NOTHING, Language, Phrase
from samovar.search import changes

MEANING = Phrase("Ranking by meaning", "Порядок по смыслу")
RERANK = Phrase(
    "Cross-encoder: reads question and passage together",
    "Кросс-энкодер: читает вопрос и отрывок вместе",
)
NDCG = Phrase("nDCG@10 together with BM25", "nDCG@10 вместе с BM25")
RERANKED = Phrase("nDCG@10", "nDCG@10")
MEANS = Phrase(
    "how near to the top the right answers stand among the first ten: 1 when all of them lead. BM25 "
    "counts the words that question and text share",
    "насколько высоко стоят нужные ответы в первой десятке: 1, если они все впереди. BM25 считает общие "
    "слова вопроса и текста",
)
STACKFAQ = "StackFAQ"
BM25 = Phrase("BM25 alone", "только BM25")
HYBRID = Phrase("the same questions without it", "те же вопросы без него")
SECOND = Phrase(
    "{ms} ms a question over {passages} passages", "{ms} мс на вопрос, отрывков {passages}"
)
A_TEXT = Phrase("{ms} ms for each text that it reads", "{ms} мс на каждый прочитанный текст")
MEASURED = ("search-e5", "rerank-e5")
"""Those that the results are of."""


def answerers() -> tuple[Answerer, ...]:
    """Return who encodes questions and passages, and who reads them together."""
    return (*_retriever(), *_reranker())


def _retriever() -> tuple[Answerer, ...]:
    chosen = _chosen("retriever")
    if chosen is None:
        return ()
    good, took = None, NOTHING
    if chosen.model.id in MEASURED:
        good = _ndcg(NDCG, "hybrid", baseline(BM25, "search", _place("rows", "bm25")))
        ms = number("search-speed", ("scripts", "query_ms", "hybrid", "p50"))
        passages = number("search-speed", ("passages",))
        if ms and passages:
            took = SECOND.filled(ms=f"{ms:.0f}", passages=f"{passages:,.0f}")
    return (Answerer(MEANING, chosen.model.id, chosen.engine, chosen.reason, "", good, took),)


def _reranker() -> tuple[Answerer, ...]:
    chosen = _chosen("reranker")
    if chosen is None:
        return ()
    good, took = None, NOTHING
    if chosen.model.id in MEASURED:
        good = _ndcg(RERANKED, "rerank", baseline(HYBRID, "search", _place("sampled", "hybrid")))
        ms = number("search", ("reranker_ms",))
        took = A_TEXT.filled(ms=f"{ms:.0f}") if ms else NOTHING
    return (Answerer(RERANK, chosen.model.id, chosen.engine, chosen.reason, "", good, took),)


def _chosen(role: str) -> Choice | None:
    return shelf().choice(role) if shelf().offers(role) else None


def _ndcg(name: Phrase, row: str, beside: Baseline | None) -> Figure | None:
    place = _place("rows", row)
    return figure(name, "search", place, STACKFAQ, means=MEANS, baseline=beside)


def _place(*row: str) -> tuple[str, ...]:
    return ("sets", "stackfaq", *row, "ndcg_10", "value")


def breakdowns(language: Language) -> tuple[Breakdown, ...]:
    """Return the wins and losses of our own questions."""
    return changes.breakdowns(language)
