"""The encoder recipe: two steps from topics to an adapter that encodes."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace

import numpy as np
import pytest
import torch
from letters import Letters
from told_topics import topics

from samovar import catalog
from samovar.models.encoders.sentence import SentenceEncoder
from samovar.models.shelf import Shelf
from samovar.settings import ROOT, Settings
from training import encoder
from training.corpora import questions
from training.encoder import EncoderRecipe
from training.frame import export, recipe


def test_the_shipped_recipe_is_read():
    found = recipe.load(ROOT / "training" / "configs" / "search-e5.yaml", EncoderRecipe)
    assert found.name == catalog.PROFILES["embedded"]["retriever"]
    assert found.lengths[0] == 384


def test_an_update_ships_in_part():
    made = {"q.lora_A.weight": torch.ones(2, 4), "q.lora_B.weight": torch.ones(4, 2)}
    half = encoder.weakened(made, 0.5)
    before, after = (one["q.lora_B.weight"] @ one["q.lora_A.weight"] for one in (made, half))
    assert torch.equal(after, before / 2)


def test_two_steps_leave_an_adapter_that_encodes(
    options: Namespace, small_e5: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(questions, "files", lambda data_dir: {})
    monkeypatch.setattr(questions, "topics", lambda data_dir: topics())
    monkeypatch.setattr(Shelf, "encoder", lambda self, model_id="": Letters())
    monkeypatch.setattr(encoder, "parts", lambda told, percent: (told[:20], told[20:]))
    shipped = recipe.load(ROOT / "training" / "configs" / "search-e5.yaml", EncoderRecipe)
    steps = replace(shipped.training, epochs=1, batch=10, learning_rate=0.01, precision="fp32")
    shape = {"lora": replace(shipped.lora, rank=2), "lengths": (32, 16)}
    small = replace(shipped, training=steps, passes=1, chunk=4, **shape)
    run = encoder.fit(small, options, small_e5)
    about = json.loads((run / "run.json").read_text())
    assert about["finished"] and about["topics"]["training"] == 20 and about["tokens_per_second"]
    folder = export.publish(run, small_e5.assets / "adapters" / small.name)
    card = (folder / "README.md").read_text()
    assert "XQuAD" in card and "CC BY-SA" in card
    row = catalog.model("search-e5")
    slow = SentenceEncoder(row, small_e5)
    plain = SentenceEncoder(catalog.model(row.base), small_e5)
    texts = ["Where is the kettle?", "Где чайник?"]
    tuned, before = slow.encode(texts, "query"), plain.encode(texts, "query")
    assert slow.revision != plain.revision and not np.allclose(tuned, before, atol=1e-2)
