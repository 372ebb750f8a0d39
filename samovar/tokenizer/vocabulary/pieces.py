"""Pieces of a text as a person can read them, from any tokenizer that reports offsets."""

from __future__ import annotations

import re

from tokenizers import Tokenizer

from samovar.records import Piece
from samovar.tokenizer.extension.byte_level import alphabet

BYTE = re.compile(r"<0x([0-9A-F]{2})>")
"""How vocabularies with byte fallback write one byte."""
BROKEN = re.compile("[\udc80-\udcff]+")


def tokenizer_of(source: str) -> Tokenizer:
    """Return a new tokenizer from `tokenizer.json`'s text; names of special tokens are plain text."""
    tokenizer = Tokenizer.from_str(source)
    tokenizer.encode_special_tokens = True
    return tokenizer


def pieces(tokenizer: Tokenizer, text: str) -> list[Piece]:
    """Return the pieces of `text` with their characters.

    A piece that holds only a part of a character shows its bytes; it reports the whole character:

        "🍕" → ⟨F09F⟩ 0:1, ⟨8D⟩ 0:1, ⟨95⟩ 0:1
    """
    encoding = tokenizer.encode(text, add_special_tokens=False)
    # each attribute builds a whole list anew: asked once, not once a piece
    offsets, tokens, ids = encoding.offsets, encoding.tokens, encoding.ids
    shown = []
    for at, (start, end) in enumerate(offsets):
        shared = (at > 0 and offsets[at - 1][1] > start) or (
            at + 1 < len(offsets) and offsets[at + 1][0] < end
        )
        name = _bytes_shown(tokens[at]) if shared else text[start:end]
        shown.append(Piece(name, ids[at], start, end))
    return shown


def token_text(tokenizer: Tokenizer, id: int) -> str:
    """Return the text of the token `id`, as `pieces` would show it."""
    return _bytes_shown(tokenizer.id_to_token(id) or "")


def _bytes_shown(token: str) -> str:
    if single := BYTE.fullmatch(token):
        return f"⟨{single[1]}⟩"
    if any(char not in alphabet() for char in token):
        return token.replace("▁", " ")  # not a byte-level vocabulary, or an added term
    text = bytes(alphabet()[char] for char in token).decode("utf-8", "surrogateescape")
    return BROKEN.sub(_hexadecimal, text)


def _hexadecimal(match: re.Match[str]) -> str:
    return f"⟨{match[0].encode('utf-8', 'surrogateescape').hex().upper()}⟩"
