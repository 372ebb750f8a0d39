"""Write the model card of an adapter from its own files: nothing in it is typed by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from huggingface_hub import ModelCardData

from samovar import catalog
from samovar.errors import StoreError
from samovar.phrases import Phrase

LICENCES = {"Apache-2.0": "apache-2.0", "MIT": "mit", "Gemma Terms of Use": "gemma"}
"""The catalog's name of a licence → the Hub's."""
TABLES = (("run.json", "How it was trained"), ("results.json", "What it reaches"))
"""Files that training leaves beside an adapter, and the headings of their tables."""

UNREADABLE = Phrase("{path} cannot be read: {why}.", "Не удалось прочитать {path}: {why}.")
NEEDED = Phrase(
    "An adapter's folder holds adapter_config.json and samovar.json.",
    "В папке адаптера лежат adapter_config.json и samovar.json.",
)


def card(folder: Path) -> str:
    """Return the text of README.md for the adapter in `folder`.

    Raises:
        StoreError: its files are missing or damaged.
        ModelError: its base is not in the catalog.
    """
    config, own = _json(folder / "adapter_config.json"), _json(folder / "samovar.json")
    base = catalog.model(str(own.get("base")))
    data = ModelCardData(
        base_model=base.repo or None,
        library_name="peft",
        license=LICENCES[base.licence],
        language=[language for language in base.languages if language != "multi"],
        tags=["lora", "samovar"],
    )
    parts = [
        f"---\n{data.to_yaml()}\n---",
        f"# {folder.resolve().name}",
        f"A LoRA adapter (rank {config.get('r')}, alpha {config.get('lora_alpha')}) for "
        f"{base.title}, as packaged in {base.revision}. Licence of the base: {base.licence}. "
        f"It follows prompt protocol {own.get('protocol')} of Samovar.",
    ]
    for name, heading in TABLES:
        if (folder / name).is_file():
            parts.append(f"## {heading}\n\n{_table(_json(folder / name))}")
    return "\n\n".join(parts) + "\n"


def _table(values: Mapping[str, Any]) -> str:
    rows = [f"| {_cell(name)} | {_cell(value)} |" for name, value in _flat(values)]
    return "\n".join(["| | |", "|---|---|", *rows])


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield one row a number: {"test": {"f1": 0.5}} gives ("test.f1", 0.5)."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _cell(value: Any) -> str:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise StoreError(UNREADABLE, NEEDED, path=path, why=why) from error
    if not isinstance(value, dict):
        raise StoreError(UNREADABLE, NEEDED, path=path, why=type(value).__name__)
    return value
