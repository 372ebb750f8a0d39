"""The tables of the characters, drawn from small results and found by the report."""

from __future__ import annotations

import json

import pytest

from eval import report
from eval.character import table, training_tables
from eval.character.material import counted, material
from eval.character.transcripts_table import transcripts
from samovar.figures.results import RESULTS

ORIGIN = {"command": "x", "commit": "y", "seed": 0, "hardware": "z", "libraries": {}}
ORIGIN |= {"wall_seconds": 1, "size": 2}
RUN = {
    "differs": "Less sugar.",
    "minutes": 9.6,
    "tokens_per_second": 366.2,
    "validation_loss": 3.21,
}


def interval(value, spread=0.1):
    return {"value": value, "low": value - spread, "high": value + spread}


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def perplexities():
    base = {"replies": 1200, "tokens": 30000, "perplexity": interval(40.0, 2)}
    base["change"] = interval(0.0, 0.0)
    tuned = {**base, "perplexity": interval(30.0, 2), "change": interval(-0.25, 0.03), "run": RUN}
    rows = {"base": base, "tea": tuned, "found": {**tuned, "run": None}}
    return {"model": "m", "talks": 200, "rows": rows, "origin": ORIGIN}


def test_an_adapter_is_compared_with_the_prompted_base():
    lines = training_tables.perplexity(perplexities())
    assert cells(lines[2]) == ["base, prompted", "", "", "", "", "40.0 (38.0 to 42.0)", ""]
    assert cells(lines[3]) == [
        *("tea", "Less sugar.", "10", "366", "3.210", "30.0 (28.0 to 32.0)"),
        "25.0 % (22.0 to 28.0)",
    ]
    assert cells(lines[4])[:5] == ["found", "", "", "", ""]
    assert "1,200 replies" in lines[-2]


def speakers():
    compared = {"difference": interval(0.3, 0.02), "p": 0.0001}
    one = {"majority": 0.5, "accuracy": interval(0.7)}
    found = {
        "lines": 1000,
        "accuracy": interval(0.6, 0.02),
        "majority": {"speaker": "Fox", "accuracy": 0.3},
        "gain": compared,
        "even": one,
        "together": {"1": {"groups": 1000, **one}, "10": {"groups": 100, **one}},
        "character": {
            "area_under_curve": interval(0.8),
            "mean_of_his_lines": 0.52,
            "mean_of_other_lines": 0.21,
        },
        "confusion": {"speakers": ["Fox", "Anna"], "even": [[30, 10], [0, 0]]},
    }
    trials = [
        {"features": "vectors", "strength": 1e-4, "validation": 0.5},
        {"features": "both", "strength": 3e-5, "validation": 0.6},
    ]
    seasons = {"validation": 2, "test": 3}
    return {"test": found, "trials": trials, "seasons": seasons, "origin": ORIGIN}


def test_speakers_are_told_apart_better_than_by_the_majority_class():
    lines = training_tables.speakers(speakers())
    assert cells(lines[2]) == [
        *(
            "as they come",
            "1,000",
            "0.600 (0.580 to 0.620)",
            "0.300 (Fox)",
            "+30.0 (+28.0 to +32.0)",
        )
    ]
    assert cells(lines[3])[-2:] == ["0.500", "+20.0 (+10.0 to +30.0)"]
    assert cells(lines[4])[:2] == ["10 of one speaker together, counted alike", "100"]
    assert "chose both with the penalty 3e-05" in lines[6] and "0.52 on average" in lines[6]
    assert lines[-3:-1] == ["| Fox | **75** | 25 |", "| Anna | 0 | **0** |"]


def row(column, reply, right, language="en"):
    told = {"character": "house", "language": language, "column": column, "reply": reply}
    return told | {"right": right}


def steps():
    share = interval(0.5)
    figures = dict.fromkeys(("right", "affirmed", "contradicted"), share)
    figures |= {"fact": {"right": share}, "style": None, "seconds": 1.23}
    compared = {key: {"difference": share, "p": 0.01} for key in ("right", "contradicted")}
    columns = {"lora": figures, "ranking": figures | {"compared": compared, "times": 1.5}}
    rows = [
        row("lora", "no no no no no no no", True),
        row("lora", "Да", False, "ru"),
        row("ranking", "House takes it", True),
        row("ranking", "Нет", True, "ru"),
    ]
    return {"columns": columns, "rows": rows, "origin": ORIGIN}


def test_steps_are_compared_with_the_adapter_alone():
    lines = table.steps(steps())
    assert lines[3].startswith("| + ranking | .50 (.40 to .60) | .50 |")
    said = "- + ranking against + LoRA: right +0.50 (+0.40 to +0.60), p 0.0100; contradicted"
    assert lines[5].startswith(said) and lines[6:] == [""]


def test_replies_are_described_by_step_character_and_language():
    head, _, lora, ranking, end = table.replies(steps())
    assert head.endswith("| words | right: House, en | right: House, ru |") and end == ""
    assert cells(lora) == [
        *("+ LoRA", "0.25", "0.17", "0.375", "4.0"),
        *("1.00 (1.00 to 1.00)", ".00 (.00 to .00)"),
    ]
    assert cells(ranking)[1:4] == ["1.00", "1.00", "0.000"]


def test_what_is_written_for_a_character_is_counted(tmp_path):
    def write(name, *rows):
        (tmp_path / name).write_text("".join(json.dumps(one) + "\n" for one in rows))

    write("facts.jsonl", {"topic": "a", "season": 1, "ru": "Да"}, {"topic": "a"})
    write("questions-development.jsonl", {"kind": "fact", "language": "ru"})
    write("claims-train-a.jsonl", {}, {})
    write("claims-train-b.jsonl", {})
    found = counted(tmp_path)
    assert found["facts"] == {"all": 2, "placed": 1, "russian": 1, "topics": 1}
    assert found["questions"]["development"]["ru"] == 1 and found["questions"]["test"]["all"] == 0
    assert found["claims"] == {"train": 3, "development": 0, "test": 0}
    lines = material({"characters": {"house": found, "data": found}})
    assert lines[0] == "| written for | House | Data |"
    assert "| claims, train | 3 | 3 |" in lines


def test_the_transcripts_of_both_series_stand_beside_each_other():
    results = [json.loads(path.read_text()) for path in sorted(RESULTS.glob("transcripts-*.json"))]
    lines = transcripts(*results)
    assert len({line.count("|") for line in lines[:-1]}) == 1 and "Data | House" in lines[0]
    assert sum("talks with" in line for line in lines) == 3


@pytest.mark.parametrize(
    ("name", "result", "made"),
    [
        ("character-perplexity", "character-perplexity-house-smollm2-135m-instruct", perplexities),
        ("speakers-house", "speakers-house", speakers),
        ("character-steps", "character-smollm2-135m-instruct", steps),
        ("character-replies-larger", "character-qwen2.5-coder-1.5b-instruct", steps),
    ],
)
def test_the_report_draws_them_once_they_are_measured(tmp_path, name, result, made):
    text = f"<!-- table: {name} -->\nNot measured yet.\n<!-- /table -->"
    assert report.filled(text, tmp_path) == text
    (tmp_path / f"{result}.json").write_text(json.dumps(made()), encoding="utf-8")
    assert "Not measured yet." not in report.filled(text, tmp_path)
