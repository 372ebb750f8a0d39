"""The choice of the thresholds of the judges of adverts, alone and together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from eval.selection.adverts import measured
from eval.selection.adverts_joint import MEAN, Asked, alone, asked, joined, ways
from eval.selection.adverts_seen import FLAGGED, GRID, Seen, best, errors
from samovar.marketing.checks.judge import MODEL, Judge
from samovar.marketing.facts.brief import Brief
from samovar.models.shelf import shelf
from training.adverts.corpus import Statement

RIGHT = np.arange(120) % 2 == 0


def chances(good: float, seed: int) -> np.ndarray:
    """Probabilities of a judge whose two groups lie `good` apart."""
    draw = np.random.default_rng(seed)
    return np.clip(draw.normal(np.where(RIGHT, 0.5 + good, 0.5 - good), 0.2), 0.01, 0.99)


def told(small: float, larger: float | None) -> Asked:
    statements = tuple(
        Statement(f"sheet-{at % 5}", "en", f"{at}", None if right else "number", None)
        for at, right in enumerate(RIGHT)
    )
    second = None if larger is None else chances(larger, 2)
    return Asked(statements, chances(small, 1), second)


def test_the_regression_believes_the_better_judge():
    given = told(0.05, 0.3)
    joint = joined(given)
    assert joint is not None and joint.larger > joint.small
    found = {name: alone(given, way) for name, way in ways(joint).items()}
    assert set(found) == {"small", "larger", "mean", "joint", "served"}
    assert found["joint"]["right"].value > found["small"]["right"].value + 0.1
    assert found["joint"]["area_under_curve"] >= found["mean"]["area_under_curve"] - 0.02
    assert found["small"]["area_under_curve"] < found["larger"]["area_under_curve"]


def test_hardly_any_right_statement_is_decided_without_the_larger_judge():
    given = told(0.2, 0.3)
    joint = joined(given)
    assert joint is not None
    right, faulty = given.small[given.right], given.small[~given.right]
    assert np.mean(right < joint.doubtful) <= 0.02 >= np.mean(faulty > joint.certain)
    some = [not joint.asks(chance) for chance in given.small]
    assert 0 < sum(some) < len(some)
    kept = given.logits(joint)[some]
    assert np.array_equal(kept[:, 0], kept[:, 1]), "where it is not asked it counts as agreeing"


def test_without_a_larger_judge_the_small_one_stands_alone():
    given = told(0.2, None)
    assert joined(given) is None and list(ways(None)) == ["small"]
    assert given.logits(None).shape == (len(RIGHT), 1)


@pytest.mark.parametrize("named", [0.0, 0.05])
def test_the_threshold_flags_few_right_statements(named: float):
    draw = np.random.default_rng(0)
    listed = [
        Seen(not right, bool(draw.random() < named), float(chance))
        for right, chance in zip(RIGHT, chances(0.2, 3), strict=True)
    ]
    at = best(listed)
    assert errors(listed, at)[1] <= FLAGGED
    assert all(errors(listed, more)[1] > FLAGGED for more in GRID if more > at)


def test_where_the_rules_alone_flag_too_many_nothing_more_is_flagged():
    assert best([Seen(False, True, 0.9), Seen(True, False, 0.1)]) == 0.0


class Telling:
    """Support what does not sing, whatever the sheet."""

    def supports(self, brief, statements, language):
        return [0.02 if "sings" in one else 0.97 for one in statements]


def test_rules_and_judges_are_measured_together():
    models = shelf()
    model = models.entailment(MODEL)
    assert model is not None
    facts = ("Holds 1.5 litres.", "Weighs 350 grams.")
    names = ("Tundra", "Cedar", "Bruma")
    sheets = {one: Brief(one, one, "flask", "en", "", facts, (), "EUR 40", ()) for one in names}
    statements = [
        Statement(name, "en", f"{name} {said}", fault, None)
        for name in names
        for said, fault in (
            ("carries water in the mountains and weighs 350 grams.", None),
            ("holds 1.5 litres.", None),
            ("sings a song about the morning harbour.", "invented_feature"),
        )
    ]
    both = Judge(model, models.encoder(), 0.0, Telling())
    given = asked(statements, sheets, "en", both)
    assert [one.sheet for one in given.statements] == sorted(given.sheets)
    found, chosen = measured(given, sheets, "en", both, models)
    assert found["statements"] == 9 and found["faulty"] == 3
    assert found["judges"]["larger"]["found"].value == 1.0
    assert found["judges"]["larger"]["flagged"].value == 0.0
    assert found["judges"]["joint"]["asked"] == 1.0 >= found["judges"]["served"]["asked"]
    assert chosen.joint is not None and chosen.joint.threshold in (0.0, *GRID)
    small = replace(both, larger=None)
    alone_found, alone_chosen = measured(
        asked(statements, sheets, "en", small), sheets, "en", small, models
    )
    assert list(alone_found["judges"]) == ["small"] and alone_chosen.joint is None
    assert MEAN.joined(0.9, 0.9) == pytest.approx(0.9)
