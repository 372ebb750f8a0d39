"""Annotated texts in spaCy's own binary file, as its training reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from samovar.ner.annotated.gold import Annotated
from samovar.phrases import Language


def packed(texts: Sequence[Annotated], language: Language) -> DocBin:
    """Return `texts` as spaCy's binary file; a word that a span cuts belongs to it."""
    nlp = spacy.blank(language)
    file = DocBin()
    for annotated in texts:
        doc = nlp.make_doc(annotated.text)
        spans = [
            doc.char_span(s.start, s.end, s.label, alignment_mode="expand") for s in annotated.spans
        ]
        doc.ents = spacy.util.filter_spans([span for span in spans if span])
        file.add(doc)
    return file


def same(part: DocBin, path: Path) -> bool:
    """Tell whether the texts packed at `path` are those of `part`."""
    if not path.is_file():
        return False
    before = DocBin().from_disk(path)
    return [one.tolist() for one in before.tokens] == [one.tolist() for one in part.tokens]
