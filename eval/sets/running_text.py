"""Many short passages for measuring speed, cut from running text."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

SOURCE = "running text of wikipedia_en_subset, bbc_news and wikitext2"
WORDS, STEP = 24, 15
"""Words of a passage, and from the beginning of one to the beginning of the next."""
JSON_FILES = ("wikipedia_en_subset/articles.jsonl.gz", "bbc_news/bbc_news.jsonl.gz")
TEXT_FILES = ("wikitext2/valid.txt.gz", "wikitext2/test.txt.gz")


def passages(data: Path) -> Iterator[str]:
    """Yield the passages of the folder `data`, always in the same order, none twice.

    Raises:
        FileNotFoundError: a set is not there.
    """
    seen: set[str] = set()
    for text in _texts(data):
        words = text.split()
        for start in range(0, max(1, len(words) - WORDS + 1), STEP):
            passage = " ".join(words[start : start + WORDS])
            if passage not in seen:
                seen.add(passage)
                yield passage


def _texts(data: Path) -> Iterator[str]:
    for name in JSON_FILES:
        with gzip.open(data / name, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)
    for name in TEXT_FILES:
        with gzip.open(data / name, "rt", encoding="utf-8") as file:
            yield file.read()
