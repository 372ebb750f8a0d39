"""A tokenizer that reads what a visitor types as plain text, signs such as `</s>` included.

That of multilingual-e5 takes 290 MB, and five models are made of it: equal files share one tokenizer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.phrases import Phrase

NO_SIGNS = Phrase(
    "The tokenizer of {title} has no <s> and </s>.", "В токенизаторе {title} нет <s> и </s>."
)


KEPT = 6
"""Tokenizers that are shared: as many as are compared at once; the models use one or two."""


@dataclass(frozen=True, slots=True)
class _File:
    """Name a file by its content."""

    sha256: str
    path: Path = field(compare=False)


def tokenizer_of(path: Path) -> Tokenizer:
    """Return the tokenizer file at `path`, set so that `</s>` in a text is plain text.

    It is shared: do not change its settings.
    """
    with path.open("rb") as file:
        return _shared(_File(hashlib.file_digest(file, "sha256").hexdigest(), path))


@lru_cache(maxsize=KEPT)
def _shared(file: _File) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(file.path))
    tokenizer.encode_special_tokens = True
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def signs(tokenizer: Tokenizer, base: Model) -> tuple[int, int]:
    """Return the ids of `<s>` and `</s>` in the tokenizer of `base`.

    Raises:
        ModelError: it has no such signs.
    """
    begin, end = (tokenizer.token_to_id(name) for name in ("<s>", "</s>"))
    if begin is None or end is None:
        raise ModelError(NO_SIGNS, title=base.title)
    return begin, end
