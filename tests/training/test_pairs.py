"""Pairs to learn rewording from: which texts pair, and which pairs are left out."""

from __future__ import annotations

import json
from pathlib import Path

import few_requests
import pytest

from training import pairs
from training.corpora import requests

REWORDED = [
    {
        "source": "Bring the car round.",
        "origin": "hwu64",
        "rewordings": [
            {"text": "Drive the car round.", "probability": 0.93},
            {"text": "Fetch a cab instead.", "probability": 0.79},
        ],
    }
]


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few texts be all that were written, and none be in the basket."""
    monkeypatch.setattr(requests, "FOLDER", few_requests.put(tmp_path / "requests"))
    monkeypatch.setattr(pairs, "basket", lambda language: set())
    put(
        tmp_path / "own.jsonl",
        [{"source": "пой песню", "target": "Песню пой.", "intent": "x"}],
    )
    monkeypatch.setattr(pairs, "OWN_RU", tmp_path / "own.jsonl")


def put(path: Path, rows: list[dict[str, object]]) -> Path:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


def built(tmp_path: Path, *more: str) -> tuple[int, list[dict[str, str]]]:
    out = tmp_path / "build" / "pairs.jsonl"
    code = pairs.main(["--out", str(out), *more])
    lines = out.read_text(encoding="utf-8").splitlines() if out.is_file() else []
    return code, [json.loads(line) for line in lines]


def both(rows: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {(row["source"], row["target"]) for row in rows}


def test_what_asks_for_the_same_pairs_in_both_directions(tmp_path):
    code, rows = built(tmp_path)
    assert code == 0 and len(both(rows)) == len(rows) == 2 * (len(few_requests.THINGS) + 1)
    assert {("stop the lamp", "halt the lamp"), ("halt the lamp", "stop the lamp")} <= both(rows)
    assert not any("start" in text or "mute" in text for pair in both(rows) for text in pair)
    assert rows[0] | {"source": "", "target": ""} == {
        "source": "",
        "target": "",
        "language": "en",
        "origin": "samovar",
    }


def test_only_sure_rewordings_of_the_larger_model_pair(tmp_path):
    path = put(tmp_path / "rewordings.jsonl", REWORDED)
    code, rows = built(tmp_path, "--rewordings", str(path))
    added = [row for row in rows if row["origin"] == "hwu64"]
    assert code == 0 and both(added) == {
        ("Bring the car round.", "Drive the car round."),
        ("Drive the car round.", "Bring the car round."),
    }


def test_hardly_changed_texts_and_equal_ones_are_left_out():
    listed = [
        (
            "samovar",
            ["put the milk on my list", "Put the milk on my list!", "to my list add the milk"],
        ),
        ("hwu64", ["put the milk on my list", "on my list, write milk"]),
        ("snips", ["PUT the milk on my list", "on my list, write milk"]),
    ]
    found = list(pairs.pairs(listed, "en", set()))
    assert [(row["source"], row["target"], row["origin"]) for row in found] == [
        ("put the milk on my list", "to my list add the milk", "samovar"),
        ("to my list add the milk", "put the milk on my list", "samovar"),
        ("put the milk on my list", "on my list, write milk", "hwu64"),
        ("on my list, write milk", "put the milk on my list", "hwu64"),
    ], "each pair once, whatever its case and signs"


@pytest.mark.parametrize(
    "target",
    [
        "Lamp: darkness at nine!",
        "Off.",
        "At nine in the evening, please be so kind as to turn off my lamp.",
    ],
)
def test_what_keeps_hardly_a_word_or_is_of_another_length_is_left_out(target):
    listed = [("samovar", ["Turn the lamp off at nine.", "At nine, switch the lamp off.", target])]
    found = {(row["source"], row["target"]) for row in pairs.pairs(listed, "en", set())}
    assert ("Turn the lamp off at nine.", "At nine, switch the lamp off.") in found
    assert ("Turn the lamp off at nine.", target) not in found


def test_the_basket_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(pairs, "basket", lambda language: {"halt the lamp"})
    _, rows = built(tmp_path)
    assert rows and not any("halt the lamp" in pair for pair in both(rows))
    assert ("stop the fan", "halt the fan") in both(rows)


def test_russian_has_pairs_of_its_own(tmp_path):
    code, rows = built(tmp_path, "--language", "ru")
    assert code == 0 and {row["language"] for row in rows} == {"ru"}
    assert both(rows) == {
        ("пой песню", "Песню пой."),
        ("Песню пой.", "пой песню"),
        *((a, b) for a, b in both(rows) if "lamp" in a),
    }


def test_no_pair_is_an_error(tmp_path, monkeypatch, capsys):
    empty = tmp_path / "none"
    empty.mkdir()
    monkeypatch.setattr(requests, "FOLDER", empty)
    assert built(tmp_path) == (2, [])
    assert "data/requests" in capsys.readouterr().err
