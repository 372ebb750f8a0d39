"""Pairs of premise and hypothesis, English and Russian, and the fixed split of those without one.

Every part used for evaluation is kept out of training: by the authors' split where there is one,
else by a hash of the premise, so that all hypotheses of one premise fall on the same side.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from samovar.phrases import Language
from training.corpora.files import commas, named, records, tabbed, tidy
from training.corpora.pair import Label, NliPair

LABELS: dict[str, Label] = {
    "entailment": "entailment",
    "neutral": "neutral",
    "contradiction": "contradiction",
    "not_entailment": "not_entailment",
    "Логическое следование": "entailment",
    "Нейтральная взаимосвязь": "neutral",
    "Противоречие": "contradiction",
}
"""A set's own name of a label → ours."""
WANLI = re.compile(r"Предпосылка: (.+?)\s*Гипотеза: (.+)", re.DOTALL)
HELD_OUT = {"med": 20, "ru_wanli": 10, "terra_ru": 10, "xnli": 20}
"""Per cent of the premises that only evaluation sees."""
XNLI_BLOCK = 3
"""XNLI has three hypotheses per premise, on lines that follow each other."""


def held_out(premise: str, percent: int = 20) -> bool:
    """Tell whether evaluation keeps this premise; the same on every machine.

    >>> held_out("Day 7 is dry."), held_out("Day 1 is dry.")
    (True, False)
    """
    digest = hashlib.sha256(tidy(premise).lower().encode()).digest()
    return int.from_bytes(digest[:8], "big") % 100 < percent


def read_snli_cad(folder: Path, part: str = "train") -> Iterator[NliPair]:
    """Read SNLI with human counterfactual edits; parts train and dev."""
    for row in named(folder / f"{part}.tsv", quoted=True):
        yield _pair(row["sentence1"], row["sentence2"], row["gold_label"], "en", "snli_cad")


def read_sick(folder: Path, part: str = "train") -> Iterator[NliPair]:
    """Read SICK; parts train and trial."""
    for row in named(folder / f"SICK_{part}.txt"):
        label = row["entailment_judgment"].lower()
        yield _pair(row["sentence_A"], row["sentence_B"], label, "en", "sick")


def read_rte(folder: Path) -> Iterator[NliPair]:
    """Read RTE, which knows only entailment and not_entailment."""
    for row in named(folder / "train.tsv"):
        yield _pair(row["sentence1"], row["sentence2"], row["label"], "en", "rte")


def read_med(folder: Path) -> Iterator[NliPair]:
    """Read MED, which knows only entailment and neutral."""
    for row in named(folder / "MED.tsv"):
        yield _pair(row["sentence1"], row["sentence2"], row["gold_label"], "en", "med")


def read_terra_ru(folder: Path) -> Iterator[NliPair]:
    """Read TERRa, which knows only entailment and not_entailment."""
    for row in records(folder / "train.jsonl.gz"):
        yield _pair(row["premise"], row["hypothesis"], row["label"], "ru", "terra_ru")


def read_rcb_ru(folder: Path, part: str = "train") -> Iterator[NliPair]:
    """Read the Russian Commitment Bank; parts train and val."""
    for row in records(folder / f"{part}.jsonl"):
        yield _pair(row["premise"], row["hypothesis"], row["label"], "ru", "rcb_ru")


def read_ru_wanli(folder: Path) -> Iterator[NliPair]:
    """Read WANLI in Russian, where one field holds premise and hypothesis."""
    for row in commas(folder / "test.csv.gz"):
        match = WANLI.fullmatch(row["text"].strip())
        if match:
            yield _pair(match.group(1), match.group(2), row["label"], "ru", "ru_wanli")


def read_xnli_dev(folder: Path, language: Language) -> Iterator[NliPair]:
    """Read XNLI's development part; line i says the same in both languages."""
    for premise, hypothesis, label in tabbed(folder / f"dev-{language}.tsv"):
        yield _pair(premise, hypothesis, label, language, "xnli_dev")


def _pair(premise: str, hypothesis: str, label: str, language: Language, origin: str) -> NliPair:
    return NliPair(tidy(premise), tidy(hypothesis), LABELS[label], language, origin)
