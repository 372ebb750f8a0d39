import numpy as np
import pytest
from scipy import stats

from samovar.figures import statistics
from samovar.figures.statistics import Interval, compare, mean, metric

RIGHT = [1] * 80 + [0] * 20


def test_the_interval_of_a_share_is_that_of_the_binomial():
    found = mean(RIGHT)
    low, high = stats.binom.ppf([0.025, 0.975], 100, 0.8) / 100
    assert found.value == 0.8
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.011)


def test_a_metric_is_resampled_as_the_mean_is():
    values = np.random.default_rng(3).exponential(size=300)
    as_metric = metric(300, lambda cases: float(values[cases].mean()), draws=10_000)
    found = mean(values)
    assert (found.low, found.high) == pytest.approx((as_metric.low, as_metric.high))


def test_the_interval_covers_the_truth_as_often_as_it_says():
    random = np.random.default_rng(0)
    samples = random.normal(5, 1, (300, 60))
    covered = [found.low <= 5 <= found.high for found in (mean(row, draws=500) for row in samples)]
    assert 0.89 <= np.mean(covered) <= 0.98


def test_a_permutation_p_is_the_exact_one():
    """Ten differences of +1: only 2 of the 1024 exchanges reach the same sum."""
    found = compare([2.0] * 10, [1.0] * 10)
    assert found.p == pytest.approx(2 / 1024, abs=0.001)
    assert (found.difference.low, found.difference.high) == (1, 1)


def test_p_agrees_with_scipy():
    random = np.random.default_rng(1)
    one = random.normal(0, 1, 40)
    two = one - random.normal(0.2, 0.8, 40)
    theirs = stats.permutation_test(
        (one, two),
        lambda x, y, axis: np.mean(x - y, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=9999,
        rng=np.random.default_rng(0),
    ).pvalue
    assert compare(one, two).p == pytest.approx(theirs, abs=0.02)


def test_equal_systems_do_not_differ():
    found = compare(RIGHT, RIGHT)
    assert found.p == 1
    assert (found.difference.low, found.difference.value, found.difference.high) == (0, 0, 0)


def test_pairing_finds_what_two_intervals_hide():
    hard = np.random.default_rng(0).normal(0, 10, 200)
    better = hard + 0.5 + np.random.default_rng(1).normal(0, 0.5, 200)
    assert mean(hard).high > mean(better).low
    assert compare(better, hard).p < 0.001


def test_any_metric_is_resampled_by_case():
    values = np.arange(200.0)
    median = metric(200, lambda cases: float(np.median(values[cases])))
    assert median.value == 99.5 and 80 < median.low < 99.5 < median.high < 120


def test_draws_without_the_metric_are_left_out():
    found = metric(3, lambda cases: float("nan") if 0 in cases else 1.0)
    assert (found.low, found.high) == (1, 1)


def test_one_case_has_no_width():
    assert mean([0.5]) == metric(1, lambda cases: 0.5) == Interval(0.5, 0.5, 0.5)


def test_the_same_seed_gives_the_same_interval_in_chunks_too(monkeypatch):
    assert mean(RIGHT) == mean(RIGHT)
    assert mean(RIGHT, seed=1) != mean(RIGHT, seed=2)
    monkeypatch.setattr(statistics, "CHUNK", 100 * 7)
    assert mean(RIGHT).low == pytest.approx(0.72, abs=0.011)


def test_too_little_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        mean([])
    with pytest.raises(ValueError, match="10 and 9"):
        compare([1] * 10, [1] * 9)
