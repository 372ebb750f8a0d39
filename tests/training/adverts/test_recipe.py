"""The recipe of the judge of adverts: where it starts, what it holds out, and what it leaves alone."""

from __future__ import annotations

import torch

from samovar import catalog
from samovar.marketing.checks.judge import MODEL
from samovar.models.pairs.entailment import LONGEST
from samovar.settings import ROOT
from training.adverts import corpus
from training.claims.recipe import ClaimsRecipe, freeze
from training.frame import recipe


def test_the_shipped_recipe_holds_out_what_measures():
    found = recipe.load(ROOT / "training" / "configs" / "adverts-e5.yaml", ClaimsRecipe)
    row, first = catalog.model(found.name), catalog.model(found.start)
    assert (found.name, found.corpus, found.held_out) == (MODEL, "adverts", corpus.HELD_OUT)
    assert (row.role, row.base) == (first.role, first.base) == ("entailment", found.base)
    assert row.context > LONGEST, "four facts and a statement are longer than two sentences"


def test_the_lowest_layers_are_left_alone():
    layers = torch.nn.ModuleList(torch.nn.Linear(2, 2) for _ in range(12))
    network = torch.nn.ModuleDict({"layer": layers, "head": torch.nn.Linear(2, 2)})
    freeze(network, 2)
    trained = {name for name, weight in network.named_parameters() if weight.requires_grad}
    assert not {"layer.0.weight", "layer.1.bias"} & trained
    assert {"layer.2.weight", "layer.10.weight", "layer.11.bias", "head.weight"} <= trained
