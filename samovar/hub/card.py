"""Write the model card of an adapter from its own files: nothing in it is typed by hand."""

from __future__ import annotations

import json
import re
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
CURVES = "curves.png"
TASKS = {
    "chat": "text-generation",
    "entailment": "text-classification",
    "verifier": "text-classification",
    "ner": "token-classification",
    "reranker": "text-ranking",
}
"""Role → the Hub's name of the task."""

LIMITED = re.compile(r"\bNC\b|non-commercial|unclear|research", re.I)
"""Words in the licence of a data set."""
RESTRICTED = (
    "Some of the data below is for non-commercial use only or has no clear licence: "
    "use these weights accordingly."
)

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
    bound = _restricted(folder)
    data = ModelCardData(
        base_model=base.repo or None,
        library_name="peft",
        license="other" if bound else LICENCES[base.licence],
        license_name="see-the-data" if bound else None,
        language=own.get("languages") or [name for name in base.languages if name != "multi"],
        pipeline_tag=TASKS.get(str(own.get("role"))),
        tags=["samovar", str(config.get("peft_type", "LORA")).lower()],
    )
    parts = [
        f"---\n{data.to_yaml()}\n---",
        f"# {folder.resolve().name}",
        f"{_shape(config)} for {base.title}, as packaged in {base.revision}. "
        f"Licence of the base: {base.licence}. "
        f"It follows prompt protocol {own.get('protocol')} of Samovar.",
        *([RESTRICTED] if bound else []),
        *sections(folder),
    ]
    return "\n\n".join(parts) + "\n"


def _restricted(folder: Path) -> bool:
    """Tell whether any data set of the training limits what the weights may be used for."""
    run = folder / "run.json"
    sources = _json(run).get("sources", []) if run.is_file() else []
    return any(LIMITED.search(str(source)) for source in sources)


def _shape(config: Mapping[str, Any]) -> str:
    if config.get("peft_type") == "PROMPT_TUNING":
        return f"A trained prompt of {config.get('num_virtual_tokens')} virtual tokens"
    return f"A LoRA adapter (rank {config.get('r')}, alpha {config.get('lora_alpha')})"


def sections(folder: Path) -> Iterator[str]:
    """Yield the data with their licences, the curves and the tables, as far as they are there."""
    files = {name: _json(folder / name) for name, _ in TABLES if (folder / name).is_file()}
    named = files.get("run.json", {}).pop("sources", [])
    if named:
        yield "## Data\n\n" + "\n".join(f"- {_cell(source)}" for source in named)
    if (folder / CURVES).is_file():
        yield f"## Learning curves\n\n![Loss by step, training and held out]({CURVES})"
    for name, heading in TABLES:
        if name in files:
            yield f"## {heading}\n\n{_table(files[name])}"


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
