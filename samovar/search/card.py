"""The result card: every hit with its passage, the words it shares with the question, its ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase
from samovar.records import Hit
from samovar.search.answer import Answered
from samovar.search.exact.wanted import literal
from samovar.search.passages.words import shared
from samovar.tool import Shown

REMOVED = Phrase("The filter removed {n}.", "Фильтр убрал: {n}.")
NOTHING = Phrase("Nothing found.", "Ничего не найдено.")
LOOSEN = Phrase("Nothing passed the filter.", "Через фильтр ничего не прошло.")
OTHER_WORDS = Phrase(
    "No article shares a word with the query; search by meaning instead.",
    "Ни в одной статье нет слов запроса, попробуйте искать по смыслу.",
)
NO_MATCH = Phrase("No good match.", "Хорошего совпадения нет.")
LITERALLY = Phrase("Nothing here holds {said} literally.", "Дословно {said} здесь нет нигде.")
BELOW = Phrase("Below is what lies nearest.", "Ниже — самое близкое из того, что есть.")
SEARCHED = Phrase(
    "{shown} of {documents:,} documents, {passages:,} passages",
    "Показано документов: {shown} из {documents:,}, фрагментов в них {passages:,}",
)
EXACT = Phrase("exact: {said}", "дословно: {said}")
MISSING = Phrase("without {said}", "не содержит {said}")
QUOTED = Phrase("“{said}”", "«{said}»")
NEAREST = Phrase("Nearest sentence", "Самое близкое предложение")
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
    parts = [html.tag("p", _searched(answered, language), class_="quiet")] if hits else []
    if removed:
        parts.append(html.tag("div", html.badge(REMOVED.say(language, n=removed), "accent")))
    if hits and answered.good is False:
        parts.append(html.notice(_no_match(hits, language), "empty"))
    if hits:
        near = dict(enumerate(answered.nearest))
        items = (_hit(hit, answered, near.get(at, ""), language) for at, hit in enumerate(hits))
        parts.append(html.tag("ol", html.join(items), class_="hits"))
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


def _searched(answered: Answered, language: Language) -> str:
    sizes = {"documents": answered.documents, "passages": answered.passages}
    return SEARCHED.say(language, shown=len(answered.hits), **sizes)


def _no_match(hits: Sequence[Hit], language: Language) -> str:
    nowhere = [one for one in hits[0].missing if all(one in hit.missing for hit in hits)]
    said = [LITERALLY.say(language, said=_listed(nowhere, language))] if nowhere else []
    return " ".join([NO_MATCH.say(language), *said, BELOW.say(language)])


def _hit(hit: Hit, answered: Answered, nearest: str, language: Language) -> Markup:
    badges = [html.badge(EXACT.say(language, said=one), "accent") for one in hit.exact]
    badges += [_badge(name, raw, language) for name, raw in hit.metadata.items()]
    ranks = _ranks(hit, answered.mode, language)
    ranks += [MISSING.say(language, said=_listed(hit.missing, language))] if hit.missing else []
    said = " · ".join([*ranks, SCORE.say(language, score=_score(hit.score))])
    return html.tag(
        "li",
        html.tag("h3", html.tag("bdi", hit.title or hit.id)),
        html.tag("div", html.join(badges, " "), class_="badges") if badges else None,
        html.tag(
            "div", _passage(hit, answered.query, nearest, language), class_="plain", dir="auto"
        ),
        html.tag("div", said, class_="cost", title=RANKS.say(language)),
        class_="hit",
    )


def _listed(said: Sequence[str], language: Language) -> str:
    return ", ".join(QUOTED.say(language, said=one) for one in said)


def _passage(hit: Hit, query: str, nearest: str, language: Language) -> Markup:
    """Return the passage with its nearest sentence in <em>, and the words of the question in <mark>."""
    before, found, after = hit.text.partition(nearest) if nearest else (hit.text, "", "")
    if not found:
        return marked(hit.text, query)
    sentence = html.tag("em", marked(found, query), class_="nearest", title=NEAREST.say(language))
    return html.join((marked(before, query), sentence, marked(after, query)))


def marked(text: str, query: str) -> Markup:
    """Return `text` with the words in <mark> whose terms the query has, and what it asks for literally.

    >>> marked("Samovars boil <water>", "boiling")
    Markup('Samovars <mark>boil</mark> &lt;water&gt;')
    """
    parts: list[object] = []
    at = 0
    spans = {*shared(text, query), *literal(text, query)}
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= at:
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
    words = {name: ", ".join(getattr(hit, name)) for name in ("exact", "missing")}
    return {**fields, **ranks, **words, **hit.metadata}
