"""The cards of the shipped weights: their figures are those of the committed results."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from eval import cards
from samovar.figures.results import RESULTS
from samovar.settings import ROOT

CELL = {
    "texts": 3,
    "rules": {"strict": {"precision": 0.5, "recall": 0.5, "f1": 0.5, "low": 0.4, "high": 0.6}},
}


def test_a_card_says_what_was_reached(tmp_path: Path) -> None:
    folder, results = tmp_path / "taggers" / "crf-en", tmp_path / "results"
    folder.mkdir(parents=True)
    results.mkdir()
    about = {"config": {"language": "en"}, "sources": ["CoNLL-2003 (unclear; X 2003)"]}
    (folder / "run.json").write_text(json.dumps(about))
    measured = {"corpora": {"conll": {"language": "en", "taggers": {"crf": CELL}}}}
    (results / "ner.json").write_text(json.dumps(measured))
    assert cards.write(tmp_path, results) == [folder]
    assert json.loads((folder / "results.json").read_text())["conll"]["f1"] == 0.5
    assert "conll.f1 | 0.5" in (folder / "README.md").read_text()
    assert cards.names(measured, "crf", ["ru"]) == {}


def test_what_was_not_measured_is_not_there() -> None:
    assert cards.variants({"rows": {}, "origin": {"size": 3}}, "lora") == {}
    assert cards.ranking({"sets": {"ours": {"queries": 3, "rows": {}}}}, "tuned") == {}
    assert cards.foretold({"rows": {"base": {}}}, "house-smollm2") == {}


def test_a_sample_says_how_many_questions_it_has() -> None:
    row = {key: {"value": 0.5} for key in ("recall_1", "ndcg_10")}
    one: dict[str, Any] = {
        "queries": 9,
        "sampled": {"queries": 3},
        "rows": {"tuned": row, "rerank": row},
    }
    asked = {name: cards.ranking({"sets": {"ours": one}}, name) for name in one["rows"]}
    assert [asked[name]["ours"]["questions"] for name in ("tuned", "rerank")] == [9, 3]


def test_the_checks_of_adverts_are_told_by_language() -> None:
    share = {"value": 0.9, "low": 0.8, "high": 1.0}
    own = {"faults": 9, "found": share, "right": 8, "flagged": share | {"value": 0.1}, "kinds": {}}
    found = cards.faults({"all": own, "ru": own, "origin": {"size": 17}})
    assert found == {"ru": {"faulty": 9, "found": 0.9, "right": 8, "flagged": 0.1}}


def test_the_judges_of_adverts_are_told_where_they_were_measured() -> None:
    share = {"value": 0.9, "low": 0.8, "high": 1.0}
    told = {"right": share, "found": share, "flagged": share, "asked": 0.6}
    served = {**told, "area_under_curve": 0.95, "threshold": 0.4}
    measured = {"en": {"statements": 9, "faulty": 4, "judges": {"served": served, "small": {}}}}
    found = cards.decided(measured, "served")
    assert found["en"]["statements"] == 9 and found["en"]["right"] == 0.9
    assert cards.decided({"ru": {"judges": {}}, "origin": {}}, "served") == {}


def test_a_character_is_compared_with_the_prompted_base() -> None:
    change = {"value": -0.25, "low": -0.3, "high": -0.2}
    base = {"replies": 9, "perplexity": {"value": 40.0}}
    tuned = {"replies": 9, "perplexity": {"value": 30.0}, "change": change}
    found = cards.foretold({"talks": 3, "rows": {"base": base, "house-qwen": tuned}}, "house-qwen")
    assert found["perplexity"] == 30 < found["perplexity of the prompted base"] == 40
    assert found["change"] == change and (found["talks"], found["replies"]) == (3, 9)


@pytest.mark.parametrize(
    "place", [one for one in cards.WEIGHTS if (ROOT / "assets" / one).is_dir()]
)
def test_the_shipped_cards_hold_the_committed_figures(place: str, tmp_path: Path) -> None:
    copy = tmp_path / place
    shutil.copytree(ROOT / "assets" / place, copy)
    shipped = {name: (copy / name).read_text("utf-8") for name in ("results.json", "README.md")}
    assert cards.write(tmp_path, RESULTS) == [copy]
    assert {name: (copy / name).read_text("utf-8") for name in shipped} == shipped
