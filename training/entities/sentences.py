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
    found = []
    for one in texts:
        for words in sentences(one.text):
            marks = tags(words, one.spans)
            found.append(Tagged(tuple(words), tuple(marks), one.text, one.language))
    return joined(found) if whole else found


def joined(parts: Sequence[Tagged]) -> list[Tagged]:
    """Return neighbouring sentences of the same text as one."""
    found: list[Tagged] = []
    for part in parts:
        last = found[-1] if found else None
        if last is not None and last.text is part.text:
            words, marks = (*last.words, *part.words), (*last.tags, *part.tags)
            found[-1] = Tagged(words, marks, part.text, part.language)
        else:
            found.append(part)
    return found
