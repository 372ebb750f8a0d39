"""The result card: every hit with its passage, the words it shares with the question, its ranks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase
from samovar.records import Hit
from samovar.search.answer import Answered
from samovar.search.passages.words import shared
from samovar.tool import Shown

REMOVED = Phrase("The filter removed {n}.", "Фильтр убрал: {n}.")
NOTHING = Phrase("Nothing found.", "Ничего не найдено.")
LOOSEN = Phrase("Nothing passed the filter.", "Через фильтр ничего не прошло.")
OTHER_WORDS = Phrase(
    "No article shares a word with the query; search by meaning instead.",
    "Ни в одной статье нет слов запроса, попробуйте искать по смыслу.",
)
WORDS = Phrase("BM25 #{rank}", "BM25: {rank}")
MEANING = Phrase("dense #{rank}", "смысл: {rank}")
FUSED = Phrase("fused #{rank}", "вместе: {rank}")
RERANK = Phrase("rerank #{rank}", "после чтения: {rank}")
ABSENT = Phrase("not in BM25", "нет в BM25")
ABSENT_MEANING = Phrase("far in meaning", "далеко по смыслу")
RANK_FIELDS = ("bm25_rank", "dense_rank", "fused_rank", "rerank_rank")
RANKS = Phrase(
    "Its place by shared words (BM25), by meaning (dense), and by both joined (fused)",
    "Место по общим словам (BM25), по смыслу и в общем списке (вместе)",
)
SCORE = Phrase("score {score}", "оценка {score}")
FIELDS = {
    "topic": Phrase("topic", "тема"),
    "language": Phrase("language", "язык"),
    "year": Phrase("year", "год"),
}
"""Metadata field → its name; another field is shown as the document names it."""
VALUES = {
    "animals": Phrase("animals", "животные"),
    "art": Phrase("art", "искусство"),
    "chemistry": Phrase("chemistry", "химия"),
    "computing": Phrase("computing", "информатика"),
    "earth": Phrase("earth", "Земля"),
    "food": Phrase("food", "еда"),
    "geography": Phrase("geography", "география"),
    "history": Phrase("history", "история"),
    "mathematics": Phrase("mathematics", "математика"),
    "medicine": Phrase("medicine", "медицина"),
    "music": Phrase("music", "музыка"),
    "physics": Phrase("physics", "физика"),
    "plants": Phrase("plants", "растения"),
    "space": Phrase("space", "космос"),
    "sport": Phrase("sport", "спорт"),
    "technology": Phrase("technology", "техника"),
    "en": Phrase("English", "английский"),
    "ru": Phrase("Russian", "русский"),
}
"""Topics and languages of the encyclopedia → how they are shown."""


def card(answered: Answered, language: Language) -> Shown:
    """Return the card of one search, with the hits as files."""
    query, hits, removed, mode = answered.query, answered.hits, answered.removed, answered.mode
    parts: list[Markup] = []
    if removed:
        parts.append(html.tag("div", html.badge(REMOVED.say(language, n=removed), "accent")))
    if hits:
        items = html.join(_hit(hit, query, mode, language) for hit in hits)
        parts.append(html.tag("ol", items, class_="hits"))
    else:
        parts.append(html.notice(_why_nothing(removed, mode).say(language), "empty"))
    rows = [{"query": query, **_flat(hit)} for hit in hits]
    files = (
        (html.json_lines("samovar-search", hits), html.spreadsheet("samovar-search", rows))
        if hits
        else ()
    )
    return Shown(html.join(parts), answered.cost, files)


def value_said(raw: object, language: Language) -> str:
    """Return a metadata value as it is shown."""
    return VALUES[raw].say(language) if isinstance(raw, str) and raw in VALUES else str(raw)


def _hit(hit: Hit, query: str, mode: str, language: Language) -> Markup:
    badges = [_badge(name, raw, language) for name, raw in hit.metadata.items()]
    ranks = " · ".join([*_ranks(hit, mode, language), SCORE.say(language, score=_score(hit.score))])
    return html.tag(
        "li",
        html.tag("h3", html.tag("bdi", hit.title or hit.id)),
        html.tag("div", html.join(badges, " "), class_="badges") if badges else None,
        html.tag("div", marked(hit.text, query), class_="plain", dir="auto"),
        html.tag("div", ranks, class_="cost", title=RANKS.say(language)),
        class_="hit",
    )


def marked(text: str, query: str) -> Markup:
    """Return `text` with the words in <mark> whose terms the query has.

    >>> marked("Samovars boil <water>", "boiling")
    Markup('Samovars <mark>boil</mark> &lt;water&gt;')
    """
    parts: list[object] = []
    at = 0
    for start, end in shared(text, query):
        parts += [text[at:start], html.tag("mark", text[start:end])]
        at = end
    return html.join([*parts, text[at:]])


def _badge(name: str, raw: object, language: Language) -> Markup:
    label = FIELDS[name].say(language) if name in FIELDS else name
    return html.badge(f"{label}: {value_said(raw, language)}")


def _ranks(hit: Hit, mode: str, language: Language) -> list[str]:
    rows = (
        ("dense", hit.bm25_rank, WORDS, ABSENT),
        ("bm25", hit.dense_rank, MEANING, ABSENT_MEANING),
    )
    said = []
    for other, rank, there, absent in rows:
        if mode != other:
            said.append(there.say(language, rank=rank) if rank else absent.say(language))
    for rank, there in ((hit.fused_rank, FUSED), (hit.rerank_rank, RERANK)):
        said += [there.say(language, rank=rank)] if rank else []
    return said


def _score(score: float) -> str:
    return f"{score:.4f}" if score < 1 else f"{score:.2f}"


def _why_nothing(removed: int, mode: str) -> Phrase:
    if removed:
        return LOOSEN
    return OTHER_WORDS if mode == "bm25" else NOTHING


def _flat(hit: Hit) -> Mapping[str, Any]:
    fields = {name: getattr(hit, name) for name in ("rank", "score", "id", "title", "text")}
    ranks = {name: getattr(hit, name) for name in RANK_FIELDS}
    return {**fields, **ranks, **hit.metadata}
