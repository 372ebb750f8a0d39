"""The command that turns a transcript into talks: its files, its numbers, its picture, its refusals."""

from __future__ import annotations

import json

import harbour
import pytest

from training import conversations
from training.lessons.chat import examples


def put(tmp_path, lines=None):
    path = tmp_path / "harbour.csv"
    rows = [f'{one.season},{one.scene},{one.speaker},"{one.text}"\n' for one in harbour.lines()]
    path.write_text("Season,Episode,Character,Line\n" + "".join(lines or rows))
    return path


def built(tmp_path, path, *more):
    out = tmp_path / "build" / "fox.jsonl"
    return conversations.main(["--file", str(path), "--name", "Fox", "--out", str(out), *more]), out


def test_a_file_of_ones_own_becomes_pairs_and_numbers(tmp_path, capsys):
    code, out = built(tmp_path, put(tmp_path), "--called", "The Captain")
    assert code == 0
    parts = {
        name: examples.read(out.with_stem(f"fox{name}")) for name in ("", "-validation", "-test")
    }
    assert sum(map(len, parts.values())) == 24 and all(parts.values()), "a talk a scene"
    assert {pair.origin for rows in parts.values() for pair in rows} == {"own_transcript"}
    said = capsys.readouterr().out
    assert "144 lines read, 144 kept" in said and "24 scenes of 6.0 lines" in said
    assert out.with_suffix(".png").read_bytes().startswith(b"\x89PNG")


def test_names_and_the_context_are_a_matter_of_the_recipe(tmp_path):
    _, out = built(tmp_path, put(tmp_path), "--named", "--context", "1")
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    talks = [json.loads(row["source"]) for row in rows]
    assert all(len(talk["said"]) == 1 for talk in talks)
    assert all(talk["said"][0][1].startswith(("Anna: ", "Cook: ")) for talk in talks)


def test_a_character_gets_facts_beside_some_talks(tmp_path):
    folder = tmp_path / "data" / "tv_house_md"
    folder.mkdir(parents=True)
    lines = [
        "1,,Wilson,Why do you limp?\n1,,House,The infarction in my right thigh destroyed the muscle.\n",
        "7,,Wilson,Lunch?\n7,,House,Only if you pay for it.\n",
        "5,,Wilson,Bored?\n5,,House,You have no idea how much.\n",
    ]
    (folder / "all.csv").write_text("Season,Episode,Character,Line\n" + "".join(lines))
    out = tmp_path / "house.jsonl"
    given = ["--data-dir", str(tmp_path / "data"), "--out", str(out)]
    assert conversations.main(given) == 0
    first, *retold = (json.loads(line) for line in out.read_text().splitlines())
    assert "infarction" in json.loads(first["source"])["facts"][0]["text"]
    assert len(retold) > 100 and {row["origin"] for row in retold} == {"samovar"}
    assert conversations.main([*given, "--without-facts"]) == 0
    [alone] = (json.loads(line) for line in out.read_text().splitlines())
    assert not json.loads(alone["source"])["facts"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["1,1,Anna,Hi.\n"], "Fox answers nobody"),
        (["one,1,Anna,Hi.\n"], "no whole number"),
    ],
)
def test_what_cannot_train_is_said(tmp_path, capsys, lines, said):
    code, out = built(tmp_path, put(tmp_path, lines))
    assert code == 2 and said in capsys.readouterr().err and not out.exists()
