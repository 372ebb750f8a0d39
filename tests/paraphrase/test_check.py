"""The validator alone, as a command line on files, with the embedded models."""

import io
import json
import sys

import numpy as np
import pytest
from told_models import ADAPTER, ToldChat, ToldVerifier

from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.paraphrase import check
from samovar.paraphrase.check import asked, main, verdicts
from samovar.paraphrase.generation.larger import Larger
from samovar.paraphrase.validation.thresholds import thresholds
from samovar.settings import ROOT

PAIRS = (
    ("turn off the kitchen lights", "switch off the lights in the kitchen"),
    ("turn off the kitchen lights", "turn on the kitchen lights"),
    ("a table in [Porto](city) for six", "a table in Lisbon for six"),
    ("поставь будильник на семь утра", "поставь будильник на восемь утра"),
)
FIELDS = ["accepted", "score", "similarity", "reasons"]
SURE = 0.999


@pytest.fixture
def verifier(monkeypatch):
    """The small verifier finds every pair but the second good."""
    told = ToldVerifier({PAIRS[1][1]: 0.001}, SURE)
    monkeypatch.setattr(type(shelf()), "verifier", lambda self: told)
    return told


@pytest.fixture
def larger(monkeypatch):
    """The larger model finds every pair good but the first."""
    told = ToldChat(told={PAIRS[0][1]: 0.001}, otherwise=SURE)
    own = classmethod(lambda cls, models: Larger(told, ADAPTER))
    monkeypatch.setattr(Larger, "found", own)
    return told


@pytest.fixture
def alone(monkeypatch):
    """No larger model is on this machine."""
    monkeypatch.setattr(Larger, "found", classmethod(lambda cls, models: None))


def lines(tmp_path, capsys, content, *flags):
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(content)
    code = main(["--pairs", str(path), *flags])
    return code, capsys.readouterr()


def written(pairs):
    rows = (json.dumps({"source": s, "text": t}, ensure_ascii=False) for s, t in pairs)
    return "\n".join(rows).encode()


def test_each_line_has_its_verdict_in_order(tmp_path, capsys, verifier, alone):
    code, said = lines(tmp_path, capsys, written(PAIRS), "--json")
    found = [json.loads(line) for line in said.out.splitlines()]
    assert code == 0 and [row["accepted"] for row in found] == [True, False, False, False]
    assert all(list(row) == FIELDS for row in found)
    assert all(0 <= row["score"] <= 1 and 0.7 < row["similarity"] <= 1 for row in found)
    checks = [{reason["check"] for reason in row["reasons"]} for row in found]
    assert "meaning" in checks[1] and "number" in checks[3] and "meaning" not in checks[3]
    assert found[2]["reasons"][0]["value"] == "lost: Porto"
    assert "pair" in said.err


def test_the_larger_model_is_asked_unless_it_shall_be_fast(tmp_path, capsys, verifier, larger):
    chosen = thresholds(ROOT / "data" / "paraphrase" / "verifier.json")["en"]
    likely = verifier.told[PAIRS[0][1]] = (chosen.alone + 1) / 2
    _, said = lines(tmp_path, capsys, written(PAIRS[:1]), "--json")
    whole = json.loads(said.out)
    assert larger.weighed == [PAIRS[0][1]]
    _, said = lines(tmp_path, capsys, written(PAIRS[:1]), "--json", "--fast")
    fast = json.loads(said.out)
    assert larger.weighed == [PAIRS[0][1]], "it is not asked again"
    assert fast["accepted"] and fast["score"] == pytest.approx(likely, abs=1e-3)
    assert fast["score"] != whole["score"]


def test_bad_lines_are_answered_in_their_place(tmp_path, capsys, monkeypatch, verifier, alone):
    monkeypatch.setattr(check, "BATCH", 2)
    good = json.dumps({"source": PAIRS[0][0], "text": PAIRS[0][1], "id": 7}).encode()
    bad = [b"not json", b'{"source": "a"}', b'{"source": "", "text": "b"}', b'["a", "b"]', b"\xff"]
    code, said = lines(tmp_path, capsys, b"\n".join([good, *bad, good]), "--json")
    found = [json.loads(line) for line in said.out.splitlines()]
    assert code == 0 and len(found) == 7
    assert found[0] == found[6] and found[0]["accepted"]
    assert [row["line"] for row in found[1:6]] == [2, 3, 4, 5, 6]
    assert all(row["error"] for row in found[1:6])
    assert "5 of 7 lines were not answered" in said.err


def test_one_pair_that_fails_does_not_take_the_others_along(
    tmp_path, capsys, monkeypatch, verifier, alone
):
    def picky(pairs):
        if any("trap" in text for _, text in pairs):
            raise RuntimeError("trap")
        return np.array([SURE for _ in pairs])

    monkeypatch.setattr(verifier, "probabilities", picky)
    rows = written([("dim it", "a trap"), ("dim it", "lower it")])
    _, said = lines(tmp_path, capsys, rows, "--json", "--fast")
    first, second = map(json.loads, said.out.splitlines())
    assert "RuntimeError" in first["error"] and first["line"] == 1
    assert second["score"] == SURE


def test_without_json_a_line_is_readable(tmp_path, capsys, verifier, alone):
    _, said = lines(tmp_path, capsys, written(PAIRS[:2]) + b"\n{}")
    first, second, third = said.out.splitlines()
    assert first == "+ 1.00"
    assert second.startswith("- 0.00   meaning: 0.001 (≥ ") and "turn on" in second
    assert third.startswith("! ")


def test_stdin_and_an_empty_file(tmp_path, capsys, monkeypatch, verifier, alone):
    stream = io.TextIOWrapper(io.BytesIO(written(PAIRS[:1])))
    monkeypatch.setattr(sys, "stdin", stream)
    assert main(["--pairs", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accepted"]
    code, said = lines(tmp_path, capsys, b"", "--json")
    assert (code, said.out) == (0, "")


def test_a_missing_file_is_refused(capsys):
    assert main(["--pairs", "/no/such/file", "--json"]) == 2
    assert "/no/such/file cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("source", "text"), [("", "b"), ("a", 5), ("a" * 2001, "b"), ("a\x00", "b")]
)
def test_bad_texts_are_refused(source, text):
    with pytest.raises(InputError):
        asked(source, text)


def test_marks_and_line_ends_are_taken_off():
    found = asked("a table\nin [Porto](city)", "in [Porto](place) a\ttable")
    assert (found.source, found.text) == ("a table in Porto", "in Porto a table")
    assert [slot.text for slot in found.slots] == ["Porto"] and found.language == "en"


def test_no_pairs_have_no_verdicts():
    assert verdicts([], shelf(), fast=True) == []


def test_the_verifiers_of_this_machine_answer():
    """Whichever are here; without any nothing is accepted."""
    same, other = verdicts([asked(*PAIRS[0]), asked(*PAIRS[1])], shelf())
    assert not other.accepted
    here = shelf().verifier() is not None or Larger.found(shelf()) is not None
    assert (same.score > other.score) == here
