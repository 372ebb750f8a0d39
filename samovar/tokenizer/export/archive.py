"""An exported folder as one file, for a download."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Packed:
    """Hold a folder as a zip in `data`; `sizes` are its files with their bytes, `script` its apply.py."""

    data: bytes
    sizes: Mapping[str, int]
    script: str


def packed(folder: Path) -> Packed:
    """Return the files of an exported `folder`, in a zip whose one folder bears its name."""
    held = io.BytesIO()
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, path.relative_to(folder.parent))
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in paths}
    return Packed(held.getvalue(), sizes, (folder / "apply.py").read_text("utf-8"))
