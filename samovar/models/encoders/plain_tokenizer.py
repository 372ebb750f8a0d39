"""A tokenizer that reads what a visitor types as plain text, signs such as `</s>` included."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.phrases import Phrase

NO_SIGNS = Phrase(
    "The tokenizer of {title} has no <s> and </s>.", "В токенизаторе {title} нет <s> и </s>."
)


def tokenizer_of(path: Path) -> Tokenizer:
    """Return the tokenizer file at `path`, set so that `</s>` in a text is plain text."""
    tokenizer = Tokenizer.from_file(str(path))
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
