"""What a tagger weighs: megabytes on disk and in memory.

`python -m samovar.ner.scoring.footprint NAME LANGUAGE` prints the memory that a process of its own needs
more once the tagger is loaded and has read a text.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import psutil

from samovar import catalog
from samovar.models.files import adapters, tagger_folder, weights
from samovar.models.shelf import shelf
from samovar.ner.tagging.taggers import ADAPTER, TAGGERS, tagger
from samovar.phrases import LANGUAGES, Language

MB = 1e6
SENTENCES = {"en": "Ann Lee left Oslo for Siemens.", "ru": "Анна уехала из Твери в «Сименс»."}


def disk_mb(name: str, languages: Collection[str]) -> float:
    """Return the size of the weights of tagger `name` for `languages`, shared bases included.

    The size that the catalog states stands for models that are not on this machine.
    """
    row = TAGGERS[name]
    models = {
        model.id: model
        for language in LANGUAGES
        if language in languages
        for model in [row.model(language)]
    }
    total = sum(_size(model) for model in models.values())
    if name == "llm-tuned":
        total += _folder_mb(shelf().settings.assets / "adapters" / ADAPTER)
    return round(total, 1)


def _size(model: catalog.Model) -> float:
    settings = shelf().settings
    if model.source == "assets" and tagger_folder.installed(model, settings):
        return _folder_mb(tagger_folder.folder(model, settings))
    total = 0.0
    if model.id == "en-core-web-sm" and weights.installed(model):
        total = _folder_mb(weights.find(model)[0].parent.parent)  # the file verified is ner/model
    elif weights.installed(model):
        total = sum(path.stat().st_size / MB for path in weights.find(model))
    if model.base and model.id in adapters.names(settings, model.role):
        total += _folder_mb(settings.assets / "adapters" / model.id)
    return total or float(model.size_mb)


def _folder_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MB


def memory_mb(name: str, language: Language) -> float:
    """Return the memory of tagger `name` in a process of its own (takes seconds)."""
    done = subprocess.run(
        [sys.executable, "-m", "samovar.ner.scoring.footprint", name, language],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1])


def main() -> None:
    """Load the tagger named on the command line and print MB."""
    name, spoken = sys.argv[1], sys.argv[2]
    language = next(row for row in LANGUAGES if row == spoken)
    before = psutil.Process().memory_info().rss
    tagger(name, language).tag([SENTENCES[language]], language)
    print(round((psutil.Process().memory_info().rss - before) / MB, 1))


if __name__ == "__main__":
    main()
