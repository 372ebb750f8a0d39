"""A vocabulary grown by terms: which entries are new, their ids and what they were before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tokenizers import Tokenizer

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.tokenizer.extension.byte_level import spelled
from samovar.tokenizer.extension.pattern import terms_pattern
from samovar.tokenizer.extension.stages import stages

ENTRIES, PATTERN = "\0entries", "\0pattern"
"""Stand in the prepared text of tokenizer.json where the new entries and their pattern belong."""
KEPT = 4
"""Prepared base tokenizers kept in memory, some 4 MB each."""
FILLER = "[PAD{id}]"
"""How converters to GGUF name the unused rows of a padded matrix; they are no tokens."""

TAKEN = Phrase(
    "The term `{term}` is an entry of the vocabulary that stands for something else.",
    "Термин «{term}» уже есть в словаре и обозначает там другое.",
)
LEAVE_OUT = Phrase("Leave it out.", "Уберите его.")


@dataclass(frozen=True, slots=True)
class Form:
    """Hold one way in which a term stands in a text: `" kubectl"` inside a line, `"kubectl"` at its start.

    `pieces` are the ids of the base's tokens for this text.
    """

    text: str
    id: int
    pieces: tuple[int, ...]
    term: str


@dataclass(frozen=True, slots=True)
class Extension:
    """Hold a grown vocabulary.

    `added` has the new entries in the order of their ids, `known` the forms that were one token before;
    `source` is the text of the new tokenizer.json; `first` is the id from which new entries are numbered.
    """

    terms: tuple[str, ...]
    added: tuple[Form, ...]
    known: tuple[Form, ...]
    source: str
    first: int
    case: bool = False
    """Whether the Capitalised and UPPER spellings of the terms were asked for, too."""

    @property
    def ids(self) -> tuple[int, ...]:
        """Return the new ids, ascending without a gap."""
        return tuple(form.id for form in self.added)

    def forms(self, term: str) -> tuple[Form, ...]:
        """Return the forms of `term`, new ones first."""
        return tuple(form for form in (*self.added, *self.known) if form.term == term)


@dataclass(frozen=True, slots=True)
class Base:
    """Hold a tokenizer prepared for terms: `mould` is its tokenizer.json with two gaps."""

    tokenizer: Tokenizer
    mould: str
    first: int


def extend(source: str, terms: Sequence[str], case: bool = False) -> Extension:
    """Return the vocabulary of `source`, the text of a tokenizer.json, grown by `terms`.

    Each term is added in two forms, with and without a space before it; `case` adds its Capitalised
    and UPPER spellings. A form that is one token already is not added. New ids follow the highest id
    of the base, so they fill the unused rows of a padded matrix first. Texts without a term keep
    their ids exactly.

    Raises:
        InputError: a term is the name of a control token.
        ModelError: the tokenizer is no byte-level BPE.
    """
    base = _prepared(source)
    known: list[Form] = []
    added: list[Form] = []
    texts: dict[str, str] = {}
    for term in dict.fromkeys(_normalised(term, base.tokenizer) for term in terms):
        for variant in _variants(term, case):
            texts.setdefault(f" {variant}", term)
            texts.setdefault(variant, term)
    for text, term in texts.items():
        pieces = tuple(base.tokenizer.encode(text, add_special_tokens=False).ids)
        if len(pieces) == 1:
            known.append(Form(text, pieces[0], pieces, term))
        elif base.tokenizer.token_to_id(spelled(text)) is not None:
            raise InputError(TAKEN, LEAVE_OUT, term=term)
        else:
            added.append(Form(text, base.first + len(added), pieces, term))
    kept = tuple(dict.fromkeys(texts.values()))
    grown = _filled(base.mould, added) if added else source
    return Extension(kept, tuple(added), tuple(known), grown, base.first, case)


def _normalised(term: str, tokenizer: Tokenizer) -> str:
    """Return the term as the text arrives at the vocabulary, Qwen's for example in form NFC."""
    normalizer = tokenizer.normalizer
    return term if normalizer is None else str(normalizer.normalize_str(term))


def _variants(term: str, case: bool) -> Iterator[str]:
    yield term
    if case:
        yield term[0].upper() + term[1:]
        yield term.upper()


@lru_cache(KEPT)
def _prepared(source: str) -> Base:
    fields: dict[str, Any] = json.loads(source)
    fields["pre_tokenizer"] = stages(fields, PATTERN)
    vocabulary = fields["model"]["vocab"]
    # else the library numbers them anew behind the grown vocabulary
    vocabulary |= {token["content"]: token["id"] for token in fields.get("added_tokens", ())}
    first = _free(vocabulary)
    vocabulary[ENTRIES] = 0
    fields["model"]["ignore_merges"] = True
    tokenizer = Tokenizer.from_str(source)
    tokenizer.encode_special_tokens = True
    return Base(tokenizer, json.dumps(fields, ensure_ascii=False), first)


def _free(vocabulary: dict[str, int]) -> int:
    """Drop the names of unused rows and return the first id that is free."""
    first = max(vocabulary.values()) + 1
    while vocabulary.get(name := FILLER.format(id=first - 1)) == first - 1:
        del vocabulary[name]
        first -= 1
    return first


def _filled(mould: str, added: Sequence[Form]) -> str:
    entries = json.dumps({spelled(form.text): form.id for form in added}, ensure_ascii=False)
    pattern = json.dumps(terms_pattern(form.text.lstrip(" ") for form in added), ensure_ascii=False)
    gap = f"{json.dumps(ENTRIES)}: 0"
    return mould.replace(gap, entries[1:-1]).replace(json.dumps(PATTERN)[1:-1], pattern[1:-1])
