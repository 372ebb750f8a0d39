"""The public function of the tool: HTTP API, MCP tool and command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samovar.records import to_json
from samovar.tokenizer.result import cut

SECONDS = 0
"""No GPU on ZeroGPU: a tokenizer and a matrix of numbers need none."""


def tokenizer(text: str, terms: list[str] | None = None) -> dict[str, Any]:
    """Cut a text into tokens, before and after domain terms are added to the vocabulary.

    Args:
        text: at most 20,000 characters; names of control tokens in it are ordinary text.
        terms: at most 200 words or phrases of at most 64 characters, in the case in which they
            stand in the text; whole words only.

    Returns:
        `{before: [{piece, id, start, end}], after: [...], counts: {before, after, saved,
        saved_percent}, terms: [{term, pieces, id, status, neighbours: [{piece, id, cosine, own}]}]}`:
        offsets count characters of `text`; a piece that is a part of a character shows its bytes as
        ⟨F09F⟩; neighbours are the tokens nearest to the mean of the term's pieces (`own` marks
        these pieces); status is "added" or "one token already".

    Raises:
        InputError: a text or a term that is not accepted.
        ModelError: the weights are missing or altered.
    """
    result: dict[str, Any] = to_json(cut(text, terms).comparison)
    return result


def lines(result: Mapping[str, Any]) -> list[str]:
    """Return a result as lines for a terminal."""
    counts = result["counts"]
    said = [f"{counts['before']} tokens  {_row(result['before'])}"]
    if result["terms"]:
        saved = f"{counts['saved']} saved, {counts['saved_percent']} %"
        said.append(f"{counts['after']} tokens  {_row(result['after'])}  ({saved})")
    for term in result["terms"]:
        near = ", ".join(f"{n['piece']!r} {n['cosine']:.2f}" for n in term["neighbours"])
        said.append(
            f"{term['term']} = {_row(term['pieces'])} → {term['id']}  {near or term['status']}"
        )
    return said


def _row(pieces: Sequence[Mapping[str, Any]]) -> str:
    return "|".join(piece["piece"].replace("\n", "⏎") for piece in pieces)
