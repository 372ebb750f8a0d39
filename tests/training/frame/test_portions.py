"""A batch that passes through the model in portions leaves the gradient of the whole batch."""

import json
from pathlib import Path

import pytest

from training import chat


def losses(run):
    rows = (json.loads(line) for line in (run / "curves.jsonl").read_text().splitlines())
    return [row["loss"] for row in rows if "loss" in row]


def test_portions_train_like_the_whole_batch(arguments, tmp_path):
    runs = []
    for size in (0, 3):  # of 8: the last portion is smaller
        given = arguments(tmp_path / str(size), epochs=1, dropout=0.0)
        recipe = Path(given[0])
        recipe.write_text(recipe.read_text() + f"  at_once: {size}\n")
        assert chat.main(given) == 0
        runs.append(losses(tmp_path / str(size)))
    assert runs[1] == pytest.approx(runs[0], rel=1e-3)
    assert runs[0][-1] < runs[0][0]
