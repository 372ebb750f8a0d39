"""Write what the taggers reach beside their weights and into their cards.

`python -m eval.ner_cards` reads eval/results/ner.json; it measures nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.ner import RESULT
from samovar.hub.card import card as adapter_card
from samovar.settings import Settings
from training.entities.taggercard import card as tagger_card

KINDS = {"crf": "A conditional random field", "spacy-own": "A spaCy pipeline"}
FOLDERS = {
    ("crf", "en"): "taggers/crf-en",
    ("crf", "ru"): "taggers/crf-ru",
    ("spacy-own", "en"): "taggers/spacy-en",
    ("spacy-own", "ru"): "taggers/spacy-ru",
    ("e5", ""): "adapters/ner-e5",
    ("llm-tuned", ""): "adapters/ner-smollm2",
}
"""(tagger, language) → folder in assets; no language means all."""


def figures(result: Mapping[str, Any], tagger: str, language: str) -> dict[str, Any]:
    """Return the strict figures of one tagger by corpus."""
    found = {}
    for name, corpus in result["corpora"].items():
        cell = corpus["taggers"].get(tagger)
        if cell and language in ("", corpus["language"]):
            strict = cell["rules"]["strict"]
            found[name] = {
                "texts": cell["texts"],
                **{key: strict[key] for key in ("precision", "recall", "f1", "low", "high")},
            }
    return found


def write(result: Mapping[str, Any], assets: Path) -> list[Path]:
    """Write results.json and the card of every tagger that is there; return the folders."""
    written = []
    for (tagger, language), place in FOLDERS.items():
        folder = assets / place
        reached = figures(result, tagger, language)
        if not reached or not (folder / "run.json").is_file():
            continue
        text = json.dumps(reached, indent=1) + "\n"
        (folder / "results.json").write_text(text, encoding="utf-8")
        kind = KINDS.get(tagger)
        said = tagger_card(folder, kind) if kind else adapter_card(folder)
        (folder / "README.md").write_text(said, encoding="utf-8")
        written.append(folder)
    return written


def main() -> None:
    """Write all cards."""
    for folder in write(json.loads(RESULT.read_text(encoding="utf-8")), Settings.from_env().assets):
        print(folder.name)


if __name__ == "__main__":
    main()
