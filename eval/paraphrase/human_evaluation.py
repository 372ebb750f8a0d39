"""Human evaluation: accepted variants of unseen commands that reword, and whether each keeps the meaning.

`python -m eval.paraphrase.human_evaluation [--language ru]` runs the commands of `data/human-evaluation`
through the tool and writes a hundred accepted variants to `eval/results/human-evaluation-<language>.json`:
those whose core changed, the first of every command, the second of every command and so on. An annotator
then fills in `keeps` (true or false, with a `why` where it is false); verdicts given before stay with their
texts. `make report` lists them in `docs/HUMAN_EVALUATION.md`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.paraphrase.service import paraphrases
from samovar.settings import ROOT

COMMANDS = ROOT / "data" / "human-evaluation"
WANTED = 8
"""Variants asked for, as on the page."""
LISTED = 100
"""Variants that are annotated, of all commands together."""
SEED = 1
"""Another one than in eval.paraphrase.generator."""


def commands(language: str, folder: Path = COMMANDS) -> list[str]:
    """Return the commands of a language, one a line; lines with # are remarks."""
    lines = (folder / f"commands-{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def main(argv: Sequence[str] | None = None) -> None:
    """Draw the variants and write them beside the verdicts known."""
    parser = argparse.ArgumentParser(
        "python -m eval.paraphrase.human_evaluation", description=__doc__
    )
    parser.add_argument("--language", choices=("en", "ru"), default="en")
    language = parser.parse_args(argv).language
    path = RESULTS / f"human-evaluation-{language}.json"
    known = verdicts(path)
    begun = time.perf_counter()
    listed = commands(language)
    taken = [reworded(source) for source in listed]
    rows = [
        known.get((source, text), row(source, text))
        for source, texts in zip(listed, in_turn(taken, LISTED), strict=True)
        for text in texts
    ]
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data=f"data/human-evaluation/commands-{language}.txt",
        size=len(listed),
        libraries=("openvino-genai", "spacy"),
    )
    print(provenance.write(path.stem, {"variants": rows}, origin))
    print(f"{len(rows)} variants, {sum(one['keeps'] is None for one in rows)} to be annotated")


def reworded(source: str) -> list[str]:
    """Return the accepted variants of `source` that change more than its opening."""
    return [v.text for v in paraphrases(source, WANTED, SEED).accepted if v.new_core]


def in_turn(lists: Sequence[Sequence[str]], count: int) -> list[list[str]]:
    """Return the first of every list, then the second of every list, until there are `count`.

    >>> in_turn([["a", "b", "c"], ["d"], ["e", "f"]], 5)
    [['a', 'b'], ['d'], ['e', 'f']]
    """
    places = [(turn, at) for at, texts in enumerate(lists) for turn in range(len(texts))]
    kept = sorted(places)[:count]
    return [[texts[turn] for turn, own in kept if own == at] for at, texts in enumerate(lists)]


def row(source: str, text: str) -> dict[str, Any]:
    """Return a variant without a verdict yet."""
    return {"source": source, "text": text, "keeps": None, "why": ""}


def verdicts(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of `path` by source and text; no file is no rows."""
    if not path.is_file():
        return {}
    variants = json.loads(path.read_text(encoding="utf-8"))["variants"]
    return {(variant["source"], variant["text"]): variant for variant in variants}


if __name__ == "__main__":
    main()
