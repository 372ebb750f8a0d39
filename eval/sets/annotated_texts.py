"""The annotated texts that score taggers of names, whole or a sample chosen by hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from samovar.ner.annotated.gold import Annotated
from samovar.ner.annotated.shipped import sentences
from samovar.ner.tagging.labels import NAMES
from samovar.phrases import LANGUAGES
from samovar.settings import Settings
from training.entities import corpora

MOST = 1000
"""Texts of a corpus, chosen by hash; CoNLL testa and the documents of the Russian corpora are whole."""
WHOLE = ("conll", "factrueval", "nerel")
SHIPPED = {f"shipped-{language}": language for language in LANGUAGES}
TITLES = {
    **{name: part.title for name, part in corpora.SCORING.items()},
    "shipped-en": "shipped sentences, en",
    "shipped-ru": "shipped sentences, ru",
}


def texts(name: str, data_dir: Path) -> tuple[list[Annotated], tuple[str, ...]]:
    """Return the texts of a corpus that are scored, and the labels that are scored."""
    if name in SHIPPED:
        annotated = [sentence.text for sentence in sentences(Settings().data, SHIPPED[name])]
        return annotated, NAMES
    part = corpora.SCORING[name]
    annotated = corpora.texts(part, data_dir)
    return (annotated if name in WHOLE else sample(annotated, MOST)), part.labels


def sample(listed: Sequence[Annotated], limit: int) -> list[Annotated]:
    """Return at most `limit` texts, chosen by hash, in their order."""
    ranked = sorted(
        range(len(listed)), key=lambda at: hashlib.sha256(listed[at].text.encode()).digest()
    )
    return [listed[at] for at in sorted(ranked[:limit])]
