"""Runs are read from their folders, drawn into one picture, and refused while they are not finished."""

from __future__ import annotations

import json

import pytest

from eval.character import curves, runs
from samovar.settings import ROOT

FACTS = {"minutes": 10.0, "tokens_per_second": 100.0, "steps": 40, "hardware": "a machine"}


def run(folder, name, finished=True, losses=(4.0, 3.0, 3.5)):
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps({"name": name, "finished": finished, **FACTS}))
    rows = [{"step": 10 * at, "validation_loss": loss} for at, loss in enumerate(losses)]
    rows += [
        {"step": 10 * at, "loss": loss, "learning_rate": 0.1} for at, loss in enumerate(losses)
    ]
    (folder / "curves.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def test_a_run_tells_cost_losses_and_what_its_recipe_says(tmp_path):
    (tmp_path / "tea.yaml").write_text("# Less sugar.\n# python -m brew\nname: tea\n")
    read = runs.read(run(tmp_path / "tea", "tea"), tmp_path)
    assert read.differs == "Less sugar." and read.tokens == 60_000
    assert read.held_out == ((0, 4.0), (10, 3.0), (20, 3.5)) == read.losses
    assert runs.remark(tmp_path / "none.yaml") == ""
    (tmp_path / "bare.yaml").write_text("name: bare\n")
    assert runs.remark(tmp_path / "bare.yaml") == ""


def test_every_recipe_of_a_character_says_in_its_first_line_what_differs():
    for path in (ROOT / "training" / "configs").glob("house-*.yaml"):
        assert len(runs.remark(path)) > 20, path.name


@pytest.mark.parametrize("inside", [True, False])
def test_the_record_of_an_adapter_lies_with_it_or_above_it(tmp_path, inside):
    folder = run(tmp_path / "tea", "tea")
    (folder / "adapter").mkdir()
    found = runs.beside(folder if inside else folder / "adapter")
    assert found["minutes"] == 10 and found["validation_loss"] == 3.5
    assert runs.beside(tmp_path / "nowhere" / "adapter") is None


def test_the_curves_of_several_runs_are_one_picture_and_a_table(tmp_path, capsys):
    folders = [run(tmp_path / name, f"house-small-{name}") for name in ("start", "rate")]
    places = ["--picture", str(tmp_path / "plots" / "c.png"), "--results", str(tmp_path / "r")]
    assert curves.main([*map(str, folders), *places]) == 0
    assert (tmp_path / "plots" / "c.png").read_bytes()[1:4] == b"PNG"
    result = json.loads((tmp_path / "r" / "character-curves.json").read_text())
    assert [one["name"] for one in result["runs"]] == ["house-small-start", "house-small-rate"]
    assert (
        curves.table(result)[4] == "| house-small-start | 40 | 60 | 4.000 | 3.500 | 3.500 | 3.000 |"
    )
    result["runs"][0]["steps"] = 20
    assert "| 4.000 | 3.000 | 3.500 | 3.000 |" in curves.table(result)[4], "half way is step 10"
    assert "character-curves.png" in capsys.readouterr().out


def test_a_run_that_is_not_finished_is_refused(tmp_path, capsys):
    unfinished = run(tmp_path / "tea", "tea", finished=False)
    for folder in (unfinished, tmp_path / "nowhere"):
        given = [str(folder), "--picture", str(tmp_path / "c.png"), "--results", str(tmp_path)]
        assert curves.main(given) == 2
        assert f"{folder} holds no finished run" in capsys.readouterr().err
    assert not (tmp_path / "c.png").exists()


def test_labels_leave_out_what_all_names_share():
    assert curves.short(["house-small-rank", "house-small-rate"]) == ["rank", "rate"]
    assert curves.short(["house-small", "house-small-rate"]) == ["small", "small-rate"]
    assert curves.short(["tea", "tea"]) == ["tea", "tea"] and curves.short(["a-b"]) == ["a-b"]


def test_a_mean_of_rows_begins_with_what_is_there():
    assert curves.smoothed([(1, 4.0), (2, 2.0), (3, 0.0)], 2) == [(1, 4.0), (2, 3.0), (3, 1.0)]
