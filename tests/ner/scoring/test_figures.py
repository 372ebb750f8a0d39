import json
import re
from itertools import pairwise
from pathlib import Path

from samovar.ner.scoring import figures
from samovar.ner.scoring.chart import Point, drawn

CELL = {
    "rules": {"strict": {"f1": 0.91, "low": 0.9, "high": 0.92}},
    "milliseconds": 2.5,
    "disk_mb": 5.1,
    "texts": 3,
}
RESULT = {
    "corpora": {
        "conll": {"title": "CoNLL", "language": "en", "taggers": {"crf": CELL}},
        "shipped-en": {"title": "ours", "language": "en", "taggers": {}},
        "nerel": {"title": "NEREL", "language": "ru", "taggers": {"natasha": CELL}},
    },
    "memory": {"en": {"crf": 40.0}},
}


def figures_of(tmp_path: Path, **changed: object) -> figures.Figures | None:
    path = tmp_path / "ner.json"
    path.write_text(json.dumps(RESULT | changed))
    return figures.read(tmp_path)


def test_the_figures_of_a_language_are_shown(tmp_path: Path) -> None:
    found = figures_of(tmp_path)
    assert found is not None
    html = str(figures.section(found, "en", "en"))
    assert "0.910" in html and "CoNLL" in html and "NEREL" not in html and "40" in html
    assert "CRF: F1 0.91, 2.5 ms a text" in html
    assert figures.section(found, "ru", "en") is None  # the corpus that is drawn was not measured


def test_without_a_readable_result_there_are_no_figures(tmp_path: Path) -> None:
    assert figures.read(tmp_path) is None
    assert figures_of(tmp_path, corpora=3) is None


def test_labels_in_the_chart_do_not_cover_each_other() -> None:
    points = [Point(f"tagger {n}", 1.0 + n / 100, 0.9 - n / 1000) for n in range(4)]
    html = str(drawn(points, "en"))
    places = re.findall(r'x="([\d.]+)" y="([\d.]+)" text-anchor="\w+">tagger', html)
    assert len(places) == 4
    heights = sorted(float(y) for _, y in places)
    assert all(two - one >= 12 for one, two in pairwise(heights))


def test_quicker_is_further_left_and_better_is_higher() -> None:
    html = str(drawn([Point("a", 1.0, 0.9), Point("b", 100.0, 0.5)], "ru"))
    (ax, ay), (bx, by) = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', html)
    assert float(ax) < float(bx) and float(ay) < float(by)
    assert "Миллисекунд" in html
