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
        text: The text, 1 to 20,000 characters; names of control tokens in it are ordinary text.
        terms: Words or phrases to add, at most 200 of at most 64 characters, spelled as in the
            text; none by default. Only whole words of the text become such a token.
        case: Whether the Capitalised and UPPER spellings of the terms are added, too; false by
            default.
        tokenizers: Two to six tokenizers to compare, none by default: smollm2-135m-instruct,
            qwen2.5-coder-1.5b-instruct, gemma-3-270m, multilingual-e5-small, all-minilm-l6-v2
            (those that are here), or owner/name of a repository on the Hugging Face Hub.

    Returns:
        `before` and `after` list the tokens without and with the terms, each with `piece` (a part
        of a character shows its bytes as ⟨F09F⟩), `id`, `start` and `end`, which count characters
        of the text. `counts` holds the numbers of tokens `before` and `after`, `saved` and
        `saved_percent`. `terms` lists what became of each term: its `pieces` before, its `id` now,
        its `status` ("added" or "one token already"), its `neighbours`, which are the tokens
        nearest to the mean of its pieces (`own` marks these pieces themselves), and its `spellings`
        with a space before it and without. `characters` and `words` count the text. `candidates`
        lists words of the text that would save most as terms. `tokenizers` lists, for each
        tokenizer that was asked for, the `tokens` that it needs and the `size` of its vocabulary.

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
