"""Which states are reached, in which order."""

from dataclasses import replace

import pytest

from samovar.errors import InputError
from training.tokenizer.plan import Stage, TokenizerRecipe, tasks

ROWS = Stage("rows", "rows", 100, 1e-3)
MATRIX = Stage("matrix", "matrix", 50, 1e-4, after="rows")
ADAPTER = Stage("adapter", "layers", 70, 1e-4, after="rows", starts=("mean",))
RECIPE = TokenizerRecipe("tea", "some-base", (ROWS, MATRIX, ADAPTER), starts=("mean", "random"))


def states(recipe, seed):
    return [f"{t.start} {t.reached} < {t.before}" for t in tasks(recipe) if t.seed == seed]


def test_stages_branch_and_starts_without_chance_are_measured_once():
    assert states(RECIPE, 0) == [
        *(f"unextended {one}" for one in ("start < start", "rows < start", "matrix < rows")),
        "unextended adapter < rows",
        *(f"mean {one}" for one in ("start < start", "rows < start", "matrix < rows")),
        "mean adapter < rows",
        *(f"random {one}" for one in ("start < start", "rows < start", "matrix < rows")),
    ]
    assert "mean start < start" not in states(RECIPE, 2)
    assert "random start < start" in states(RECIPE, 2)


def test_text_is_drawn_for_the_longest_path_and_each_stage_has_its_rate():
    by_name = {task.name: task for task in tasks(RECIPE)}
    adapter = by_name["mean 1 adapter"]
    assert adapter.longest == 170
    assert (adapter.training.learning_rate, adapter.training.seed) == (1e-4, 1)
    assert by_name["mean 1 rows"].training.learning_rate == 1e-3


def test_another_seed_or_start_changes_no_other_state():
    """Else a run could not be made longer."""
    more = replace(RECIPE, seeds=(0, 1, 2, 3), starts=("mean", "random", "similar"))
    assert set(tasks(RECIPE)) < set(tasks(more))


@pytest.mark.parametrize(
    ("recipe", "rule"),
    [
        (replace(RECIPE, stages=(MATRIX, ROWS)), "comes after `rows`"),
        (replace(RECIPE, stages=(replace(MATRIX, after="row"),)), "comes after `row`"),
        (replace(RECIPE, starts=("median",)), "no start `median`"),
        (replace(RECIPE, ships="matrix"), "`matrix` cannot ship"),
        (replace(RECIPE, ships="last"), "`last` cannot ship"),
    ],
)
def test_a_plan_that_cannot_be_followed_is_refused(recipe, rule):
    with pytest.raises(InputError, match=rule):
        list(tasks(recipe))
