"""From texts to an adapter that serving finds: the whole way on a chat model of 90,000 weights."""

from __future__ import annotations

import json
from dataclasses import replace

from service.serving import ScriptedChat

from samovar.marketing.facts.brief import parsed
from samovar.marketing.texts import Ad
from samovar.marketing.writers import ADAPTERS, of
from samovar.models.shelf import Shelf
from samovar.settings import Settings
from training import chat
from training.marketing import pairs

RECIPE = """\
name: marketing-smollm2
base: smollm2-135m-instruct
pairs: [marketing-en.jsonl]
validation: marketing-en-validation.jsonl
format: marketing
longest: 700
held_out: 1
lora:
  rank: 2
  alpha: 4
training:
  epochs: 1
  batch: 2
  precision: fp32
  validate_every: 2
"""


def put(folder):
    sheet = replace(parsed("Name: Tundra\nHolds 1 litre."), id="tundra")
    for name, texts in (("en", ("Tea for two.", "Tundra: tea.")), ("en-validation", ("Hot tea.",))):
        rows = [Ad("tundra", "slogan", "plain", "en", text) for text in texts]
        said = pairs.written([pairs.pair(row, {"tundra": sheet}, pairs.OWN) for row in rows])
        (folder / f"marketing-{name}.jsonl").write_text(said, encoding="utf-8")
    config = folder / "marketing-smollm2.yaml"
    config.write_text(RECIPE)
    return config


def test_a_recipe_leaves_the_adapter_that_serving_takes(tmp_path, tiny, monkeypatch):
    monkeypatch.setenv("SAMOVAR_ASSETS", str(tmp_path / "assets"))
    places = ["--data-dir", str(tmp_path), "--out", str(tmp_path / "run"), "--base", str(tiny)]
    assert chat.main([str(put(tmp_path)), *places, "--export"]) == 0
    run = json.loads((tmp_path / "run" / "run.json").read_text())
    assert run["finished"] and run["pairs"]["training"] == 2 and run["pairs"]["too_long"] == 0
    folder = tmp_path / "assets" / "adapters" / "marketing-smollm2"
    told = json.loads((folder / "samovar.json").read_text())
    assert (told["format"], told["languages"]) == ("marketing", ["en"])
    models = Shelf(replace(Settings.from_env(), assets=tmp_path / "assets"))
    assert of(ScriptedChat(), models).adapter == ADAPTERS[told["base"]]
