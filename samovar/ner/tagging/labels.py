"""The labels of the page, and how each tagger's own labels become them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from samovar.phrases import Phrase
from samovar.records import Markup


@dataclass(frozen=True, slots=True)
class Label:
    """Describe one label: its name in results, what a model is asked, what a person reads."""

    name: str
    word: str
    """Type that a language model writes."""
    title: Phrase


SHARED = (
    Label("PER", "person", Phrase("person", "человек")),
    Label("LOC", "place", Phrase("place", "место")),
    Label("ORG", "organization", Phrase("organization", "организация")),
    Label("MISC", "other", Phrase("other name", "другое имя")),
)
"""What taggers are compared by; after CoNLL-2003."""
NAMES = tuple(label.name for label in SHARED)

TITLES: Mapping[str, Phrase] = {
    **{label.name: label.title for label in SHARED},
    "DATE": Phrase("date", "дата"),
    "TIME": Phrase("time", "время"),
    "MONEY": Phrase("money", "деньги"),
    "PERCENT": Phrase("percentage", "процент"),
    "QUANTITY": Phrase("quantity", "величина"),
}
"""Every label that a result can show → its name for a person."""

Conversion = Mapping[str, str]
"""A tagger's own label → label of the page; a label that is not listed is dropped."""

SPACY: Conversion = {
    "PERSON": "PER",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "ORG": "ORG",
    "NORP": "MISC",
    "EVENT": "MISC",
    "PRODUCT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
    "LANGUAGE": "MISC",
    "DATE": "DATE",
    "TIME": "TIME",
    "MONEY": "MONEY",
    "PERCENT": "PERCENT",
    "QUANTITY": "QUANTITY",
    # dropped: CARDINAL and ORDINAL, plain numbers and "first"
}
NATASHA: Conversion = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
BERT: Conversion = {**NATASHA, "MISC": "MISC", "MIS": "MISC"}
GLINER: Conversion = {
    "person": "PER",
    "place": "LOC",
    "organization": "ORG",
    "work of art, event, product or nationality": "MISC",
}
MODEL: Conversion = {name: name for name in NAMES}


def converted(markup: Markup, conversion: Conversion) -> Markup:
    """Return `markup` with the page's labels."""
    known = (span for span in markup.spans if span.label in conversion)
    return replace(markup, spans=tuple(replace(s, label=conversion[s.label]) for s in known))
