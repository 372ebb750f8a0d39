"""The recipe of the spaCy pipeline: a few steps, to a tagger that serves; a stopped run."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from samovar import catalog
from samovar.models.taggers.spacy_trained import TrainedSpacyTagger
from samovar.settings import ROOT, Settings
from training import pipeline
from training.entities import corpora
from training.frame import recipe
from training.pipeline import PipelineRecipe

CONFIGS = ROOT / "training" / "configs"


@pytest.mark.parametrize("name", ["spacy-en", "spacy-ru"])
def test_the_shipped_recipes_are_read(name: str) -> None:
    found = recipe.load(CONFIGS / f"{name}.yaml", PipelineRecipe)
    assert found.name == name and set(found.corpora) <= set(corpora.TRAINING)
    assert catalog.model(name).role == "ner"


def test_spacy_learns_and_serves(options: Namespace, journeys_alone, tmp_path: Path) -> None:
    chosen = PipelineRecipe("spacy-en", "en", ("conll",), held_out=20)
    steps = replace(chosen.training, steps=60, validate_every=30)
    run = pipeline.fit(replace(chosen, training=steps), options, Settings())
    divided = json.loads((run / "run.json").read_text())["texts"]
    assert sum(divided.values()) == 100 and divided["training"] > divided["validation"] > 0
    folder = pipeline.publish(run, tmp_path / "assets" / "taggers" / "spacy-en")
    assert str(tmp_path) not in (folder / "pipeline" / "config.cfg").read_text()
    settings = replace(Settings(), assets=tmp_path / "assets")
    own = TrainedSpacyTagger(catalog.model("spacy-en"), settings)
    (found,) = own.tag(["On day 7 Bob went to Rome by train."], "en")
    assert [(s.text, s.label) for s in found.spans] == [("Bob", "PER"), ("Rome", "LOC")]


def test_a_stopped_run_of_spacy_is_closed_with_its_best_pipeline(
    options: Namespace, journeys_alone
) -> None:
    chosen = PipelineRecipe("spacy-en", "en", ("conll",), held_out=20)
    short = replace(chosen, training=replace(chosen.training, steps=2, validate_every=1))
    run = pipeline.fit(short, options, Settings())
    (run / "run.json").unlink()  # it is written when the training has come to its end
    before = (run / "model-best" / "ner" / "model").read_bytes()
    again = pipeline.fit(short, options, Settings())
    assert (again / "tagger" / "pipeline" / "ner" / "model").read_bytes() == before
    assert "stopped" in json.loads((run / "run.json").read_text())["closed"]
    options.fresh = True
    assert "closed" not in json.loads(
        (pipeline.fit(short, options, Settings()) / "run.json").read_text()
    )
