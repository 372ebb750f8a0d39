"""The arithmetic behind the validator's coefficients, and how the pairs are parted."""

import numpy as np
import pytest

from eval.metrics.logistic import accuracy, best_threshold, curve, fit
from eval.selection.detector import parts


def test_the_fit_finds_the_coefficients_that_made_the_labels():
    random = np.random.default_rng(1)
    rows = random.normal(2, 3, (4000, 2))
    labels = random.random(4000) < 1 / (1 + np.exp(-(0.5 + 1.0 * rows[:, 0] - 0.5 * rows[:, 1])))
    intercept, found = fit(rows, labels.astype(float), np.ones(4000))
    assert intercept == pytest.approx(0.5, abs=0.2)
    assert found == pytest.approx([1.0, -0.5], abs=0.1)


def test_a_constant_measurement_does_no_harm():
    rows = np.column_stack([np.zeros(10), np.arange(10.0)])
    _, found = fit(rows, (np.arange(10) > 4).astype(float), np.ones(10))
    assert found[0] == 0 and found[1] > 0


def test_threshold_and_curve():
    scores, truth = np.array([0.1, 0.3, 0.6, 0.9]), np.array([False, False, True, True])
    line = best_threshold(scores, truth)
    assert 0.3 < line <= 0.6 and accuracy(scores >= line, truth) == 1
    points = curve(scores, truth, 11)
    assert points[0] == {"threshold": 0.0, "precision": 0.5, "recall": 1.0}
    assert points[-1]["precision"] == 1.0


def test_the_halves_of_pawsx_do_not_meet(tmp_path):
    for folder in ("mrpc", "pawsx_en"):
        (tmp_path / folder).mkdir()
    head = "Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\n"
    for name in ("train", "val"):
        row = f'1\t1\t2\tA "quoted {name}.\tB.\n0\t1\t2\tC.\tD.\n'
        (tmp_path / "mrpc" / f"msr-para-{name}.tsv").write_text("\ufeff" + head + row)
    rows = [f"one {at}\ttwo {at}\t{at % 2}" for at in range(200)]
    (tmp_path / "pawsx_en" / "dev-en.tsv").write_text("\n".join(rows) + "\n")
    found = parts(tmp_path)
    assert [(one.source, one.target, one.label) for one in found["mrpc train"]] == [
        ('A "quoted train.', "B.", True),
        ("C.", "D.", False),
    ]
    fits, held = set(found["pawsx fit"]), set(found["pawsx held out"])
    assert not fits & held and len(fits | held) == 200 and 70 < len(held) < 130
