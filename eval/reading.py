"""The reader's check: accepted variants of unseen commands, and whether each keeps the meaning.

`python -m eval.reading [--language ru]` runs the commands of `data/reading` through the tool and writes
five accepted variants of each to `eval/results/reading-<language>.json`. A reader then fills in `keeps`
(true or false, with a `why` where it is false); verdicts given before stay with their texts. `make
report` lists them in `docs/READING.md`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval import provenance
from samovar.paraphrase.service import paraphrases
from samovar.settings import ROOT

COMMANDS = ROOT / "data" / "reading"
LISTED = 5
"""Variants of each command: a hundred in all."""
SEED = 1
"""Another one than in eval.paraphrase."""


def commands(language: str, folder: Path = COMMANDS) -> list[str]:
    """Return the commands of a language, one a line; lines with # are remarks."""
    lines = (folder / f"commands-{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def main(argv: Sequence[str] | None = None) -> None:
    """Draw the variants and write them beside the verdicts known."""
    parser = argparse.ArgumentParser("python -m eval.reading", description=__doc__)
    parser.add_argument("--language", choices=("en", "ru"), default="en")
    language = parser.parse_args(argv).language
    path = provenance.RESULTS / f"reading-{language}.json"
    known = verdicts(path)
    begun = time.perf_counter()
    listed = commands(language)
    rows = []
    for source in listed:
        taken = paraphrases(source, LISTED, SEED).accepted
        rows += [known.get((source, v.text), row(source, v.text)) for v in taken]
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data=f"data/reading/commands-{language}.txt",
        size=len(listed),
        libraries=("openvino-genai", "spacy"),
    )
    print(provenance.write(path.stem, {"variants": rows}, origin))
    print(f"{len(rows)} variants, {sum(one['keeps'] is None for one in rows)} to be read")


def row(source: str, text: str) -> dict[str, Any]:
    """Return a variant that nobody has read yet."""
    return {"source": source, "text": text, "keeps": None, "why": ""}


def verdicts(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of `path` by source and text; no file is no rows."""
    if not path.is_file():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))["variants"]
    return {(one["source"], one["text"]): one for one in found}


if __name__ == "__main__":
    main()
