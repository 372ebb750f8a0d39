"""The folder of a tagger that is no adapter (CRF, spaCy): samovar.json, the copy that ships, its card."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from huggingface_hub import ModelCardData

from samovar.hub.card import LIMITED, RESTRICTED, sections
from samovar.models.files.tagger_folder import ABOUT, CARD, PROTOCOL
from training.frame import export

TAGGER = "tagger"
"""Folder in that of a run."""


def describe(folder: Path, chosen: Any) -> None:
    """Write samovar.json for the tagger in `folder`, trained by the recipe `chosen`."""
    about = {"protocol": PROTOCOL, "name": chosen.name, "languages": [chosen.language]}
    text = json.dumps({**about, "config": asdict(chosen)}, ensure_ascii=False, indent=1)
    (folder / ABOUT).write_text(text + "\n", encoding="utf-8")


def publish(run: Path, folder: Path, kind: str) -> Path:
    """Copy the finished tagger of `run` to `folder` with its card, of which `kind` begins the text.

    Raises:
        StoreError: a file would be too large for the repository.
    """
    shutil.copytree(run / TAGGER, folder, dirs_exist_ok=True)
    export.beside(run, folder)
    (folder / CARD).write_text(card(folder, kind), encoding="utf-8")
    export.fits(folder)
    return folder


def card(folder: Path, kind: str) -> str:
    """Return the text of README.md for the tagger in `folder`, from its run.json and results.json."""
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    bound = any(LIMITED.search(str(source)) for source in run.get("sources", []))
    language = run["config"]["language"]
    data = ModelCardData(
        license="other" if bound else "mit",
        license_name="see-the-data" if bound else None,
        language=[language],
        pipeline_tag="token-classification",
        tags=["samovar", "ner"],
    )
    parts = [
        f"---\n{data.to_yaml()}\n---",
        f"# {folder.resolve().name}",
        f"{kind} for named entities (PER, LOC, ORG, MISC).",
        *([RESTRICTED] if bound else []),
        *sections(folder),
    ]
    return "\n\n".join(parts) + "\n"
