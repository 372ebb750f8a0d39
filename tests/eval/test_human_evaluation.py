"""The commands of the human evaluation, and the verdicts on their variants."""

import json

import pytest

from eval.paraphrase import human_evaluation
from samovar.figures.results import RESULTS
from samovar.paraphrase.validation.words import words
from samovar.settings import ROOT
from training.corpora import requests

PATHS = sorted(RESULTS.glob("human-evaluation-*.json"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_commands_are_thirty_and_unseen(language):
    listed = human_evaluation.commands(language)
    path = ROOT / "data" / "basket" / f"commands-{language}.jsonl"
    rows = path.read_text("utf-8").splitlines()
    basket = {" ".join(words(json.loads(row)["text"])) for row in rows}
    trained = {" ".join(words(pair.source)) for pair in requests.training(language)}
    assert len(listed) == len(set(listed)) == 30 and len(trained) > 100
    assert not (basket | trained) & {" ".join(words(text)) for text in listed}


def test_verdicts_stay_with_their_texts(tmp_path):
    path = tmp_path / "human-evaluation-en.json"
    read = {**human_evaluation.row("stop", "please stop"), "keeps": False, "why": "another tone"}
    path.write_text(json.dumps({"variants": [read]}))
    assert human_evaluation.verdicts(path) == {("stop", "please stop"): read}
    assert human_evaluation.verdicts(tmp_path / "none.json") == {}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_variant_shown_was_annotated(path):
    rows = json.loads(path.read_text(encoding="utf-8"))["variants"]
    assert all(row["keeps"] is True or (row["keeps"] is False and row["why"]) for row in rows)


def test_every_command_is_listed_before_any_is_listed_more():
    lists = [["a", "b", "c"], ["d"], ["e", "f"]]
    assert human_evaluation.in_turn(lists, 5) == [["a", "b"], ["d"], ["e", "f"]]
    assert human_evaluation.in_turn(lists, 2) == [["a"], ["d"], []]
    assert human_evaluation.in_turn(lists, 99) == lists
