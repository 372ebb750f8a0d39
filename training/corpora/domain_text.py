"""Sentences about one subject, and the documents they stand in (`domain_text_<subject>`).

sentences.txt.gz      a sentence a line, in the order of the documents, without naming them
term_sentences.jsonl  some of them again, each with a term and its document: {"term", "text", "doc"}
terms.tsv             term, pattern, number of sentences

A sentence between two that are known to stand in one document stands in it, too. Of one between the last
known sentence of a document and the first of the next, nothing is known but that it belongs between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from samovar.errors import InputError
from samovar.phrases import Phrase
from training.corpora.files import named, records, text_stream

FILES = ("sentences.txt.gz", "term_sentences.jsonl", "terms.tsv")
TRAINING, VALIDATION, TEST = "training", "validation", "test"
STRETCH = 5
"""Neighbouring documents that stay together: those about one subject stand beside each other."""
TURN = (
    TRAINING,
    TRAINING,
    TEST,
    TRAINING,
    TRAINING,
    VALIDATION,
    TRAINING,
    TEST,
    TRAINING,
    TRAINING,
)
"""Parts of ten stretches, and of the next ten again."""

DISORDERED = Phrase(
    "In {path} the documents do not follow one another: {first} and {second} overlap.",
    "В {path} документы не следуют друг за другом: {first} и {second} перекрываются.",
)
TAKE_ANOTHER = Phrase("Take another subject.", "Возьмите другую тему.")
NOTHING_KNOWN = Phrase(
    "No sentence of {path} names its document.", "Ни у одного предложения {path} нет документа."
)


@dataclass(frozen=True, slots=True)
class Document:
    """Hold the places of the first and the last sentence that are known to stand in a document."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class DomainText:
    """Hold the sentences in order, the documents in order, and the terms that the set lists."""

    sentences: tuple[str, ...]
    documents: tuple[Document, ...]
    terms: tuple[str, ...]

    def stretches(self) -> dict[str, list[tuple[str, ...]]]:
        """Return part → its runs of neighbouring sentences; no document stands in two parts.

        Neighbouring documents go to one part by fives. Sentences between two parts are left out.
        """
        parts = [TURN[at // STRETCH % len(TURN)] for at in range(len(self.documents))]
        found: dict[str, list[tuple[str, ...]]] = {
            part: [] for part in (TRAINING, VALIDATION, TEST)
        }
        begin = 0
        for at, document in enumerate(self.documents):
            last = at + 1 == len(self.documents)
            if last or parts[at + 1] != parts[at]:
                end = len(self.sentences) if last else document.last + 1
                found[parts[at]].append(self.sentences[begin:end])
                begin = end if last else self.documents[at + 1].first
        return found


def read(folder: Path) -> DomainText:
    """Return the text in `folder`.

    Raises:
        InputError: a file is missing, no sentence names its document, or documents overlap.
    """
    with text_stream(folder / FILES[0]) as lines:
        sentences = tuple(text for line in lines if (text := line.rstrip("\r\n")))
    places = {text: at for at, text in enumerate(sentences)}
    reach: dict[str, tuple[int, int]] = {}
    for row in records(folder / FILES[1]):
        place = places.get(row["text"])
        if place is not None:
            first, last = reach.get(row["doc"], (place, place))
            reach[row["doc"]] = min(first, place), max(last, place)
    terms = tuple(row["term"] for row in named(folder / FILES[2]))
    return DomainText(sentences, _ordered(reach, folder), terms)


def _ordered(reach: Mapping[str, tuple[int, int]], folder: Path) -> tuple[Document, ...]:
    documents = sorted((Document(name, *ends) for name, ends in reach.items()), key=_first)
    if not documents:
        raise InputError(NOTHING_KNOWN, TAKE_ANOTHER, path=folder)
    for one, other in pairwise(documents):
        if one.last >= other.first:
            raise InputError(
                DISORDERED, TAKE_ANOTHER, path=folder, first=one.name, second=other.name
            )
    return tuple(documents)


def _first(document: Document) -> int:
    return document.first
