"""The card of a tagger that is no adapter (CRF, spaCy), written from its run.json and results.json."""

from __future__ import annotations

import json
from pathlib import Path

from huggingface_hub import ModelCardData

from samovar.hub.card import LIMITED, RESTRICTED, sections


def card(folder: Path, kind: str) -> str:
    """Return the text of README.md for the tagger in `folder`; `kind` is the first words of it."""
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
