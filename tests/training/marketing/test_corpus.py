"""The command that writes the pairs, on a small part of the texts; and what the shipped texts hold."""

from __future__ import annotations

import json

import pytest

from samovar.marketing import prompt
from samovar.marketing.texts import ads, sheets
from samovar.marketing.writers import ADAPTERS
from samovar.models.shelf import shelf
from samovar.settings import ROOT
from training import chat
from training.frame import recipe
from training.lessons.chat import examples
from training.lessons.chat.conversations import FORMATS
from training.lessons.marketing.prompts import source
from training.marketing import corpus

DATA = ROOT / "data"
CONFIGS = sorted((ROOT / "training" / "configs").glob("marketing-*.yaml"))


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A folder of data with the texts of six sheets a language."""
    folder = tmp_path / "data"
    (folder / "marketing").mkdir(parents=True)
    (folder / "products").symlink_to(DATA / "products")
    (folder / "marketing" / "sheets-train.jsonl").symlink_to(DATA / "marketing/sheets-train.jsonl")
    for language in ("en", "ru"):
        name = f"marketing/texts-{language}.jsonl"
        lines = (DATA / name).read_text(encoding="utf-8").splitlines(keepends=True)[:20]
        (folder / name).write_text("".join(lines), encoding="utf-8")
    monkeypatch.setenv("SAMOVAR_DATA", str(folder))
    shelf.cache_clear()
    yield tmp_path
    shelf.cache_clear()  # or a later test of this process would find its data gone


def test_pairs_of_both_languages_are_written_and_whole_sheets_held_out(small, capsys):
    extra = small / "drafts.jsonl"
    draft = {"sheet": "kettle-brivona", "channel": "slogan", "tone": "plain", "language": "en"}
    extra.write_text(
        json.dumps(draft | {"text": "Brivona Hush 1.5: tea before the news.", "sample": 0})
    )
    out = small / "build" / "marketing.jsonl"
    assert corpus.main(["--out", str(out), "--also", str(extra)]) == 0
    training, held = (
        examples.read(out.with_stem(f"marketing{end}")) for end in ("", "-validation")
    )
    assert len(training) + len(held) == 40  # of 41; one is too close to another
    assert {pair.language for pair in training} == {pair.language for pair in held} == {"en", "ru"}
    ids = [{json.loads(pair.source)["sheet"]["id"] for pair in rows} for rows in (training, held)]
    assert ids[0] and ids[1] and not ids[0] & ids[1]
    assert {pair.origin for pair in (*training, *held)} == {"samovar", "marketing_drafts"}
    english = examples.read(out.with_stem("marketing-en"))
    assert {pair.language for pair in english} == {"en"} and set(english) < set(training)
    assert "en: 21 texts" in capsys.readouterr().out
    assert out.with_suffix(".png").is_file()


def test_training_reads_what_serving_sends():
    known = sheets(DATA)
    for language in ("en", "ru"):
        ad = ads(DATA / "marketing" / f"texts-{language}.jsonl")[0]
        said = FORMATS["marketing"](source(known[ad.sheet], ad.channel, ad.tone), ad.language)
        assert said == prompt.turns(known[ad.sheet], ad.language, ad.channel, ad.tone)
    assert FORMATS["marketing"]("", "en") == ()


def test_the_shipped_texts_are_enough_and_none_is_of_a_sheet_that_measures():
    counts = {one: len(ads(DATA / "marketing" / f"texts-{one}.jsonl")) for one in ("en", "ru")}
    assert sum(counts.values()) >= 400 and counts["ru"] >= 150
    lines = (DATA / "marketing" / "sheets-test.jsonl").read_text(encoding="utf-8").splitlines()
    measured = {json.loads(line)["name"] for line in lines}
    assert not measured & {brief.name for brief in sheets(DATA).values()}


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_each_recipe_trains_the_adapter_that_serving_looks_for(path):
    chosen = recipe.load(path, chat.ChatRecipe)
    assert (chosen.name, chosen.format) == (path.stem, "marketing")
    assert ADAPTERS[chosen.base] == chosen.name


def test_every_model_of_serving_has_a_recipe():
    assert {path.stem for path in CONFIGS} == set(ADAPTERS.values())
