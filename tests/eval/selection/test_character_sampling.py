"""Ways to draw replies: each is asked for as it is named, rows are gone on from, and figures are told."""

from __future__ import annotations

import json
import re

import pytest

from eval.character.questions import Question
from eval.selection import character_sampling
from eval.selection.character_sampling import STEPS, Played, drawn
from eval.selection.sampling_cells import SERVED, Cell, summed
from eval.selection.sampling_table import sampling
from eval.systems.settled_chat import SettledChat
from samovar.character.endpoint import ensemble
from samovar.character.persona import HOUSE
from samovar.models.shelf import shelf
from samovar.records import ChatRequest, Completion, Sampling

CELLS = {SERVED: None, "warm": Cell(0.8, 1.0, 1.1)}


class Script:
    """Say the same line to everything, and remember how it was to be drawn."""

    name, engine, languages = "smollm2-135m-instruct", "llamacpp", ("en",)

    def __init__(self, line="Wilson is my friend."):
        self.line, self.asked = line, []

    def stream(self, request, stop=None):
        self.asked.append(request.sampling)
        yield from re.findall(r"\S+\s*", self.line)

    def complete(self, requests, stop=None):
        self.asked += [one.sampling for one in requests]
        return [Completion(self.line, "stop", 1, 1, 1.0) for _ in requests]

    def count(self, text):
        return len(text)


def question(id, expected):
    kind = {"id": id, "language": "en", "kind": "fact", "history": ()}
    told = {"answer": "A friend.", "expected": expected, "forbidden": (), "facts": ()}
    return Question(**kind, question="Who is Wilson?", **told)


def played(chat):
    asked = question("q-1", ("friend*",)), question("q-2", ("wife",))
    return Played(HOUSE, ensemble(shelf(), HOUSE, STEPS, chat), None, asked)


def test_settings_replace_those_asked_for_and_nothing_else():
    chat = Script()
    settled = SettledChat(chat, Cell(0.8, 1.0, 1.1).settle)
    settled.complete([ChatRequest((), Sampling(0.2, 0.9, 40, 1.0, 96, 7))])
    assert chat.asked == [Sampling(0.8, 1.0, 40, 1.1, 96, 7)]
    assert (settled.name, settled.engine, settled.count("abc")) == (chat.name, chat.engine, 3)


def test_each_question_is_drawn_in_each_way_once(tmp_path):
    chat, path = Script(), tmp_path / "rows.jsonl"
    rows = list(drawn([played(chat)], CELLS, path))
    assert [(row["id"], row["cell"], row["right"]) for row in rows] == [
        *(("q-1", SERVED, True), ("q-1", "warm", True)),
        *(("q-2", SERVED, False), ("q-2", "warm", False)),
    ]
    assert [one.temperature == 0.8 for one in chat.asked] == [False, True] * 2
    assert list(drawn([played(chat)], CELLS, path)) == rows and len(chat.asked) == 4
    path.write_text(path.read_text("utf-8").rpartition('{"id"')[0], "utf-8")
    assert len(list(drawn([played(chat)], CELLS, path))) == 4 and len(chat.asked) == 5


def row(cell, reply, right, style):
    return {"cell": cell, "reply": reply, "right": right, "style": style, "milliseconds": 500}


def test_figures_tell_what_a_way_of_drawing_costs():
    rows = [row(SERVED, "One two three.", True, 0.5) for _ in range(30)]
    rows += [row("warm", "a b c d a b c d", False, None) for _ in range(30)]
    found = summed(rows, CELLS)
    warm = found["cells"]["warm"]
    assert (warm["temperature"], warm["words"], warm["seconds"]) == (0.8, 8.0, 0.5)
    assert warm["repeated"] == pytest.approx(0.2) and warm["style"] is None
    assert warm["compared"]["right"]["p"] < 0.05 and "style" not in warm["compared"]
    served, told = sampling({"model": "m", "engine": "e", **found})[2:4]
    assert served.startswith("| as served |  |  | 1.00 (1.00 to 1.00) | 0.50 (0.50 to 0.50) |")
    assert told.startswith("| 0.8 | 1 | 1.1 | 0.00* (0.00 to 0.00) |  | 0.02 | 0.200 | 8.0 |")


def test_the_command_sweeps_with_the_small_model(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SAMOVAR_LIGHT", "1")
    given = ["--characters", "house", "--most", "2", "--rows", str(tmp_path / "rows")]
    given += ["--temperatures", "0.5", "--top-p", "0.9", "--penalties", "1"]
    assert character_sampling.main([*given, "--results", str(tmp_path)]) == 0
    result = json.loads((tmp_path / "character-sampling.json").read_text("utf-8"))
    assert list(result["cells"]) == [SERVED, "0.5, 0.9, 1"] and result["questions"] == 2
    assert all(one["reply"] for one in result["rows"])
    assert "| 0.5 | 0.9 | 1 |" in capsys.readouterr().out
    assert not list((tmp_path / "rows").iterdir()), "a finished run leaves no rows to go on from"
