"""The held-out part of the instructions: what is asked, how it scores, how both sides compare."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from eval import instructions
from eval.tables.instructions_table import instructions as table
from samovar.errors import InputError
from training.corpora.instructions import Instruction


def instruction(task: str = "answer", target: str = "at seven", **more: str) -> Instruction:
    values = {"group": "g", "source": "When?", "language": "en", "origin": "samovar", **more}
    return Instruction(task=task, target=target, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "good", "bad"),
    [
        (instruction(), "At seven.", "In the morning."),
        (instruction("absent", "The text does not say."), "It is not mentioned.", "At seven."),
        (instruction("reword", "wake me at seven"), "Wake me at seven", "play some music"),
    ],
)
def test_a_score_tells_a_good_reply_from_a_bad_one(row, good, bad):
    score = instructions.SCORES[row.task][1]
    assert score(row, good) > score(row, bad)
    assert score(row, good) == pytest.approx(1, abs=0.15)


def test_so_many_of_each_kind_are_asked_and_open_questions_are_not(tmp_path):
    path = tmp_path / "held-out.jsonl"
    rows = [instruction(), instruction(), instruction(origin="xquad"), instruction("open")]
    path.write_text("".join(json.dumps(asdict(row)) + "\n" for row in rows), encoding="utf-8")
    assert [row.origin for row in instructions.held_out(path, 1)] == ["samovar", "xquad"]
    with pytest.raises(InputError):
        instructions.held_out(tmp_path / "none.jsonl", 1)


def test_both_sides_are_compared_by_task_and_language():
    rows = [instruction(language=language) for language in ("en", "ru") for _ in range(6)]
    found = instructions.compared(rows, [0.0] * 12, [0.0] * 6 + [1.0] * 6)
    by = {(row["task"], row["language"]): row for row in found}
    assert by["all", "all"]["adapter"] == 0.5
    assert by["answer", "ru"]["compared"]["difference"]["low"] > 0
    assert by["answer", "en"]["compared"]["p"] == 1
    lines = table({"title": "A", "adapter": "b", "rows": found})
    assert sum(line.startswith("| ") for line in lines) == 1 + len(found)
