"""The tables of runs and of the checks."""

import json

from eval.marketing import experiments, table
from samovar.settings import ROOT


def test_a_run_is_read_from_what_training_leaves(tmp_path):
    """The shipped adapter of another task stands for one of advertising."""
    folder = tmp_path / "runs" / "marketing-qwen"
    folder.parent.mkdir()
    folder.symlink_to(ROOT / "assets" / "adapters" / "assistant-qwen")
    given = ["--runs", str(tmp_path / "runs"), "--results", str(tmp_path)]
    assert experiments.main(given) == 0
    result = json.loads((tmp_path / "marketing-experiments.json").read_text(encoding="utf-8"))
    row = result["rows"]["marketing-qwen"]
    assert row["finished"] and row["lowest_validation_loss"] <= row["validation_loss"]
    line = next(one for one in table.experiments(result) if "marketing-qwen" in one)
    assert "Qwen2.5-Coder-1.5B-Instruct | 8 · 4 |" in line


def test_both_errors_of_the_checks_are_told():
    share = {"value": 0.9, "low": 0.8, "high": 1.0}
    row = {"faults": 10, "found": share, "right": 5, "flagged": share, "kinds": {"unit": share}}
    lines = table.checks(dict.fromkeys(("all", "en", "ru"), row))
    assert "| en | 10 | 90% (80% to 100%) | 5 | 90% (80% to 100%) |" in lines
    assert "Found by kind: unit 90%." in lines
