"""Texts written for this project: the basket that only measures, and pairs to train on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from itertools import permutations
from pathlib import Path

from samovar.paraphrase.words import words
from samovar.phrases import Language
from samovar.settings import ROOT
from training.corpora.files import records

BASKET = ROOT / "data" / "basket"


def basket(language: Language) -> set[str]:
    """Return the commands of the basket as `normal` texts."""
    return {normal(row["text"]) for row in records(BASKET / f"commands-{language}.jsonl")}


def normal(text: str) -> str:
    """Return `text` without what does not tell two texts apart: case and signs."""
    return " ".join(words(text))


def own_pairs(path: Path, taken: Set[str]) -> Iterator[dict[str, str]]:
    """Yield the pairs written for this project, and the rewordings of one source with each other.

    A source may be typed without care, so it never stands as a target; none may be `taken`.
    """
    if not path.is_file():
        print(f"own pairs                    none: {path.name} does not exist")
        return
    said = defaultdict[str, list[str]](list)
    for row in records(path):
        said[row["source"]].append(row["target"])
    own = {"language": "ru", "origin": "samovar", "kind": "command"}
    for first, rewordings in said.items():
        for source, target in [(first, t) for t in rewordings] + [*permutations(rewordings, 2)]:
            if not {normal(first), normal(source), normal(target)} & taken:
                yield {"source": source, "target": target, **own}
