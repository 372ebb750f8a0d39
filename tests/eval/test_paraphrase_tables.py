"""The tables of paraphrases and of their validator, drawn from small results."""

from __future__ import annotations

from typing import Any

import pytest

from eval import cards, report
from eval.tables import paraphrase_tables, tools_table, validator_tables

ORIGIN: dict[str, Any] = {
    "command": "x",
    "commit": "y",
    "seed": 0,
    "hardware": "z",
    "libraries": {},
    "wall_seconds": 1,
    "size": 2,
}
FIGURES = {
    "accepted_per_command": 6.5,
    "with_five_or_more": 0.9,
    "new_core": 0.62,
    "acceptance_rate": 0.25,
    "self_bleu": 0.41,
    "distinct_2": 0.72,
    "intent_flips": 0.0123,
    "seconds_median": 3.21,
    "seconds_most": 12.4,
}


def rate(value: float) -> dict[str, float]:
    return {"value": value, "low": value / 2, "high": value * 2}


def errors(wrong: float, **kinds: list[int]) -> dict[str, Any]:
    return {
        "pairs": 40,
        "wrong_accepted": rate(wrong),
        "right_refused": rate(0.2),
        "accuracy": 0.87,
        "interval": [0.8, 0.93],
        "average_precision": 0.951,
        "by_kind": kinds,
    }


@pytest.fixture
def validated() -> dict[str, Any]:
    """A result of the validator: the English set has two kinds, the others one each."""
    kinds = {"test_en": {"roles": [1, 9], "synonym": [0, 11]}, "test_ru": {"roles": [2, 7]}}
    kinds["cases_en"] = {"number_form": [3, 4]}
    sets = {
        name: {"small": errors(0.2), "both": errors(0.05, **own)} for name, own in kinds.items()
    }
    sets["mrpc_val"] = {"small": errors(0.4), "both": errors(0.3)}
    return {"sets": sets, "pairs_a_second": 71.4, "origin": ORIGIN}


def test_a_row_of_paraphrases_says_what_rewords_and_what_it_costs():
    rows = {"tool": {"figures": FIGURES}, "light": {"figures": FIGURES | {"self_bleu": 0.0}}}
    lines = paraphrase_tables.paraphrase({"wanted": 8, "rows": rows, "origin": ORIGIN})
    head, _, light, tool, *rest = lines
    assert head.startswith("| 2 commands | accepted, of 8 ")
    assert tool == "| **the tool** | 6.50 | 90% | 62% | 25% | 0.41 | 0.72 | 1.2% | 3.2 (12.4) |"
    assert light == "| a light machine | 6.50 | 90% | 62% | 25% | – | 0.72 | 1.2% | 3.2 (12.4) |"
    assert len({line.count("|") for line in lines[:4]}) == 1
    assert rest == ["", "`x` at y, seed 0, z, , 1 s."]


def test_rows_of_several_runs_name_theirs():
    later = {"figures": FIGURES, "origin": ORIGIN | {"command": "later"}}
    rows = {"base": {"figures": FIGURES}, "tool": later}
    lines = paraphrase_tables.paraphrase({"wanted": 8, "rows": rows, "origin": ORIGIN})
    assert [line[:20] for line in lines[-2:]] == ["- base model: `x` at", "- the tool: `later` "]


def test_both_error_rates_stand_beside_each_other(validated):
    lines = validator_tables.validator(validated)
    assert len(lines) == 2 + 2 * 4 + 2
    assert lines[3] == (
        "| test pairs, English | both | 40 | 5.0% (2.5% to 10.0%) | 20.0% (10.0% to 40.0%) "
        "| 0.870 (0.800 to 0.930) | 0.951 |"
    )
    assert "MRPC validation | the small one alone" in lines[8]
    assert lines[-1].startswith("The small verifier reads 71 pairs a second. `x`")


def test_kinds_tell_wrong_decisions_of_all(validated):
    assert validator_tables.validator_kinds(validated)[2:-2] == [
        "| number form |  |  | 3/4 |",
        "| roles | 1/9 | 2/7 |  |",
        "| synonym | 0/11 |  |  |",
    ]


def test_the_report_draws_them(validated, tmp_path):
    import json

    (tmp_path / "validator.json").write_text(json.dumps(validated), encoding="utf-8")
    for name in ("validator", "validator-kinds"):
        text = f"<!-- table: {name} -->\n<!-- /table -->"
        assert "test pairs, English" in report.filled(text, tmp_path)


def test_cards_hold_the_errors_of_their_verifier(validated):
    small, both = (cards.errors(validated, name) for name in ("small", "both"))
    assert small.keys() == both.keys() == validated["sets"].keys()
    assert (small["test_en"]["wrong_accepted"], both["test_en"]["wrong_accepted"]) == (0.2, 0.05)
    assert both["test_en"]["average_precision"] == 0.951


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "6.50 of 8 accepted a command"),
        ("ru", "на команду принято 6.50 из 8"),
    ],
)
def test_rows_of_tools_read_the_new_figures(validated, tmp_path, monkeypatch, language, said):
    monkeypatch.setattr(tools_table, "ROOT", tmp_path)
    for writer in (*tools_table.WRITERS.values(), tools_table.LARGER_WRITER):
        folder = tmp_path / "assets" / "adapters" / str(writer.adapter)
        folder.mkdir(parents=True)
        (folder / "adapter_model.safetensors").write_bytes(b"w" * 8_000_000)
    rows = {"tool": {"figures": FIGURES}}
    measured = {"paraphrase-en": {"wanted": 8, "rows": rows, "origin": ORIGIN}}
    row = tools_table._paraphrase(measured, language, "en")
    assert row.quality.startswith(said) and "62%" in row.quality and row.megabytes > 1200
    assert row.model == "SmolLM2-135M-Instruct + LoRA + Qwen2.5-Coder-1.5B-Instruct + LoRA"
    check = tools_table._check(validated, language, "ru")
    assert all(share in check.quality for share in ("5.0% (", "20.0% (", "20.0%"))
    assert check.line().startswith("| [") and check.megabytes > 1100
