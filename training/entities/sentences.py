"""Annotated texts cut into sentences of words and tags, as the taggers read them when they serve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samovar.models.taggers.words import Word, sentences, tags
from samovar.ner.annotated.gold import Annotated
from samovar.phrases import Language


@dataclass(frozen=True, slots=True)
class Tagged:
    """Hold one sentence: its words, their tags, and the text whose places the words count."""

    words: tuple[Word, ...]
    tags: tuple[str, ...]
    text: str
    language: Language


def tagged(texts: Iterable[Annotated], whole: bool = False) -> list[Tagged]:
    """Return the sentences of `texts`; with `whole` every text is one (CoNLL has split them)."""
    parts = []
    for annotated in texts:
        for words in sentences(annotated.text):
            marks = tags(words, annotated.spans)
            parts.append(Tagged(tuple(words), tuple(marks), annotated.text, annotated.language))
    return joined(parts) if whole else parts


def joined(parts: Sequence[Tagged]) -> list[Tagged]:
    """Return neighbouring sentences of the same text as one."""
    wholes: list[Tagged] = []
    for part in parts:
        last = wholes[-1] if wholes else None
        if last is not None and last.text is part.text:
            words, marks = (*last.words, *part.words), (*last.tags, *part.tags)
            wholes[-1] = Tagged(words, marks, part.text, part.language)
        else:
            wholes.append(part)
    return wholes
