"""The shipped CRF: damaged weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from samovar import catalog
from samovar.errors import ModelError
from samovar.models.taggers.crf import CrfTagger
from samovar.settings import Settings


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:10])


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda folder: (folder / "model.crfsuite").unlink(), "missing"),
        (lambda folder: _cut(folder / "model.crfsuite"), "damaged"),
        (lambda folder: (folder / "samovar.json").write_text("["), "damaged"),
        (lambda folder: (folder / "samovar.json").write_text('{"protocol": 99}'), "protocol 99"),
    ],
)
def test_damaged_weights_are_refused(
    harm: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    folder = tmp_path / "taggers" / "crf-en"
    folder.mkdir(parents=True)
    for name in ("model.crfsuite", "samovar.json"):
        (folder / name).write_bytes((Settings().assets / "taggers" / "crf-en" / name).read_bytes())
    settings = replace(Settings(), assets=tmp_path)
    CrfTagger(catalog.model("crf-en"), settings)
    harm(folder)
    with pytest.raises(ModelError, match=said):
        CrfTagger(catalog.model("crf-en"), settings)
