"""The recipe of the reranker: where it starts, and steps to an adapter that scores."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np
import pair_adapter
import pytest
import torch
from letters import Letters
from told_topics import topics_in_two_languages

from samovar import catalog
from samovar.errors import InputError
from samovar.models.encoders import encoding
from samovar.models.engines import ENGINES
from samovar.models.pairs import lora, pytorch
from samovar.models.pairs.rows import PairForm, PairTokenizer, padded
from samovar.models.shelf import Shelf
from samovar.settings import ROOT, Settings
from training import reranker
from training.corpora import questions
from training.encoder import EncoderRecipe
from training.frame import export, recipe
from training.lessons.retrieval.groups import grouped
from training.lessons.retrieval.ranking import scores, tensors
from training.reranker import RerankRecipe

CONFIGS = ROOT / "training" / "configs"
LABELS = ("entailment", "neutral", "contradiction")


def shipped() -> RerankRecipe:
    return recipe.load(CONFIGS / "rerank-e5.yaml", RerankRecipe)


def test_the_shipped_recipe_is_read_and_keeps_back_what_the_encoder_does():
    found = shipped()
    assert found.name == catalog.PROFILES["embedded"]["reranker"]
    encoder = recipe.load(CONFIGS / "search-e5.yaml", EncoderRecipe)
    assert found.held_out == encoder.held_out and found.base == encoder.base


@pytest.fixture
def few_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let topics_in_two_languages() be all topics there are."""
    monkeypatch.setattr(questions, "files", lambda data_dir: {})
    monkeypatch.setattr(questions, "topics", lambda data_dir: topics_in_two_languages())
    monkeypatch.setattr(Shelf, "encoder", lambda self, model_id="": Letters())
    monkeypatch.setattr(reranker, "parts", lambda told, percent: (told[2:], told[:2] + told[-4:]))


def small(**changes: object) -> RerankRecipe:
    steps = replace(
        shipped().training, batch=4, validate_every=2, precision="fp32", learning_rate=0.03
    )
    plain = replace(shipped(), training=steps, most=4, negatives=2, validated=2, start="")
    return replace(plain, lora=replace(shipped().lora, rank=2), **changes)


def test_two_steps_leave_an_adapter_that_scores(small_e5: Settings, options: Namespace, few_topics):
    run = reranker.fit(small(), options, small_e5)
    about = json.loads((run / "run.json").read_text())
    assert about["finished"] and about["steps"] == 2 and about["tokens_per_second"]
    counted = {"training": 8, "pairs": 24, "validation": 4, "origins": {"nqg_squad": 4, "xquad": 4}}
    assert about["groups"] == counted
    curve = [json.loads(line) for line in (run / "curves.jsonl").read_text().splitlines()]
    right = [row["validation_right"] for row in curve if "validation_right" in row]
    assert len(right) == 2 and all(0 <= value <= 1 for value in right)
    folder = export.publish(run, small_e5.assets / "adapters" / "rerank-e5")
    card = (folder / "README.md").read_text()
    assert "XQuAD" in card and "pipeline_tag: text-ranking" in card and "SICK" not in card
    row = catalog.model("rerank-e5")
    passages = ["The kettle is old.", "Чайник старый.", "A bridge."]
    slow, fast = (
        ENGINES["reranker", engine].build(row, small_e5).score("Which kettle?", passages)
        for engine in ("transformers", "openvino")
    )
    assert np.allclose(slow, fast, atol=0.01) and slow.std() > 0.03


def test_training_reads_a_pair_as_serving_does(small_e5: Settings, options: Namespace, few_topics):
    """The last weights of the run give the scores that the exported adapter gives."""
    held = {}

    def kept(network, chosen, folder):
        held.update(network=network)
        return written(network, chosen, folder)

    written = reranker.write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reranker, "write", kept)
        run = reranker.fit(small(), options, small_e5)
    export.publish(run, small_e5.assets / "adapters" / "rerank-e5")
    row = catalog.model("rerank-e5")
    served = ENGINES["reranker", "transformers"].build(row, small_e5)
    group = grouped(topics_in_two_languages(), Letters(), 1, 3, 0)[0]
    base = catalog.model(row.base)
    path = encoding.folder(base, small_e5) / "tokenizer.json"
    [rows] = reranker.rows([group], PairTokenizer(path, base, reranker.FORM))
    network = held["network"].eval()
    with torch.no_grad():
        trained = scores(network, tensors([rows]))[0].numpy()
    found = served.score(group.question, group.texts)
    assert np.allclose(trained, found, atol=2e-3) and found.std() > 0.01


def test_it_starts_as_the_entailment_model(
    tmp_path: Path, small_e5: Settings, options: Namespace, few_topics, monkeypatch
):
    """Before the first step the score is entailment against the mean of the two other logits."""
    first = catalog.model("entailment-e5")
    of_base = {"layers": (0, 1, 2), "width": 32}
    folder = pair_adapter.put(small_e5.assets, first.id, 3, {"labels": LABELS}, **of_base)
    (folder / "run.json").write_text(json.dumps({"sources": ["SICK (Marelli et al. 2014)"]}))
    weights, _ = lora.read(first, small_e5, first.role, LABELS)
    seen = {}

    def look(network, batches, loss, training, run, validate):
        seen["logits"] = network.eval()(**inputs).detach().numpy()

    path = weights.folder / "tokenizer.json"
    form = PairForm(64, "passage", "query")
    pairs = [("A cat sleeps on the sofa.", "A cat sleeps."), ("Кот спит.", "Кот ест рыбу.")]
    inputs = {
        name: torch.from_numpy(row)
        for name, row in padded(PairTokenizer(path, weights.base, form).rows(pairs)).items()
    }
    monkeypatch.setattr(reranker, "train", look)
    shape = replace(shipped().lora, rank=pair_adapter.RANK, alpha=pair_adapter.ALPHA)
    run = reranker.fit(replace(small(start=first.id), lora=shape), options, small_e5)
    old = pytorch.network(first, weights, small_e5)({n: row.numpy() for n, row in inputs.items()})
    assert np.allclose(seen["logits"][:, 0], old[:, 0] - old[:, 1:].mean(axis=1), atol=1e-4)
    assert abs(seen["logits"][0, 0] - seen["logits"][1, 0]) > 0.01
    told = json.loads((run / "run.json").read_text())
    assert "start" in told["data"]
    assert any("SICK" in line for line in told["sources"]), "what the start was trained on, too"
    with pytest.raises(InputError, match="Give the recipe rank 4 and alpha 8"):
        reranker.fit(small(start=first.id), replace_out(options, tmp_path / "other"), small_e5)


def replace_out(options: Namespace, out: Path) -> Namespace:
    return Namespace(**{**vars(options), "out": out})
