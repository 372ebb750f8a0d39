"""The measured results behind the figures on the page: `eval/results/<name>.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from samovar import schema
from samovar.errors import InputError
from samovar.settings import ROOT

RESULTS = ROOT / "eval" / "results"
Record = TypeVar("Record")


def read(name: str, kind: type[Record], folder: Path = RESULTS) -> Record | None:
    """Return what a record of `kind` holds of the result `name`.

    None when the file is missing or damaged: a host without results shows no figures.
    """
    try:
        measured = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return schema.record(measured, kind)
    except (OSError, ValueError, InputError):
        return None
