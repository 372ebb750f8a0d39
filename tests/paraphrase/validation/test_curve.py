"""The curve on the card, drawn from a measured result."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from samovar.paraphrase.validation import curve
from samovar.paraphrase.validation.curve import Curve

POINTS = [
    {"threshold": 0.9, "precision": 0.98, "recall": 0.3},
    {"threshold": 0.1, "precision": 0.6, "recall": 1},
    {"threshold": 0.5, "precision": 0.9, "recall": 0.7},
]


def curve_of(folder: Path, **more: object) -> Curve | None:
    path = folder / "validator.json"
    path.write_text(json.dumps({"curve": POINTS, "origin": {"seed": 0}, **more}), "utf-8")
    return curve.read(folder)


def test_the_curve_is_drawn_from_the_measured_points(tmp_path: Path) -> None:
    found = curve_of(tmp_path)
    assert found is not None and [point.recall for point in found.curve] == [0.3, 0.7, 1.0]
    html = str(curve.section(found, "en"))
    coordinates = re.search(r'<polyline points="([^"]+)"', html)
    assert coordinates is not None
    places = [tuple(map(float, pair.split(","))) for pair in coordinates[1].split()]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert places[0][1] < places[1][1] < places[2][1], "higher precision is higher up"
    assert "at recall 0.30 its precision is 0.98, at recall 1.00 it is 0.60" in html
    assert html.count("<tr>") == 4 and "How strict is the check?" in html
    assert "Насколько строга" in str(curve.section(found, "ru")) and "<circle" not in html


def test_the_threshold_in_use_is_a_dot_on_the_curve(tmp_path: Path) -> None:
    found = curve_of(tmp_path, threshold=0.48)
    assert found is not None
    html = str(curve.section(found, "en"))
    assert "threshold in use, 0.50: precision 0.90, recall 0.70" in html
    x, y = re.search(r'<circle cx="([^"]+)" cy="([^"]+)"', html).groups()  # type: ignore[union-attr]
    assert f"{x},{y}" in html.split("polyline")[1]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"curve": [{"threshold": 1}]}', '{"curve": []}']
)
def test_without_a_measured_curve_there_is_no_section(tmp_path: Path, content: str) -> None:
    assert curve.read(tmp_path) is None
    (tmp_path / "validator.json").write_text(content, encoding="utf-8")
    assert curve.read(tmp_path) is None
