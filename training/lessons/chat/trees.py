"""A prompt and all that is said behind it as one row of token ids: read once, each text behind it for itself.

The prompt is the trunk; a text is a branch that sees the trunk and itself, never the other branches. So nine
texts cost one reading of the prompt. At the end of a branch stands the verdict, yes or no; a branch whose
verdict is yes is also a reply that may be worth learning word by word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from samovar.models.chat.dialogue import Dialogue
from samovar.models.chat.vocabulary import Vocabulary
from samovar.records import ChatRequest, Turn
from training.frame.batches import ordered, padded
from training.frame.trainer import Batch

IGNORED = -100
"""Target of a place that does not count."""
TRUNK, PADDING = 0, -1
"""Segments; the branches are 1, 2, …"""


@dataclass(frozen=True, slots=True)
class Branch:
    """Hold one text behind a prompt and its verdict."""

    ids: tuple[int, ...]
    holds: bool
    """Whether the verdict is yes."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Hold a prompt with everything that is said behind it."""

    trunk: tuple[int, ...]
    branches: tuple[Branch, ...]

    @property
    def length(self) -> int:
        """Return the number of tokens that the model reads."""
        return len(self.trunk) + sum(len(branch.ids) for branch in self.branches)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Hold the ids of the two verdicts."""

    yes: int
    no: int

    @classmethod
    def of(cls, vocabulary: Vocabulary, yes: str, no: str) -> Verdicts:
        """Return the first tokens of both words."""
        return cls(*(vocabulary.encode(word, False)[0] for word in (yes, no)))


@dataclass(frozen=True, slots=True)
class Prompted:
    """Hold the turns of a prompt, and the lines behind it that hold or do not."""

    turns: tuple[Turn, ...]
    lines: tuple[tuple[str, bool], ...]
    """Each with its end, which stands before the verdict."""


def trees(
    prompted: Iterable[Prompted], vocabulary: Vocabulary, dialogue: Dialogue, longest: int
) -> list[Tree]:
    """Return the tree of each prompt; one too long loses its last branches, and without any is left out."""
    grown = []
    for one in prompted:
        trunk = tuple(dialogue.ids(ChatRequest(one.turns)))
        branches, length = list[Branch](), len(trunk)
        for text, holds in one.lines:
            ids = tuple(vocabulary.encode(text, False))
            length += len(ids)
            if length <= longest:
                branches.append(Branch(ids, holds))
        grown.append(Tree(trunk, tuple(branches)))
    return [tree for tree in grown if tree.branches]


def batch(listed: Sequence[Tree]) -> dict[str, torch.Tensor]:
    """Return the tensors of `tree_loss`, one row a tree; see `_row`."""
    rows = [_row(tree) for tree in listed]
    pads = {"segments": PADDING, "targets": IGNORED, "verdicts": IGNORED}
    return {name: padded([row[name] for row in rows], pads.get(name, 0)) for name in rows[0]}


def _row(tree: Tree) -> dict[str, list[int]]:
    """Return the row of one tree.

    Ids, places and segments of each token; `from` → `targets`, the words to learn; `ends` → `verdicts` of
    the branches, 1 for yes.
    """
    ids, positions = list(tree.trunk), list(range(len(tree.trunk)))
    segments = [TRUNK] * len(ids)
    row: dict[str, list[int]] = {"from": [], "targets": [], "ends": [], "verdicts": []}
    for number, branch in enumerate(tree.branches, 1):
        start = len(ids)
        ids += branch.ids
        segments += [number] * len(branch.ids)
        positions += range(len(tree.trunk), len(tree.trunk) + len(branch.ids))
        row["ends"].append(len(ids) - 1)
        row["verdicts"].append(int(branch.holds))
        if branch.holds:
            row["from"] += [len(tree.trunk) - 1, *range(start, len(ids) - 1)]
            row["targets"] += branch.ids
    row["from"], row["targets"] = row["from"] or [0], row["targets"] or [IGNORED]
    return {
        "input_ids": ids,
        "attention_mask": [1] * len(ids),
        "positions": positions,
        "segments": segments,
        **row,
    }


def visible(segments: torch.Tensor) -> torch.Tensor:
    """Return which token sees which, bool [rows, 1, tokens, tokens], of `segments` [rows, tokens]."""
    width = segments.shape[1]
    before = torch.ones(width, width, dtype=torch.bool, device=segments.device).tril()
    trunk, own = segments[:, None, :] == TRUNK, segments[:, None, :] == segments[:, :, None]
    return (before & (trunk | own))[:, None]


def outputs(model: Any, batch: Batch, places: torch.Tensor) -> torch.Tensor:
    """Return the logits, float32 [places, vocabulary], at the (row, token) `places`, a bool mask or index."""
    states = (
        model.get_base_model()
        .model(
            input_ids=batch["input_ids"],
            attention_mask=visible(batch["segments"]),
            position_ids=batch["positions"],
            use_cache=False,
        )
        .last_hidden_state
    )
    logits: torch.Tensor = model.get_output_embeddings()(states[places[:, 0], places[:, 1]])
    return logits.float()


def tree_loss(model: Any, batch: Batch, verdicts: Verdicts, words: float) -> torch.Tensor:
    """Return the mean loss of a row: of its verdicts, and `words` times that of the tokens of what holds."""
    spoken, ended = (batch["targets"] != IGNORED) & (words > 0), batch["verdicts"] != IGNORED
    places = torch.cat([_places(batch["from"], spoken), _places(batch["ends"], ended)])
    logits = outputs(model, batch, places)
    said, last = logits[: int(spoken.sum())], logits[int(spoken.sum()) :]
    entropy = torch.nn.functional.cross_entropy
    right = torch.where(batch["verdicts"][ended] == 1, verdicts.yes, verdicts.no)
    return _by_row(entropy(last, right, reduction="none"), ended) + words * _by_row(
        entropy(said, batch["targets"][spoken], reduction="none"), spoken
    )


def probabilities(
    model: Any, listed: Sequence[Tree], verdicts: Verdicts, size: int, device: torch.device
) -> list[list[float]]:
    """Return for each tree the probability of its branches that they hold."""
    found: list[list[float]] = [[] for _ in listed]
    for numbers, tensors in ordered(listed, lambda tree: tree.length, batch, size, device):
        ended = tensors["verdicts"] != IGNORED
        logits = outputs(model, tensors, _places(tensors["ends"], ended))
        odds = logits[:, verdicts.yes] - logits[:, verdicts.no]
        rows = ended.nonzero()[:, 0].tolist()
        for row, chance in zip(rows, torch.sigmoid(odds).tolist(), strict=True):
            found[numbers[row]].append(chance)
    return found


def _places(columns: torch.Tensor, counted: torch.Tensor) -> torch.Tensor:
    """Return (row, column) of every counted entry, int64 [entries, 2]."""
    return torch.stack([counted.nonzero()[:, 0], columns[counted]], dim=1)


def _by_row(losses: torch.Tensor, counted: torch.Tensor) -> torch.Tensor:
    """Return the mean over rows of the mean loss of each row."""
    rows = counted.nonzero()[:, 0]
    each = counted.sum(1).clamp(min=1)
    return (losses / each[rows]).sum() / len(counted)
