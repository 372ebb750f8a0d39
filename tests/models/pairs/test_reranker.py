"""The reranker trained here on both engines, with a random adapter of the right format."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pair_adapter
import pytest
import torch

from samovar import catalog
from samovar.doctor import examination
from samovar.errors import ModelError
from samovar.models import pick
from samovar.models.base import Reranker
from samovar.models.encoders import encoding
from samovar.models.encoders.plain_tokenizer import tokenizer_of
from samovar.models.engines import ENGINES
from samovar.models.files import adapters
from samovar.models.hardware import Hardware
from samovar.models.pairs import reranker, rows
from samovar.models.pairs.reranker import TrainedReranker
from samovar.models.pairs.rows import PairTokenizer
from samovar.models.shelf import Shelf
from samovar.settings import Settings

MODEL = catalog.model("rerank-e5")
BASE = catalog.model("multilingual-e5-small")
LAPTOP = Hardware("x86_64", 2, False)
QUESTION = "Who drinks tea?"
PASSAGES = [
    "The guest drinks black tea with lemon.",
    "Гость пьёт чай с лимоном.",
    "A bridge crosses the river. " * 90,
    "",
    "</s> <s> <mask> query: Who drinks tea?",
    "tea",
]


def put(assets: Path, **about: object) -> Path:
    """Write the adapter; `about` changes samovar.json."""
    return pair_adapter.put(assets, MODEL.id, 1, {"labels": ["relevance"], **about})


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    assets = tmp_path_factory.mktemp("assets")
    put(assets)
    return replace(Settings.from_env({}), assets=assets, threads=2)


@pytest.fixture(scope="module")
def fast(settings: Settings) -> TrainedReranker:
    return ENGINES["reranker", "openvino"].build(MODEL, settings)


@pytest.fixture(scope="module")
def reference(settings: Settings) -> TrainedReranker:
    return ENGINES["reranker", "transformers"].build(MODEL, settings)


def test_both_engines_give_the_same_scores_in_the_same_order(
    fast: Reranker, reference: Reranker
) -> None:
    one, two = (each.score(QUESTION, PASSAGES) for each in (fast, reference))
    assert one.dtype == two.dtype == np.float32 and one.shape == two.shape == (len(PASSAGES),)
    assert np.allclose(one, two, atol=0.06)
    gaps = np.diff(np.sort(two))
    assert gaps.min() > 0, "every passage has a score of its own"
    sure = [(a, b) for a in range(6) for b in range(6) if two[a] - two[b] > 0.15]
    assert sure and all(one[a] > one[b] for a, b in sure)
    assert fast.score(QUESTION, []).shape == (0,)


def test_the_score_is_that_of_the_written_formula(settings: Settings, reference: Reranker) -> None:
    """Computed without our rows: the merged encoder on ids put together here, the head by hand."""
    from samovar.models.pairs.lora import read
    from samovar.models.pairs.network import merged

    weights, _ = read(MODEL, settings, reranker.ROLE, reranker.LABELS)
    tokenizer = tokenizer_of(weights.folder / "tokenizer.json")
    one, two = (
        tokenizer.encode(text, add_special_tokens=False).ids
        for text in (f"passage: {PASSAGES[1]}", f"query: {QUESTION}")
    )
    begin, end = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    head = {name: torch.from_numpy(value) for name, value in weights.head.items()}
    with torch.no_grad():
        ids = torch.tensor([[begin, *one, end, end, *two, end]])
        states = merged(weights).encoder(ids).last_hidden_state[0]
        u, v = states[1 : 1 + len(one)].mean(0), states[3 + len(one) : -1].mean(0)
        seen = torch.cat([states[0], u, v, (u - v).abs(), u * v])
        inner = torch.tanh(head["head.dense.weight"] @ seen + head["head.dense.bias"])
        expected = (head["head.out.weight"] @ inner + head["head.out.bias"]).item()
    assert reference.score(QUESTION, [PASSAGES[1]])[0] == pytest.approx(expected, abs=1e-3)


def test_a_batch_gives_what_single_calls_give_in_their_order(fast: Reranker) -> None:
    single = [float(fast.score(QUESTION, [one])[0]) for one in PASSAGES]
    many = [PASSAGES[at % 6] for at in range(70)]
    found = fast.score(QUESTION, many)
    assert found.tolist() == pytest.approx([single[at % 6] for at in range(70)], abs=0.06)


def test_threads_may_share_a_reranker(fast: Reranker, reference: Reranker) -> None:
    for model in (fast, reference):
        expected = model.score(QUESTION, PASSAGES)
        with ThreadPoolExecutor(4) as pool:
            jobs = [at % len(PASSAGES) for at in range(12)]
            found = list(pool.map(lambda at, m=model: m.score(QUESTION, [PASSAGES[at]])[0], jobs))
        assert np.allclose(found, expected[jobs], atol=0.06)


def test_the_longer_text_is_cut_and_special_tokens_are_plain_text(settings: Settings) -> None:
    path = encoding.folder(BASE, settings) / "tokenizer.json"
    tokenizer, plain = PairTokenizer(path, BASE, reranker.FORM), tokenizer_of(path)
    begin, end = plain.token_to_id("<s>"), plain.token_to_id("</s>")
    long = "tea " * 400
    ids, segments = tokenizer.rows([(long, QUESTION)])[0]
    assert len(ids) == len(segments) == reranker.LONGEST
    whole = len(plain.encode(f"query: {QUESTION}", add_special_tokens=False).ids)
    assert segments.count(rows.SECOND) == whole, "the question is read to its end"
    ids, _ = tokenizer.rows([("a </s> b <s> <mask>", "</s>")])[0]
    assert ids.count(end) == 3 and ids.count(begin) == 1
    ids, segments = tokenizer.rows([("", "")])[0]
    prefixes = [plain.encode(p, add_special_tokens=False).ids for p in ("passage: ", "query: ")]
    assert ids == [begin, *prefixes[0], end, end, *prefixes[1], end]
    assert segments.count(rows.FIRST) == len(prefixes[0]) > 0


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"role": "entailment"}, "role entailment, not reranker"),
        ({"base": "all-minilm-l6-v2"}, "belongs to all-minilm-l6-v2"),
        ({"labels": ["entailment", "neutral", "contradiction"]}, "labels"),
        ({"protocol": 2}, "protocol 2"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, about: dict[str, object], said: str) -> None:
    put(tmp_path, **about)
    with pytest.raises(ModelError, match=said):
        ENGINES["reranker", "transformers"].build(
            MODEL, replace(Settings.from_env({}), assets=tmp_path)
        )


def test_a_head_of_three_outputs_is_refused(tmp_path: Path) -> None:
    pair_adapter.put(tmp_path, MODEL.id, 3, {"labels": ["relevance"]})
    with pytest.raises(ModelError, match=r"head\.out\.weight has the shape \[3, 384\]"):
        ENGINES["reranker", "transformers"].build(
            MODEL, replace(Settings.from_env({}), assets=tmp_path)
        )


def test_the_shelf_offers_it_only_with_the_adapter(settings: Settings, tmp_path: Path) -> None:
    bare = Shelf(replace(settings, assets=tmp_path), LAPTOP)
    assert not bare.offers("reranker") and not pick.installed(MODEL, bare.settings)
    for refused in (bare.reranker, lambda: bare.reranker(MODEL.id)):
        with pytest.raises(
            ModelError, match=r"no adapter `rerank-e5`.*SAMOVAR_PROFILE=cpu"
        ) as told:
            refused()
        assert "не найден адаптер «rerank-e5»" in told.value.say("ru")
    shelf = Shelf(settings, LAPTOP)
    choice = shelf.choice("reranker")
    assert shelf.offers("reranker") and (choice.model, choice.engine) == (MODEL, "openvino")
    assert shelf.reranker() is shelf.reranker() and shelf.reranker().name == MODEL.id
    arm = Shelf(settings, Hardware("arm64", 8, False))
    assert arm.choice("reranker").engine == "transformers"


def test_without_network_it_stands_in_for_those_of_the_hub(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.try_to_load_from_cache", lambda *_, **__: None)
    online, offline = (
        Shelf(replace(settings, profile="cpu", offline=offline), LAPTOP).choice("reranker")
        for offline in (False, True)
    )
    assert (online.profile, online.model.id) == ("cpu", "mmarco-minilm")
    assert (offline.profile, offline.model.id) == ("embedded", MODEL.id)
    assert "HF_HUB_OFFLINE" in offline.reason.en


def test_the_doctor_lists_it(settings: Settings, tmp_path: Path) -> None:
    with_it, without = (
        examination.examine(one, LAPTOP) for one in (settings, replace(settings, assets=tmp_path))
    )
    states = [{row.model.id: row.state for row in found.models} for found in (with_it, without)]
    assert [found[MODEL.id] for found in states] == ["intact", "absent"]
    assert [choice.role for choice in with_it.choices] == ["chat", "encoder", "reranker"]
    assert [choice.role for choice in without.choices] == ["chat", "encoder"]
    assert with_it.healthy and without.healthy
    assert adapters.names(settings, "reranker") == [MODEL.id]
