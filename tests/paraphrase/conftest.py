"""Models of the validator and a chat model without weights, so that each rule can be met alone."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from samovar.paraphrase.measurement import ValidationModels
from samovar.records import Completion, Entailment, Markup


class Encoder:
    """Give every text a vector of its own near all others: cosines about 0.97."""

    name, engine, revision, dimensions = "fake", "fake", "1", 32

    def encode(self, texts, kind="symmetric", progress=None):
        rows = []
        for text in texts:
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
            row = np.ones(32) + np.random.default_rng(seed).normal(0, 0.17, 32)
            rows.append(row / np.linalg.norm(row))
        return np.array(rows, np.float32).reshape(len(rows), 32)


class Tagger:
    name = "fake"

    def tag(self, texts, language):
        return [Markup((), 0.0) for _ in texts]


class Entailing:
    """Classify by a table of (premise, hypothesis); other pairs are entailed."""

    def __init__(self, table=None):
        self.table = table or {}
        self.calls = []

    def classify(self, pairs):
        self.calls.append(list(pairs))
        return [self.table.get(pair, Entailment(0.95, 0.04, 0.01)) for pair in pairs]


class Chat:
    """Reply with the given texts in turn, and remember what was asked.

    With `free` only requests without an opening are answered.
    """

    name, engine, languages = "smollm2-135m-instruct", "fake", ("en", "ru")

    def __init__(self, replies, free=False):
        self.replies = list(replies)
        self.free = free
        self.asked = []
        self.replied = 0

    def complete(self, requests, stop=None):
        self.asked += requests
        return [self._reply(request) for request in requests]

    def _reply(self, request):
        if self.free and request.prefix:
            return Completion("", "cancelled", 1, 1, 1.0)
        self.replied += 1
        text = self.replies[(self.replied - 1) % len(self.replies)]
        return Completion(text, "stop", 1, 1, 1.0)


@pytest.fixture
def models():
    return ValidationModels(Encoder(), {}, Tagger())


@pytest.fixture
def chat():
    return Chat


@pytest.fixture
def entailing():
    return Entailing
