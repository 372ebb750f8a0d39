"""Topics as tensors: each row a text and some of its questions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from samovar.catalog import Model
from samovar.models.encoders import encoding
from training.corpora.topic import Read, Topic
from training.frame.batches import padded


class TopicBatches:
    """Give batch i of all epochs: rows of a text and some of its questions."""

    def __init__(
        self,
        topics: Sequence[Topic],
        tokens: Tokens,
        plan: Sequence[tuple[str, list[int]]],
        questions: int,
    ) -> None:
        """Follow `plan`: of each batch what chooses the questions, and the numbers of its topics."""
        self._topics, self._tokens, self._plan, self._questions = topics, tokens, plan, questions
        keys = {key: at for at, key in enumerate(dict.fromkeys(topic.key for topic in topics))}
        self._keys = [keys[topic.key] for topic in topics]

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self._plan)

    def __getitem__(self, index: int) -> dict[str, torch.Tensor]:
        """Return ids and masks of texts [topics, tokens] and questions [topics, several, tokens]."""
        name, batch = self._plan[index]
        tensors = rows([self._topics[at] for at in batch], self._tokens, self._questions, name)
        return tensors | {"keys": torch.tensor([self._keys[at] for at in batch])}


class Tokens:
    """Turn texts into ids, each behind the encoder's prefix for its kind."""

    def __init__(self, path: Path, base: Model, longest: int) -> None:
        """Read the tokenizer of `base` at `path`; texts are cut to `longest` tokens."""
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.encode_special_tokens = True
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(longest)
        self._base = base

    def ids(self, texts: Sequence[str], kind: Read) -> list[list[int]]:
        """Return the ids of every text."""
        full = encoding.prefixed(self._base, texts, kind)
        return [found.ids for found in self._tokenizer.encode_batch(full)]


def rows(topics: Sequence[Topic], tokens: Tokens, most: int, name: str) -> dict[str, torch.Tensor]:
    """Return the tensors of `topics` with at most `most` questions each, which `name` chooses."""
    asked = [_drawn_questions(topic, most, name) for topic in topics]
    ids = [i for topic in topics for i in tokens.ids([topic.text], topic.read_as)]
    several = max(map(len, asked))
    flat = [
        i
        for questions in asked
        for i in [*tokens.ids(questions, "query"), *[[]] * (several - len(questions))]
    ]
    shape = (len(topics), several, -1)
    return {
        "ids": padded(ids, 0),
        "attention_mask": padded([[1] * len(row) for row in ids], 0),
        "questions": padded(flat, 0).view(shape),
        "questions_attention_mask": padded([[1] * len(row) for row in flat], 0).view(shape),
    }


def _drawn_questions(topic: Topic, most: int, name: str) -> list[str]:
    draw = random.Random(f"{name} {topic.key} {topic.text}")
    return draw.sample(topic.questions, min(most, len(topic.questions)))
