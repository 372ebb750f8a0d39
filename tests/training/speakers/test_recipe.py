"""Who said this? Fitted on a small series, stored without text, and found again by serving."""

from __future__ import annotations

import json
from dataclasses import replace

import harbour
import numpy as np
import pytest

from samovar.character.speech import style
from samovar.errors import ModelError
from samovar.models.shelf import Shelf
from training.lessons.character.lines import cleaned
from training.lessons.character.series import SERIES
from training.speakers import planes, recipe
from training.speakers.planes import together


@pytest.fixture
def trained(small_e5, tmp_path, monkeypatch):
    """Settings under which the classifier of the play was trained, and what the command said."""
    monkeypatch.setitem(SERIES, "house", replace(harbour.SERIES, speaker="Fox"))
    monkeypatch.setattr(
        "samovar.command.terminal.Settings.from_env", staticmethod(lambda: small_e5), raising=True
    )
    folder = tmp_path / "data" / "samovar"
    folder.mkdir(parents=True)
    rows = [f'{one.season},,{one.speaker},"{one.text}"\n' for one in harbour.lines()]
    (folder / "all.csv").write_text("Season,Episode,Character,Line\n" + "".join(rows))
    config = tmp_path / "speakers.yaml"
    config.write_text(
        "name: harbour\ncharacter: house\nencoded: 100\nheld: 100\nstrengths: [1e-4]\n"
    )
    places = {"--data-dir": "data", "--out": "work", "--results": "results", "--plots": "plots"}
    more = [part for key, name in places.items() for part in (key, str(tmp_path / name))]
    assert recipe.main([str(config), *more]) == 0
    return small_e5


def test_it_is_trained_measured_and_found_by_serving(trained, tmp_path):
    result = json.loads((tmp_path / "results" / "speakers-harbour.json").read_text())
    assert result["test"]["even"]["accuracy"]["value"] > 0.8 > result["test"]["even"]["majority"]
    assert {row["features"] for row in result["trials"]} == {"vectors", "n-grams", "both"}
    assert (tmp_path / "plots" / "speakers-harbour.png").is_file()

    speakers = style.load("harbour", trained)
    encoder = Shelf(trained).encoder("multilingual-e5-small")
    lines = [
        "Pull the blue rope before noon, number 77!",
        "The wind turned on day 9 of trip 4, sir.",
    ]
    orders, weather = speakers.style(lines, "Fox", encoder)
    assert orders > 0.5 > weather
    assert (
        speakers.style(lines, "Nemo", encoder) is None and speakers.style([], "Fox", encoder) == []
    )


def test_no_text_is_shipped(trained):
    files = sorted((trained.assets / "speakers").iterdir())
    assert [path.name for path in files] == ["harbour.json", "harbour.npz"]
    held = b"".join(path.read_bytes() for path in files)
    assert b"rope" not in held and b"barrels" not in held
    with np.load(files[1]) as arrays:
        assert set(arrays) == {"weights", "bias", "mean"}
        assert all(arrays[name].dtype == np.float16 for name in arrays)


def test_missing_and_damaged_files(trained):
    assert style.load("nowhere", trained) is None and style.load("", trained) is None
    path = trained.assets / "speakers" / "harbour.npz"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(ModelError, match=r"harbour\.npz"):
        style.load("harbour", trained)
    card = path.with_suffix(".json")
    card.write_text(json.dumps(json.loads(card.read_text()) | {"protocol": 0}))
    path.touch()
    assert style.load("harbour", trained) is None


def test_several_lines_together_tell_more_than_one():
    draw = np.random.default_rng(0)
    labels = np.repeat([0, 1], 300)
    hint = np.where(labels == 0, 0.6, 0.4) + draw.normal(0, 0.2, 600)
    weighed = np.stack([hint, 1 - hint], 1).clip(0.01)
    found = together(weighed.astype(np.float32), labels)
    values = [found[size]["accuracy"]["value"] for size in ("1", "10", "30")]
    assert values == sorted(values) and values[0] < 0.8 < values[1]
    assert found["10"]["groups"] == 60 and found["10"]["majority"] == 0.5


def test_lines_are_drawn_by_season_and_length():
    lines = cleaned(harbour.lines(), harbour.SERIES).lines
    found = planes.chosen(lines, harbour.SERIES, shortest=3, held=5)
    assert [len(texts) for texts, _ in found.values()] == [32, 5, 5]
    texts, labels = found["training"]
    assert "Aye." not in texts and len(labels) == len(texts) and set(labels) <= {0, 1, 2}
