"""The mixture of instructions: well formed, cut between groups, its passages around the answers."""

from __future__ import annotations

import json

import pytest

from samovar.phrases import LANGUAGES
from training import instructions as mixture
from training.corpora import instructions
from training.corpora.instructions import around

CONTEXT = "One is here. Two follows it now. Three ends it."


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_written_is_well_formed(language):
    rows = instructions.own(language)
    assert len(rows) > 200 and len({row.source for row in rows}) == len(rows)
    assert all(row.language == language and row.origin == "samovar" for row in rows)
    assert all(row.source.strip() and row.target.strip() for row in rows)


def test_no_group_trains_and_measures():
    rows = instructions.own("en")
    tested = mixture.groups_to_test(rows)
    kinds = {row.task for row in rows if row.group in tested}
    assert kinds == {row.task for row in rows} and len(tested) < 0.3 * len(
        {row.group for row in rows}
    )


def test_a_passage_holds_the_answer_with_its_neighbours(monkeypatch):
    assert around(CONTEXT, CONTEXT.index("Two")) == CONTEXT
    monkeypatch.setattr(instructions, "LONGEST_PASSAGE", 8)
    assert around(CONTEXT, CONTEXT.index("Two")) == "One is here. Two follows it now."
    assert around(CONTEXT, CONTEXT.index("Three")) == "Two follows it now. Three ends it."


def test_both_parts_are_written(tmp_path, capsys):
    folder = tmp_path / "xquad"
    folder.mkdir()
    for language in LANGUAGES:
        articles = [article(title) for title in ("Huguenot", "Oxygen")]
        text = json.dumps({"data": articles})
        (folder / f"xquad.{language}.json").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    assert mixture.main(["--data-dir", str(tmp_path), "--out", str(out)]) == 0
    parts = {name: read(out / name) for name in (mixture.TRAINING, mixture.TEST)}
    groups = [{row["group"] for row in rows} for rows in parts.values()]
    assert not groups[0] & groups[1]
    assert {"xquad/Huguenot"} == {name for name in groups[0] if name.startswith("xquad/")}
    assert {"xquad/Oxygen"} == {name for name in groups[1] if name.startswith("xquad/")}
    assert "answer ru" in capsys.readouterr().out


def article(title: str) -> dict[str, object]:
    asked = {"id": title, "question": "What?", "answers": [{"text": "Two", "answer_start": 13}]}
    return {"title": title, "paragraphs": [{"context": CONTEXT, "qas": [asked]}]}


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
