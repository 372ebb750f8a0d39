"""Pairs of sentences that say the same, or do not, English and Russian."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

from samovar.errors import InputError
from samovar.phrases import Language
from training.corpora.files import FOLDER, MISSING, commas, tabbed, text_stream, tidy

STRICT = "1"
"""ParaPhraser's class of strict paraphrases; 0 is a loose one, -1 none."""
REWRITES = 10
"""ASSET has ten rewrites per sentence."""
DETOKENISED = (
    (re.compile(r"``\s*|\s*''"), '"'),
    (re.compile(r"\s+([,.;:!?%)\]])"), r"\1"),
    (re.compile(r"([(\[$£])\s+"), r"\1"),
    (re.compile(r"\s+('(?:s|re|ve|ll|d|m)\b|n't\b)"), r"\1"),
    (re.compile(r"(?<=s) (')(?= )"), r"\1"),
    (re.compile(r'"\s*([^"]*?)\s*"'), r'"\1"'),
)
"""Undoes the spaces that a tokeniser put round signs."""


@dataclass(frozen=True, slots=True)
class ParaphrasePair:
    """Hold two sentences and whether they say the same."""

    source: str
    target: str
    label: bool
    language: Language
    origin: str


def read_mrpc(folder: Path, part: str = "train") -> Iterator[ParaphrasePair]:
    """Read the Microsoft Research paraphrase corpus; parts train and val."""
    rows = tabbed(folder / f"msr-para-{part}.tsv")
    next(rows)
    for quality, _, _, first, second in rows:
        yield ParaphrasePair(tidy(first), tidy(second), quality == "1", "en", "mrpc")


def read_pawsx_en(folder: Path, raw: bool = False) -> Iterator[ParaphrasePair]:
    """Read PAWS-X, whose sentences are split into tokens: not `raw`, the spaces round signs go."""
    for first, second, label in tabbed(folder / "dev-en.tsv"):
        source, target = (first, second) if raw else (detokenised(first), detokenised(second))
        yield ParaphrasePair(source, target, label == "1", "en", "pawsx_en")


def read_asset(folder: Path) -> Iterator[ParaphrasePair]:
    """Read ASSET: each sentence with its ten rewrites."""
    with text_stream(folder / "asset.valid.orig") as file:
        originals = [detokenised(line) for line in file]
    for number in range(REWRITES):
        with text_stream(folder / f"asset.valid.simp.{number}") as file:
            for source, line in zip(originals, file, strict=True):
                yield ParaphrasePair(source, detokenised(line), True, "en", "asset")


def read_stackfaq(folder: Path) -> Iterator[ParaphrasePair]:
    """Read StackFAQ: every two rephrasings of a question are a pair."""
    with text_stream(folder / "stackExchange-FAQ.json") as file:
        threads = json.load(file)["root"]["qapair"]
    for thread in threads:
        said = [tidy(text) for text in thread["rephr"] if text and text != "*"]
        for first, second in combinations(dict.fromkeys(said), 2):
            yield ParaphrasePair(first, second, True, "en", "stackfaq")


def read_paraphraser_ru(folder: Path) -> Iterator[ParaphrasePair]:
    """Read ParaPhraser's headlines; only strict paraphrases count as saying the same."""
    path = folder / "paraphrases_train.xml.gz"
    if not path.is_file():
        raise InputError(MISSING, FOLDER, path=path)
    with gzip.open(path) as file:
        tree = ElementTree.parse(file)
    for node in tree.iter("paraphrase"):
        said = {value.get("name"): tidy(value.text or "") for value in node}
        same = said["class"] == STRICT
        yield ParaphrasePair(said["text_1"], said["text_2"], same, "ru", "paraphraser_ru")


def read_rusimplesenteval(folder: Path) -> Iterator[ParaphrasePair]:
    """Read RuSimpleSentEval: Wikipedia sentences with their simpler rewrites."""
    for row in commas(folder / "dev_sents.csv.gz"):
        source, target = tidy(row["INPUT:source"]), tidy(row["OUTPUT:output"])
        yield ParaphrasePair(source, target, True, "ru", "rusimplesenteval")


def detokenised(text: str) -> str:
    """Return `text` without the spaces that a tokeniser put round signs.

    >>> print(detokenised("Ann 's dog ( a `` fine '' one ) did n't bark ."))
    Ann's dog (a "fine" one) didn't bark.
    """
    text = tidy(text)
    for pattern, replacement in DETOKENISED:
        text = pattern.sub(replacement, text)
    return text
