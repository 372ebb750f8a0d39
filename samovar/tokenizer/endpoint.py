"""The public function of the tool: HTTP API, MCP tool and command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samovar.records import to_json
from samovar.tokenizer.result import cut
from samovar.tokenizer.side_by_side import side_by_side

SECONDS = 0
"""No GPU on ZeroGPU: a tokenizer and a matrix of numbers need none."""


def tokenizer(
    text: str,
    terms: list[str] | None = None,
    case: bool = False,
    tokenizers: list[str] | None = None,
) -> dict[str, Any]:
    """Cut a text into tokens, before and after domain terms are added to the vocabulary.

    Args:
        text: at most 20,000 characters; names of control tokens in it are ordinary text.
        terms: at most 200 words or phrases of at most 64 characters, in the case in which they
            stand in the text; whole words only.
        case: whether the Capitalised and UPPER spellings of the terms are added, too.
        tokenizers: two to six to cut the text by beside each other: smollm2-135m-instruct,
            qwen2.5-coder-1.5b-instruct, gemma-3-270m, multilingual-e5-small, all-minilm-l6-v2
            (those that are here), or owner/name of a repository on the Hugging Face Hub.

    Returns:
        `{before: [{piece, id, start, end}], after: [...], counts: {before, after, saved,
        saved_percent}, terms: [{term, pieces, id, status, neighbours: [{piece, id, cosine, own}],
        spellings: [{text, id, new, pieces}]}], characters, words, candidates: [{term, count, pieces,
        saved}], tokenizers: [{id, title, size, tokens, unknown, pieces, terms, grown}]}`: offsets
        count characters of `text`; a piece that is a part of a character shows its bytes as
        ⟨F09F⟩; neighbours are the tokens nearest to the mean of the term's pieces (`own` marks
        these pieces); status is "added" or "one token already"; a term is spelled with a space
        before it and without; candidates are words of the text that would save most as terms.

    Raises:
        InputError: a text, a term or a name that is not accepted.
        ModelError: weights or a tokenizer are missing, altered or cannot be downloaded.
    """
    result = cut(text, terms, case)
    compared = side_by_side(text, tokenizers, terms, case).sides if tokenizers else ()
    answer: dict[str, Any] = to_json(result.comparison)
    sizes = {"characters": result.characters, "words": result.words}
    offered = to_json(result.candidates)
    return {**answer, **sizes, "candidates": offered, "tokenizers": to_json(compared)}


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
    offered = [f"{one['term']} {one['count']}×{one['pieces']}" for one in result["candidates"]]
    if offered:
        said.append(f"candidates: {', '.join(offered)}")
    for side in result["tokenizers"]:
        title = f"{side['title']}{' with the terms' if side['grown'] else ''}"
        said.append(f"{title}: {side['tokens']} tokens")
    return said


def _row(pieces: Sequence[Mapping[str, Any]]) -> str:
    return "|".join(piece["piece"].replace("\n", "⏎") for piece in pieces)
