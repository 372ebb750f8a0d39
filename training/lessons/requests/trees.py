"""Requests with their rewordings as trees: a request is the trunk, a rewording with its verdict a branch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from samovar.models.chat.dialogue import Dialogue
from samovar.models.chat.vocabulary import Vocabulary
from samovar.paraphrase.generation.verdict import OTHER, SAME, line, turns
from training.corpora.requests import RequestPair
from training.lessons.chat import trees as grown
from training.lessons.chat.trees import Prompted, Tree, Verdicts


def verdicts(vocabulary: Vocabulary) -> Verdicts:
    """Return the ids of the two verdicts: both ask for the same, or not."""
    return Verdicts.of(vocabulary, SAME, OTHER)


def trees(
    pairs: Sequence[RequestPair], vocabulary: Vocabulary, dialogue: Dialogue, longest: int
) -> list[Tree]:
    """Return a tree for each request, whose pairs stand together; one too long loses its last branches."""
    groups = groupby(pairs, lambda pair: (pair.source, pair.language))
    prompted = (
        Prompted(turns(*asked), tuple((line(pair.text), pair.same) for pair in group))
        for asked, group in groups
    )
    return grown.trees(prompted, vocabulary, dialogue, longest)
