"""The recipe of the token classifier: its loss, and three steps to an adapter that tags."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace

import pytest
import torch

from samovar import catalog
from samovar.models.taggers.token_tagger import TAGS
from samovar.models.taggers.token_torch import TorchTokenTagger
from samovar.models.taggers.words import words
from samovar.settings import ROOT, Settings
from training import tagger
from training.entities import corpora
from training.frame import export, recipe
from training.tagger import FREE, IGNORED, TaggerRecipe, loss

CONFIGS = ROOT / "training" / "configs"


@pytest.mark.parametrize("name", ["ner-e5"])
def test_the_shipped_recipes_are_read(name: str) -> None:
    found = recipe.load(CONFIGS / f"{name}.yaml", TaggerRecipe)
    assert found.name == name and set(found.corpora) <= set(corpora.TRAINING)
    assert catalog.model(name).role == "ner"


def test_the_loss_takes_misc_for_granted_where_the_corpus_does_not_mark_it() -> None:
    logits = torch.full((1, 2, len(TAGS)), -9.0)
    logits[0, 0, TAGS.index("B-MISC")] = 9.0
    weight = torch.ones(1)
    free = loss(logits, torch.tensor([[FREE, IGNORED]]), weight)
    strict = loss(logits, torch.tensor([[0, IGNORED]]), weight)
    assert free.item() == pytest.approx(0.0, abs=1e-3) and strict.item() > 10


def test_three_steps_leave_an_adapter_that_tags(
    options: Namespace, journeys_alone, small_e5: Settings
) -> None:
    shipped = recipe.load(CONFIGS / "ner-e5.yaml", TaggerRecipe)
    steps = replace(shipped.training, epochs=1, batch=32, validate_every=2, precision="fp32")
    small = replace(
        shipped,
        corpora=("conll",),
        held_out=20,
        layers=2,
        training=steps,
        lora=replace(shipped.lora, rank=2),
    )
    run = tagger.fit(small, options, small_e5)
    about = json.loads((run / "run.json").read_text())
    assert about["finished"] and about["texts"]["validation"] > 0
    export.publish(run, small_e5.assets / "adapters" / "ner-e5")
    own = TorchTokenTagger(catalog.model("ner-e5"), small_e5)
    assert own.weights.layers == 2
    many = ["", "Ann", "🍕 «Анна» в\nМоскве ", "word " * 400]
    for text, markup in zip(many, own.tag(many, "en"), strict=True):
        assert all(text[s.start : s.end] == s.text for s in markup.spans)
    (logits,) = own.logits([words("word " * 400)])
    assert logits.shape == (400, len(TAGS))
