"""Whether a model has learned a term: what lies near its vector, and whether it fills a gap with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.corpora.files import records

GAP = "___"
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gap:
    """Hold a sentence up to the place where a term belongs."""

    term: str
    before: str


@dataclass(frozen=True, slots=True)
class Ranks:
    """Hold for each gap the place of the right term, 1 is the first.

    `vocabulary` counts all tokens, 0 where the term is none of its own; `terms` counts the other terms
    that are asked for, by the probability of all their pieces.
    """

    vocabulary: NDArray[np.int64]
    terms: NDArray[np.int64]


def gaps(path: Path) -> list[Gap]:
    """Return the gaps of a file.

    Raises:
        InputError: there is no such file.
    """
    return [Gap(row["term"], row["text"].partition(GAP)[0].rstrip()) for row in records(path)]


def anchors(path: Path) -> dict[str, list[str]]:
    """Return term → common words of related meaning."""
    found: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def pieces(tokenizer: Tokenizer, words: Sequence[str]) -> list[list[int]]:
    """Return the ids of each word as it stands inside a line, after a space."""
    encodings = tokenizer.encode_batch([f" {word}" for word in words], add_special_tokens=False)
    return [encoding.ids for encoding in encodings]


def nearness(
    matrix: torch.Tensor, tokenizer: Tokenizer, expected: Mapping[str, Sequence[str]]
) -> tuple[Values, Values]:
    """Return for each term the mean cosine to its anchors, and how much less those of others have.

    A term of several pieces is the mean of their rows; `matrix` is [tokens, dimensions].
    """
    rows = matrix.detach().double().cpu().numpy()

    def unit(words: Sequence[str]) -> Values:
        vectors = np.stack([rows[ids].mean(0) for ids in pieces(tokenizer, words)])
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    terms = unit(list(expected))
    means = np.stack([unit(words).mean(0) for words in expected.values()])
    cosines = terms @ means.T
    own = cosines.diagonal()
    other = (cosines.sum(1) - own) / max(1, len(own) - 1)
    return own.copy(), own - other


def ranks(
    model: Any, tokenizer: Tokenizer, asked: Sequence[Gap], begin: int, device: torch.device
) -> Ranks:
    """Return where the right term stands for each gap.

    Spellings of one term (ConfigMap, configmap) do not compete.
    """
    terms = list(dict.fromkeys(gap.term for gap in asked))
    cut = pieces(tokenizer, terms)
    whole, among = [], []
    for gap in asked:
        ids = [begin, *tokenizer.encode(gap.before, add_special_tokens=False).ids]
        at = terms.index(gap.term)
        first, scores = _scores(model, ids, cut, at, device)
        rivals = [n for n, other in enumerate(terms) if other.lower() != gap.term.lower()]
        among.append(1 + int((scores[rivals] > scores[at]).sum()))
        single = len(cut[at]) == 1
        whole.append(1 + int((first > first[cut[at][0]]).sum()) if single else 0)
    return Ranks(np.array(whole), np.array(among))


def _scores(
    model: Any, ids: Sequence[int], cut: Sequence[Sequence[int]], at: int, device: torch.device
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the log-probabilities of all tokens after `ids`, and those of each term's pieces.

    A term whose first piece is less probable than the whole of term `at` is left with that one: further
    pieces make it only less so.
    """
    with torch.no_grad():
        given = torch.tensor([list(ids)], device=device)
        read = model(given, use_cache=any(len(own) > 1 for own in cut), logits_to_keep=1)
        first = read.logits[0, -1].float().log_softmax(-1)
        scores = first[[own[0] for own in cut]]

        def add_rest(places: Sequence[int]) -> None:
            for alike in _by_length(places, cut):
                own, cache = [cut[n] for n in alike], deepcopy(read.past_key_values)
                scores[alike] += _rest(own, cache, model, device)

        add_rest([at])
        add_rest([n for n in range(len(cut)) if n != at and scores[n] > scores[at]])
    return first, scores


def _by_length(places: Sequence[int], cut: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the `places` of terms of several pieces, those of as many together: none needs padding."""
    found: dict[int, list[int]] = {}
    for n in places:
        found.setdefault(len(cut[n]), []).append(n)
    return [alike for length, alike in found.items() if length > 1]


def _rest(
    cut: Sequence[Sequence[int]], cache: Any, model: Any, device: torch.device
) -> torch.Tensor:
    """Return the log-probability of each term's pieces after its first; all have as many."""
    ids = torch.tensor([list(own) for own in cut], device=device)
    cache.batch_repeat_interleave(len(cut))
    logs = model(ids[:, :-1], past_key_values=cache, use_cache=True).logits.float().log_softmax(-1)
    return torch.as_tensor(logs.gather(-1, ids[:, 1:, None])[..., 0].sum(1))


def continued(
    model: Any, tokenizer: Tokenizer, prompts: Sequence[str], begin: int, most: int
) -> list[str]:
    """Return what the model writes after each prompt, its likeliest `most` tokens."""
    found = []
    for prompt in prompts:
        ids = [begin, *tokenizer.encode(prompt, add_special_tokens=False).ids]
        given = torch.tensor([ids], device=model.device)
        with torch.no_grad():
            written = model.generate(
                given,
                attention_mask=torch.ones_like(given),
                max_new_tokens=most,
                do_sample=False,
                pad_token_id=begin,
            )
        found.append(tokenizer.decode(written[0, len(ids) :].tolist(), skip_special_tokens=True))
    return found
