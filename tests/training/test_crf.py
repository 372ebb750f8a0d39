"""The recipe of the CRF: from annotated texts to a tagger that serves."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from samovar import catalog
from samovar.models.taggers.crf import CrfTagger
from samovar.settings import ROOT, Settings
from training import crf
from training.crf import CrfRecipe
from training.entities import corpora
from training.frame import recipe

CONFIGS = ROOT / "training" / "configs"


@pytest.mark.parametrize("name", ["crf-en", "crf-ru"])
def test_the_shipped_recipes_are_read(name: str) -> None:
    found = recipe.load(CONFIGS / f"{name}.yaml", CrfRecipe)
    assert found.name == name and set(found.corpora) <= set(corpora.TRAINING)
    assert catalog.model(name).role == "ner"


def test_the_crf_learns_and_serves(options: Namespace, journeys_alone, tmp_path: Path) -> None:
    chosen = CrfRecipe("crf-en", "en", ("conll",))
    run = crf.fit(chosen, options, Settings())
    assert json.loads((run / "run.json").read_text())["finished"]
    folder = crf.publish(run, tmp_path / "assets" / "taggers" / "crf-en")
    assert "CoNLL-2003" in (folder / "README.md").read_text()
    settings = replace(Settings(), assets=tmp_path / "assets")
    (found,) = CrfTagger(catalog.model("crf-en"), settings).tag(
        ["On day 7 Bob went to Rome."], "en"
    )
    assert [(s.text, s.label) for s in found.spans] == [("Bob", "PER"), ("Rome", "LOC")]
