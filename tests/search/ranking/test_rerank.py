"""The cross-encoder: the real engine on a tiny model made here, and what a search makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from samovar import catalog
from samovar.errors import ModelError
from samovar.models.base import Encoder
from samovar.models.encoders import encoding
from samovar.models.pairs.cross_encoder import SentenceReranker
from samovar.models.shelf import Shelf
from samovar.records import Hit
from samovar.search import core
from samovar.search.documents.corpus import Document
from samovar.search.documents.fields import fields_of
from samovar.search.passages.assembly import collect
from samovar.search.ranking import reranking
from samovar.settings import Settings

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"tea violin moon bread water bow is hot".split()]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cross-encoder with random weights, on the disk as the Hub would give it."""
    folder = tmp_path_factory.mktemp("tiny")
    inner = Tokenizer(WordLevel({word: at for at, word in enumerate(WORDS)}, "[UNK]"))
    inner.pre_tokenizer = Whitespace()
    inner.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=inner, **names).save_pretrained(folder)
    torch.manual_seed(0)
    shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    shape |= {"intermediate_size": 64, "num_labels": 1, "vocab_size": len(WORDS)}
    config = BertConfig(**shape, initializer_range=0.5)
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture
def reranker(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> SentenceReranker:
    monkeypatch.setattr(encoding, "folder", lambda model, settings: tiny)
    return SentenceReranker(catalog.model("mmarco-minilm"), Settings.from_env())


def test_scores_are_those_of_the_model(reranker: SentenceReranker, tiny: Path) -> None:
    tokenizer = PreTrainedTokenizerFast.from_pretrained(tiny)
    model = BertForSequenceClassification.from_pretrained(tiny).eval()
    passages = ["tea is hot", "violin bow", "moon", "water " * 40]
    with torch.inference_mode():
        expected = [
            model(**tokenizer("hot tea", one, return_tensors="pt")).logits.item()
            for one in passages
        ]
    found = reranker.score("hot tea", passages)
    assert found.dtype == np.float32 and found.shape == (4,)
    assert found.tolist() == pytest.approx(expected, abs=1e-4)
    assert reranker.score("hot tea", []).shape == (0,)
    assert len({round(one, 4) for one in expected}) == 4


def test_typed_special_tokens_are_plain_text(reranker: SentenceReranker) -> None:
    plain, typed = reranker.score("tea", ["moon bread", "moon [SEP] bread"])
    assert np.isfinite([plain, typed]).all()
    tokens = reranker._inner.tokenizer("moon [SEP] bread")["input_ids"]
    assert tokens.count(3) == 1


def test_the_search_is_put_in_the_order_of_the_cross_encoder(
    reranker: SentenceReranker, minilm: Encoder
) -> None:
    texts = ["tea is hot water", "violin bow", "moon", "bread is hot", "water", "bow is violin"]
    documents = tuple(Document(f"d{n}", "", text, {"n": n}) for n, text in enumerate(texts))
    collection = collect(documents, minilm)
    asked = core.question(
        "hot tea", "en", k=4, mode="rerank", wanted={"n": {"!=": 2}}, fields=fields_of(documents)
    )
    vector = minilm.encode([asked.text], "query")[0]
    found = core.search(collection, asked, vector, reranker)
    scores = dict(zip(texts, reranker.score("hot tea", texts).tolist(), strict=True))
    kept = sorted((text for text in texts if text != "moon"), key=lambda text: -scores[text])
    assert [hit.text for hit in found.hits] == kept[:4]
    assert (
        [hit.rerank_rank for hit in found.hits] == [hit.rank for hit in found.hits] == [1, 2, 3, 4]
    )
    assert [hit.score for hit in found.hits] == pytest.approx(
        [scores[t] for t in kept[:4]], abs=1e-4
    )
    hybrid = core.search(collection, replace(asked, mode="hybrid", filters=()), vector)
    fused = {hit.id: hit.rank for hit in hybrid.hits}
    for hit in found.hits:
        assert hit.fused_rank and hit.dense_rank
        assert hit.fused_rank == fused.get(hit.id, hit.fused_rank)


class Fixed:
    """Score a passage by the number that it ends with."""

    def __init__(self, name: str = "fixed") -> None:
        self.name = name
        self.asked: list[str] = []

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        self.asked = list(passages)
        return np.array([float(text.split()[-1]) for text in passages], np.float32)


def hits(*scores: float) -> list[Hit]:
    """Return one hit for each score, whose text ends with its number."""
    return [Hit(at + 1, score, f"d{at}", "", f"Text {at}") for at, score in enumerate(scores)]


def test_only_the_best_are_read_and_the_others_follow_in_their_order() -> None:
    model = Fixed()
    found = reranking.reranked("?", hits(*[0.9 - at / 100 for at in range(40)]), model, 0.2)
    assert model.asked == [f"Text {at}" for at in range(reranking.READ)]
    assert [hit.id for hit in found] == [f"d{at}" for at in [*range(29, -1, -1), *range(30, 40)]]
    assert [hit.rerank_rank for hit in found] == [*range(1, 31), *[None] * 10]
    values = [hit.score for hit in found]
    assert values == sorted(values, reverse=True) and values[:30] == [*range(29, -1, -1)]
    assert reranking.reranked("?", [], model, 0.2) == []


def test_a_small_reranker_moves_only_what_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reranking, "WEIGHTS", {"small": 0.1})
    before = hits(0.9, 0.89, 0.5)
    found = reranking.reranked("?", before, Fixed("small"), 0.2)  # a point is worth 0.02
    assert [hit.id for hit in found] == ["d1", "d0", "d2"]
    assert [hit.score for hit in found] == pytest.approx([0.91, 0.9, 0.54])
    assert [hit.id for hit in reranking.reranked("?", before, Fixed(), 0.2)] == ["d2", "d1", "d0"]


def test_the_reranker_reads_each_passage_with_its_title() -> None:
    model = Fixed()
    reranking.reranked("?", [Hit(1, 0.5, "a", "Tea", "Hot 1"), Hit(2, 0.4, "b", "", "2")], model, 1)
    assert model.asked == ["Tea. Hot 1", "2"]


def test_a_profile_without_a_reranker_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    column = {"chat": "smollm2-135m-instruct"}
    monkeypatch.setitem(catalog.PROFILES, "embedded", column)
    shelf = Shelf(replace(Settings.from_env(), profile="embedded"))
    assert not shelf.offers("reranker")
    with pytest.raises(
        ModelError, match=r"embedded has no model for the role `reranker`.*cpu, gpu"
    ):
        shelf.reranker()
    assert Shelf(replace(Settings.from_env(), profile="cpu", offline=False)).offers("reranker")
