"""English by spaCy's en_core_web_sm, the pipeline of the tagger, with orders read as orders.

Its corpora hold few orders: "Book a table" comes out as a noun. Where a base form that may be a verb
opens a clause and was not read as one, the text is parsed again with "you should" before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from samovar.catalog import Model
from samovar.models.parsers.universal import universal
from samovar.models.taggers.spacy import loaded
from samovar.models.taggers.spacy_library import Shared
from samovar.records import Token
from samovar.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECT = "you should "
OPENERS = frozenset(
    "please then and or but also just only always never now kindly , ; . ! :".split()
)
"""Words and signs after which an order may begin."""
MISREAD = frozenset({"NOUN", "PROPN", "ADJ", "ADV"})
GIVEN = frozenset({"DET", "PRON", "NUM", "PROPN"})
"""After a noun that may be a verb these say that it is one: "book a …", not "lunch with …"."""


class SpacyParser:
    """Parse with one pipeline; several threads may call it, one text is parsed at a time."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load the pipeline, or take the one that the tagger has loaded.

        Raises:
            ModelError: the package is missing, altered or of another spaCy version.
        """
        del settings  # every engine is made alike
        self.model = model
        self._shared: Shared = loaded(model)
        lemmatizer = self._shared.pipeline.get_pipe("lemmatizer")
        self._verbs = frozenset(lemmatizer.lookups.get_table("lemma_index")["verb"])  # type: ignore[attr-defined]

    @property
    def name(self) -> str:
        """Return the model's id in the catalog."""
        return self.model.id

    def parse(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Return the tokens of each text."""
        return [self._parse(text) for text in texts]

    def _parse(self, text: str) -> tuple[Token, ...]:
        with self._shared.lock, self._shared.pipeline.memory_zone():
            found = self._read(text, ())
            places = [found[at].start for at in self._orders(found)]
            return self._told(text, places) if places else found

    def _read(self, text: str, inserted: Sequence[range]) -> tuple[Token, ...]:
        """Return the tokens of `text` that are no spaces and not `inserted`."""
        return _without(universal(_tokens(self._shared.pipeline(text))), inserted)

    def _orders(self, tokens: Sequence[Token]) -> Iterator[int]:
        """Yield where a verb opens a clause and was read as something else."""
        for at, (token, after) in enumerate(pairwise(tokens)):
            opened = at == 0 or tokens[at - 1].lower in OPENERS
            if opened and token.pos in MISREAD and token.lower in self._verbs:
                # "Only forward emails"; but "red and orange flowers" name things
                bare = token.pos in ("ADJ", "ADV") or tokens[at - 1].pos in ("ADV", "INTJ")
                if after.pos in GIVEN or (bare and after.pos == "NOUN" and _first(tokens, at)):
                    yield at

    def _told(self, text: str, places: Sequence[int]) -> tuple[Token, ...]:
        """Parse `text` with a subject before the words at `places`; the subjects are taken out again."""
        longer, inserted = text, []
        for number, place in enumerate(places):
            at = place + number * len(SUBJECT)
            longer = longer[:at] + SUBJECT + longer[at].lower() + longer[at + 1 :]
            inserted.append(range(at, at + len(SUBJECT)))
        found = self._read(longer, inserted)
        return tuple(replace(one, text=text[one.start : one.end]) for one in found)


def _first(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether only words that open an order stand before `at`."""
    return all(token.lower in OPENERS for token in tokens[:at])


def _tokens(doc: Doc) -> list[Token]:
    return [
        Token(
            text=one.text,
            start=one.idx,
            end=one.idx + len(one.text),
            lemma=one.lemma_.lower(),
            pos=one.pos_,
            features=one.morph.to_dict(),
            relation=one.dep_,
            head=one.head.i,
            entity=f"{one.ent_iob_}-{one.ent_type_}" if one.ent_type_ else "",
        )
        for one in doc
    ]


def _without(tokens: Sequence[Token], inserted: Sequence[range]) -> tuple[Token, ...]:
    """Return the words among `tokens` outside of `inserted`, at their places without those."""
    kept = [
        at
        for at, token in enumerate(tokens)
        if token.pos != "SPACE" and not any(token.start in gap for gap in inserted)
    ]
    numbers = {old: new for new, old in enumerate(kept)}

    def head(at: int) -> int:
        while at not in numbers and tokens[at].head != at:
            at = tokens[at].head
        return numbers.get(at, 0)

    result = []
    for at in kept:
        token = tokens[at]
        shift = sum(len(gap) for gap in inserted if gap.start < token.start)
        start, end = token.start - shift, token.end - shift
        result.append(replace(token, start=start, end=end, head=head(token.head)))
    return tuple(result)
