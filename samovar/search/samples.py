"""What a visitor can choose instead of typing."""

from __future__ import annotations

from collections.abc import Mapping

from samovar.phrases import Language

SAMPLES: dict[Language, tuple[Mapping[str, object], ...]] = {
    "en": (
        {"query": "Why did sailors lose their teeth on long voyages?"},
        {"query": "почему вымерла птица додо"},
        {"query": "metal that is lighter than steel", "topic": "chemistry"},
        {"query": "journeys into the unknown", "conditions": "year >= 1900; topic != space"},
        {"query": "who sold Alaska to America"},
    ),
    "ru": (
        {"query": "Кто первым доказал, что врачам надо мыть руки?"},
        {"query": "Почему высохло море в Средней Азии?"},
        {"query": "каучук", "mode": "bm25"},
        {"query": "самая глубокая впадина океана", "articles": "en"},
    ),
}
K = 5
PLAIN: Mapping[str, object] = {
    "query": "",
    "topic": "",
    "articles": "",
    "conditions": "",
    "mode": "hybrid",
    "k": K,
}
