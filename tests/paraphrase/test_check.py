"""The validator alone, as a command line on files, with the embedded models."""

import io
import json
import sys

import pytest

from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.paraphrase import check
from samovar.paraphrase.check import asked, main, verdicts

PAIRS = (
    ("turn off the kitchen lights", "switch off the lights in the kitchen"),
    ("turn off the kitchen lights", "turn on the kitchen lights"),
    ("a table in [Porto](city) for six", "a table in Lisbon for six"),
    ("поставь будильник на семь утра", "поставь будильник на восемь утра"),
)
FIELDS = ["accepted", "score", "similarity", "forward", "backward", "reasons"]


def lines(tmp_path, capsys, content, *flags):
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(content)
    code = main(["--pairs", str(path), *flags])
    return code, capsys.readouterr()


def test_each_line_has_its_verdict_in_order(tmp_path, capsys):
    rows = [json.dumps({"source": s, "text": t}, ensure_ascii=False) for s, t in PAIRS]
    code, said = lines(tmp_path, capsys, "\n".join(rows).encode(), "--json")
    found = [json.loads(line) for line in said.out.splitlines()]
    assert code == 0 and [row["accepted"] for row in found] == [True, False, False, False]
    assert all(list(row) == FIELDS for row in found)
    assert all(0 <= row["score"] <= 1 and 0.7 < row["similarity"] <= 1 for row in found)
    assert "relations" in {reason["check"] for reason in found[1]["reasons"]}
    assert found[2]["reasons"][0]["value"] == "lost: Porto"
    assert "numbers" in {reason["check"] for reason in found[3]["reasons"]}
    assert "pair" in said.err


def test_bad_lines_are_answered_in_their_place(tmp_path, capsys, monkeypatch):
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


def test_one_pair_that_fails_does_not_take_the_others_along(tmp_path, capsys, monkeypatch):
    def picky(pairs, models):
        if any("trap" in pair.text for pair in pairs):
            raise RuntimeError("trap")
        return verdicts(pairs, models)

    monkeypatch.setattr(check, "verdicts", picky)
    rows = [json.dumps({"source": "dim it", "text": text}) for text in ("a trap", "dim the lamp")]
    _, said = lines(tmp_path, capsys, "\n".join(rows).encode(), "--json")
    first, second = map(json.loads, said.out.splitlines())
    assert "RuntimeError" in first["error"] and "score" in second


def test_without_json_a_line_is_readable(tmp_path, capsys):
    row = json.dumps({"source": PAIRS[1][0], "text": PAIRS[1][1]}).encode()
    _, said = lines(tmp_path, capsys, row + b"\n{}")
    first, second = said.out.splitlines()
    assert first.startswith("- 0.") and "relations" in first
    assert second.startswith("! ")


def test_stdin_and_an_empty_file(tmp_path, capsys, monkeypatch):
    row = json.dumps({"source": PAIRS[0][0], "text": PAIRS[0][1]}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(row)))
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


def test_no_pairs_have_no_verdicts():
    assert verdicts([], shelf()) == []
