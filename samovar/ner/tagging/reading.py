"""What every tagger goes through: the text made readable, each part read by its weights, edges tidied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from samovar.models.base import Tagger
from samovar.ner.tagging.edges import tidied
from samovar.ner.tagging.parts import Part, parts
from samovar.ner.tagging.readable import Readable, readable
from samovar.phrases import Language
from samovar.records import Markup, Span


@dataclass(frozen=True, slots=True)
class _Piece:
    """Hold a part of the text number `at`, as it is read."""

    at: int
    part: Part
    read: Readable


class Reading:
    """Tag with the weights of a row for each language; offsets are those of the texts as given."""

    def __init__(
        self,
        name: str,
        languages: Sequence[str],
        weights: Callable[[Language], Tagger],
        case: Callable[[str, Language], str],
        people: Collection[str],
    ) -> None:
        """Take a row's name, its languages, its tagger for a language, and its labels of persons."""
        self.name = name
        self._languages = languages
        self._weights = weights
        self._case = case
        self._people = people

    def tag(self, texts: Sequence[str], language: Language) -> list[Markup]:
        """Return the spans of each text, which is in `language` where its letters do not say otherwise."""
        pieces = [piece for at, text in enumerate(texts) for piece in self._cut(at, text, language)]
        by_language: dict[Language, list[_Piece]] = defaultdict(list)
        for piece in pieces:
            by_language[piece.part.language].append(piece)
        found: list[list[tuple[_Piece, Markup]]] = [[] for _ in texts]
        for spoken, own in by_language.items():
            markups = self._weights(spoken).tag([piece.read.text for piece in own], spoken)
            for piece, markup in zip(own, markups, strict=True):
                own_spans = tidied(piece.read.text, markup.spans, self._people)
                found[piece.at].append((piece, replace(markup, spans=own_spans)))
        return [_together(of) for of in found]

    def _cut(self, at: int, text: str, language: Language) -> list[_Piece]:
        return [
            _Piece(at, part, self._readable(text[part.start : part.end], part.language))
            for part in taken(text, language, self._languages)
        ]

    def _readable(self, text: str, language: Language) -> Readable:
        return readable(text, lambda plain: self._case(plain, language))


def taken(text: str, language: Language, languages: Sequence[str]) -> list[Part]:
    """Return the parts of `text` that a tagger for `languages` reads: its own, all when none is."""
    every = parts(text, language)
    return [part for part in every if part.language in languages] or every


def left(text: str, language: Language, languages: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts of `text` that a tagger for `languages` does not read."""
    read = taken(text, language, languages)
    return tuple(part for part in parts(text, language) if part not in read)


def _together(found: Sequence[tuple[_Piece, Markup]]) -> Markup:
    """Return what was found in the parts of one text as one markup."""
    spans: list[Span] = []
    for piece, markup in found:
        for span in map(piece.read.restored, markup.spans):
            start, end = piece.part.start + span.start, piece.part.start + span.end
            spans.append(replace(span, start=start, end=end))
    return Markup(
        tuple(sorted(spans, key=lambda span: span.start)),
        sum(markup.milliseconds for _, markup in found),
        tuple(dict.fromkeys(name for _, markup in found for name in markup.invented)),
        all(markup.parsed for _, markup in found),
    )
