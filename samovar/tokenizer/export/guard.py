"""What is proved before an export is handed over, by loading it as a stranger would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from samovar.errors import ModelError
from samovar.phrases import Phrase
from samovar.tokenizer.export.rows_file import NewRows
from samovar.tokenizer.extension import Extension, Form

if TYPE_CHECKING:
    from samovar.models.vocabulary.proof import Proof

READ = 64
"""Forms in the texts that the model reads for the proof."""

OTHER_IDS = Phrase(
    "Plain transformers gives other ids to “{text}”: {found} in the place of {expected}.",
    "Библиотека transformers даёт тексту «{text}» другие номера: {found} вместо {expected}.",
)
OWN_CLASS = Phrase(
    "Load it with PreTrainedTokenizerFast: the class of this model builds its own cut of words.",
    "Загрузите его через PreTrainedTokenizerFast: класс этой модели режет слова по-своему.",
)


def texts(added: Sequence[Form]) -> list[str]:
    """Return texts in which each of `added` stands inside a line, at its beginning, beside signs."""
    return [f"{form.text} ({form.text}), x{form.text}\n{form.text}s {form.text}" for form in added]


def require_same_ids(folder: Path, extension: Extension) -> None:
    """Load the tokenizer in `folder` by AutoTokenizer and compare its ids with those shown.

    Raises:
        ModelError: a text has other ids.
    """
    for text, found, expected in _compared(folder, extension):
        if found != expected:
            raise ModelError(OTHER_IDS, OWN_CLASS, text=text, found=found, expected=expected)


def has_same_ids(folder: Path, extension: Extension) -> bool:
    """Tell whether AutoTokenizer gives the ids shown, with all that stands in `folder`."""
    return all(found == expected for _, found, expected in _compared(folder, extension))


def _compared(folder: Path, extension: Extension) -> Iterator[tuple[str, list[int], list[int]]]:
    from samovar.models.vocabulary.saved import read_again

    listed = texts(extension.added)
    own = Tokenizer.from_str(extension.source)
    for text, found in zip(listed, read_again(folder, listed), strict=True):
        yield text, found, list(own.encode(text, add_special_tokens=False).ids)


def model_written(
    base: Path, out: Path, extension: Extension, rows: NewRows, adapter: Path | None
) -> Proof:
    """Write the base in folder `base` with its new rows to `out`, and return the proof that it is whole.

    Raises:
        ModelError: the rows do not fit, or a logit differs after loading it again.
    """
    from samovar.models.vocabulary.saved import saved

    own = Tokenizer.from_str(extension.source)
    parts = texts(extension.added[:READ])
    samples = [own.encode(text, add_special_tokens=False).ids for text in parts]
    samples.append(list(extension.ids[-READ:]))
    return saved(base, out, rows.first, rows.embedding, rows.output, adapter, samples)
