"""The tokenizer of a chat model, read from its GGUF file as its makers published it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.normalizers import NFC
from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence

from samovar.models.files.gguf_header import header

KIND = "tokenizer.ggml.pre"
"""Field of the file that names the rules by which a text is cut before its pieces are looked up."""


def write(path: Path, folder: Path) -> None:
    """Write the tokenizer of the GGUF at `path` into `folder`, for transformers and tokenizers alike.

    Raises:
        ModelError: the file is no GGUF.
    """
    from transformers import AutoTokenizer

    read = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
    restore = LOST.get(header(path).get(KIND, ""))
    if restore is not None:
        restore(read.backend_tokenizer)
    read.save_pretrained(folder)


def _digits(tokenizer: Tokenizer) -> None:
    """Part every digit from its neighbours first, so that spaces before a number are one piece."""
    words = ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=True)
    tokenizer.pre_tokenizer = Sequence([Digits(individual_digits=True), words])


def _composed(tokenizer: Tokenizer) -> None:
    """Write a letter with marks as one character."""
    tokenizer.normalizer = NFC()


LOST: Mapping[str, Callable[[Tokenizer], None]] = {"smollm": _digits, "qwen2": _composed}
"""Kind of tokenizer → what puts back the rule that transformers 5.23 leaves out."""
