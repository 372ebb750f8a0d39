"""What all states of an experiment share: texts, terms, both vocabularies and the base's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.tokenizer.extension import Extension, extend
from samovar.tokenizer.vocabulary.pieces import tokenizer_of
from training.corpora import domain_text, wikitext
from training.tokenizer import chosen, texts
from training.tokenizer.knowledge import Gap, anchors, gaps
from training.tokenizer.plan import UNEXTENDED, Task, TokenizerRecipe

FILES = ("cloze.jsonl", "anchors.json")
"""Ends of the names of a subject's files in data/terms."""

KEPT = 8
"""One block of so many at the end of the general text that is mixed in stays out: it belongs to the
validation part, as the whole other file to the test part."""

NO_TOKEN = Phrase(
    "The base's vocabulary has no token `{token}`.", "В словаре базы нет токена «{token}»."
)
NAME_ANOTHER = Phrase("Give another as `begin`.", "Укажите в begin другой.")


@dataclass(frozen=True, slots=True)
class Material:
    """Hold what is read once."""

    domain: texts.Parts
    listed: tuple[str, ...]
    """Terms of the data set that are cut into pieces."""
    general: tuple[str, ...]
    """Blocks of general text that are mixed in."""
    forgotten: tuple[str, ...]
    """Blocks of general text that measure."""
    extension: Extension
    plain: Tokenizer
    grown: Tokenizer
    begin: int
    asked: tuple[Gap, ...]
    anchors: dict[str, list[str]]

    def tokenizer(self, start: str) -> Tokenizer:
        """Return the vocabulary of a model that begins so."""
        return self.plain if start == UNEXTENDED else self.grown

    def rows(self, start: str) -> tuple[int, ...]:
        """Return the ids of the rows that are new, or of the terms' pieces in their place."""
        if start != UNEXTENDED:
            return self.extension.ids
        return tuple(sorted({id for form in self.extension.added for id in form.pieces}))

    def lessons(self, task: Task) -> list[str]:
        """Return the texts of the last stage of `task`: the part of the drawn ones that is its turn."""
        recipe, read = task.recipe, sum(stage.characters for stage in task.path[:-1])
        size = task.path[-1].characters
        pool = texts.lessons(self.domain.blocks, self.listed, recipe.each, task.longest, task.seed)
        share = recipe.mixed / (1 - recipe.mixed)
        others = texts.drawn(self.general, task.seed)
        return [
            *texts.portion(pool, read, size),
            *texts.portion(others, int(read * share), int(size * share)),
        ]


def read(recipe: TokenizerRecipe, data: Path, terms: Path, base: Path, asked: int = 0) -> Material:
    """Return the material of `recipe`, from the folder of data sets, data/terms and the base's folder.

    `asked` takes only the first so many gaps.

    Raises:
        InputError: a file is missing, or the base has no token `begin`.
        ModelError: the base's vocabulary takes no terms.
    """
    text = domain_text.read(data / recipe.domain)
    domain = texts.parts(text)
    source = (base / "tokenizer.json").read_text(encoding="utf-8")
    plain = tokenizer_of(source)
    begin = plain.token_to_id(recipe.begin)
    if begin is None:
        raise InputError(NO_TOKEN, NAME_ANOTHER, token=recipe.begin)
    own = chosen.terms(domain.training, plain, text.terms, recipe.terms, recipe.spread)
    extension = extend(source, own)
    folder = data / recipe.general
    valid, test = (texts.blocks(wikitext.read(folder / name)) for name in wikitext.FILES)
    cut = len(valid) - len(valid) // KEPT
    held = {"test": test, "validation": valid[cut:]}[recipe.part]
    asked_of, near = (terms / f"{recipe.subject}-{name}" for name in FILES)
    return Material(
        domain,
        tuple(term for term in text.terms if term in own),
        tuple(valid[:cut]),
        tuple(texts.first(texts.drawn(held, 0), recipe.measured)),
        extension,
        plain,
        tokenizer_of(extension.source),
        begin,
        tuple(gaps(asked_of)[: asked or None]),
        anchors(near),
    )


def held_out(material: Material, recipe: TokenizerRecipe) -> list[str]:
    """Return the blocks of the domain that measure the loss."""
    part = {"test": material.domain.test, "validation": material.domain.validation}[recipe.part]
    return texts.first(texts.drawn(part, 0), recipe.measured)


def tokens(tokenizer: Tokenizer, some: Sequence[str]) -> NDArray[np.int64]:
    """Return the number of tokens of each text."""
    encodings = tokenizer.encode_batch_fast(list(some), add_special_tokens=False)
    return np.array([len(encoding.ids) for encoding in encodings], np.int64)
