"""The whole building of pairs on small sets, with an encoder that needs no weights."""

import gzip
import json
import re
from types import SimpleNamespace

import numpy as np
import pytest

from samovar.paraphrase.measurement import ValidationModels
from samovar.records import Markup
from training import pairs
from training.lessons.rewordings import candidates, usage

SAID = (
    "please add milk to my shopping list",
    "put milk on my shopping list",
    "can you put milk on my shopping list",
    "do not put milk on my shopping list",
    "put 2 bottles of milk on my shopping list",
    "was milk on my shopping list",
    "add some milk to my list for shopping",
)
DIMMED = ("dim the light in the kitchen", "please dim the kitchen light", "could you dim the light")


class Alike:
    """Find every text close to every other, none the same."""

    name, engine, revision, dimensions = "alike", "test", "1", 64

    def encode(self, texts, kind="symmetric", progress=None):
        rows = np.ones((len(texts), 64), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[sum(map(ord, text)) % 64] += 2
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def tag(self, texts, language):
        return [Markup((), 0.0) for _ in texts]


@pytest.fixture
def data_dir(tmp_path, monkeypatch):
    folder = tmp_path / "sets"
    for name in ("clinc150", "banking77", "snips", "hwu64", "pawsx_en"):
        (folder / name).mkdir(parents=True)
    train = {"train": [[text, "shopping_list_update"] for text in SAID]}
    train["train"] += [[text, "light_dim"] for text in DIMMED] + [["hello", "greeting"]]
    packed = {
        "clinc150/clinc150_train_val.json.gz": json.dumps(train),
        "snips/snips_train.jsonl.gz": "",
        "hwu64/hwu64_train.csv.gz": "answerid,scenario,intent,annotation,text\n",
    }
    for path, text in packed.items():
        (folder / path).write_bytes(gzip.compress(text.encode()))
    (folder / "banking77/train.csv").write_text("text,category\n")
    (folder / "pawsx_en/dev-en.tsv").write_text("It rains here .\tHere snow falls .\t0\n")
    monkeypatch.setattr(pairs, "Shelf", lambda settings: SimpleNamespace(encoder=Alike))
    made = ValidationModels(Alike(), {}, Alike())
    monkeypatch.setattr(pairs, "validation_models", lambda shelf, language: made)
    monkeypatch.setattr(usage, "RARE", 1)
    monkeypatch.setattr(usage, "SHARED", 1)
    return folder


def built(data_dir, tmp_path, *more):
    out = tmp_path / "pairs.jsonl"
    code = pairs.main(["--data-dir", str(data_dir), "--out", str(out), *more])
    if not out.exists():
        return code, [], {}
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return code, rows, json.loads((tmp_path / "pairs.jsonl.report.json").read_text())


def texts(rows):
    return {row[side].lower().strip(".?") for row in rows for side in ("source", "target")}


def test_pairs_keep_numbers_negation_and_time(data_dir, tmp_path):
    code, rows, report = built(data_dir, tmp_path)
    assert code == 0 and rows
    assert set(rows[0]) == {"source", "target", "language", "origin", "kind"}
    assert not any("2" in text or "was milk" in text for text in texts(rows))
    negated = re.compile(r"\b(?:not|don't(?! forget)|shouldn't)\b", re.I)
    assert all(bool(negated.search(r["source"])) == bool(negated.search(r["target"])) for r in rows)
    assert {row["origin"] for row in rows} == {"clinc150", "samovar"}
    assert report["pairs"] == len(rows) and report["entailment"] is False
    assert sum(step["removed"] for step in report["steps"]) + len(rows) == sum(
        report["steps"][0]["left"].values()
    )


def test_commands_also_train_behind_openings(data_dir, tmp_path):
    _, rows, report = built(data_dir, tmp_path)
    said = {(row["source"].lower().strip(".?"), row["target"].lower()) for row in rows}
    assert any(source in target and source != target.strip(".?") for source, target in said)
    assert next(s for s in report["steps"] if s["filter"] == "with openings")["removed"] < 0


def test_the_basket_is_left_out(data_dir, tmp_path, monkeypatch):
    taken = SAID[1]
    assert taken in texts(built(data_dir, tmp_path)[1])
    monkeypatch.setattr(pairs, "basket", lambda language: {taken})
    _, after, report = built(data_dir, tmp_path)
    assert after and taken not in texts(after)
    assert next(s for s in report["steps"] if s["filter"] == "basket")["removed"] > 0


def test_two_runs_write_the_same(data_dir, tmp_path):
    assert built(data_dir, tmp_path)[1] == built(data_dir, tmp_path)[1]


def test_russian_uses_own_pairs_and_pairs_of_their_targets(data_dir, tmp_path, monkeypatch):
    own = tmp_path / "own.jsonl"
    said = [("выключи свет", "Погаси свет."), ("выключи свет", "Свет выключи."), ("пой", "Спой.")]
    rows = [{"source": first, "target": second, "intent": "x"} for first, second in said]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    own.write_text(text, encoding="utf-8")
    monkeypatch.setattr(pairs, "OWN_RU", own)
    monkeypatch.setattr(pairs, "basket", lambda language: {"пой"})
    code, rows, _ = built(data_dir, tmp_path, "--language", "ru")
    assert code == 0
    both = [(r["source"], r["target"]) for r in rows]
    assert both[:4] == [
        *said[:2],
        ("Погаси свет.", "Свет выключи."),
        ("Свет выключи.", "Погаси свет."),
    ]
    known = ("выключи свет", "погаси свет", "свет выключи")
    assert len(both) > 4
    assert all(source.lower().strip(".").endswith(known) for source, _ in both)
    assert all("свет" in target.lower() for _, target in both)


def test_nothing_left_is_said(data_dir, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pairs, "OWN_RU", tmp_path / "missing.jsonl")
    code, rows, _ = built(data_dir, tmp_path, "--language", "ru")
    assert (code, rows) == (2, [])
    assert "--unclear" in capsys.readouterr().err


def test_small_talk_is_no_command(data_dir):
    assert all(one.intent != "greeting" for one in candidates.all_commands(data_dir))
