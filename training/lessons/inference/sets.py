"""The sets of pairs that an entailment model is trained on, and those that only measure it.

Every part used for evaluation is kept out of training: by the authors' split where there is one,
else by a hash of the premise, so that all hypotheses of one premise fall on the same side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from samovar.phrases import Language
from samovar.settings import ROOT
from training.corpora import commands
from training.corpora.nli import (
    HELD_OUT,
    XNLI_BLOCK,
    held_out,
    read_med,
    read_rcb_ru,
    read_rte,
    read_ru_wanli,
    read_sick,
    read_snli_cad,
    read_terra_ru,
    read_xnli_dev,
)
from training.corpora.pair import NliPair
from training.lessons.inference import requests, requests_ru

FILES = (
    *("snli_cad/train.tsv", "snli_cad/dev.tsv", "sick/SICK_train.txt", "sick/SICK_trial.txt"),
    *("rte/train.tsv", "med/MED.tsv", "terra_ru/train.jsonl.gz", "ru_wanli/test.csv.gz"),
    *("rcb_ru/train.jsonl", "rcb_ru/val.jsonl", "xnli_dev/dev-en.tsv", "xnli_dev/dev-ru.tsv"),
    *("snips/snips_train.jsonl.gz", "snips/snips_validate.jsonl"),
    *("hwu64/hwu64_train.csv.gz", "hwu64/hwu64_test.csv"),
)
OWN_RU = ROOT / "data" / "paraphrase" / "pairs-ru.jsonl"
REQUESTS = 500
"""Pairs of requests of each kind; evaluation has a tenth."""


def files(data_dir: Path) -> dict[str, Path]:
    """Return every file that is read here, by its name below `data_dir`."""
    return {name: data_dir / name for name in FILES}


def evaluation_sets(data_dir: Path) -> dict[str, list[NliPair]]:
    """Return the sets that measure an entailment model; no pair of them is ever trained on."""
    return {
        "snli_cad_dev": list(read_snli_cad(data_dir / "snli_cad", "dev")),
        "sick_trial": list(read_sick(data_dir / "sick", "trial")),
        "med_heldout": _side(read_med(data_dir / "med"), HELD_OUT["med"], True),
        "xnli_en_heldout": _xnli(data_dir, "en", True),
        "xnli_ru_heldout": _xnli(data_dir, "ru", True),
        "ru_wanli_heldout": _side(read_ru_wanli(data_dir / "ru_wanli"), HELD_OUT["ru_wanli"], True),
        "terra_heldout": _side(read_terra_ru(data_dir / "terra_ru"), HELD_OUT["terra_ru"], True),
        "rcb_val": list(read_rcb_ru(data_dir / "rcb_ru", "val")),
        "requests_heldout": _requests(data_dir, "validate", "test", REQUESTS // 10),
    }


def training_pairs(data_dir: Path) -> list[NliPair]:
    """Return all pairs of the data sets to train on; see `unseen` for what is left out."""
    return unseen(_candidates(data_dir), data_dir)


def unseen(pairs: Iterable[NliPair], data_dir: Path) -> list[NliPair]:
    """Return `pairs` without repetitions and without any pair of evaluation.

    A pair is left out in both orders: who has seen the label of (b, a) knows something of (a, b). Nor
    may they share a premise, save in SICK, whose parts share single sentences by design.
    """
    evaluated = [pair for some in evaluation_sets(data_dir).values() for pair in some]
    seen = {_both(pair) for pair in evaluated}
    premises = {pair.premise.lower() for pair in evaluated if pair.origin != "sick"}
    kept = {
        (pair.premise, pair.hypothesis): pair
        for pair in pairs
        if _both(pair) not in seen and pair.premise.lower() not in premises
    }
    return list(kept.values())


def _candidates(data_dir: Path) -> Iterator[NliPair]:
    yield from read_snli_cad(data_dir / "snli_cad")
    yield from read_sick(data_dir / "sick")
    yield from read_rte(data_dir / "rte")
    yield from _side(read_med(data_dir / "med"), HELD_OUT["med"], False)
    yield from _xnli(data_dir, "en", False)
    yield from _xnli(data_dir, "ru", False)
    yield from _side(read_ru_wanli(data_dir / "ru_wanli"), HELD_OUT["ru_wanli"], False)
    yield from _side(read_terra_ru(data_dir / "terra_ru"), HELD_OUT["terra_ru"], False)
    yield from read_rcb_ru(data_dir / "rcb_ru")
    yield from _across(data_dir)
    yield from _requests(data_dir, "train", "train", REQUESTS)
    yield from requests_ru.russian(OWN_RU)


def _across(data_dir: Path) -> Iterator[NliPair]:
    """Yield XNLI once more with the premise in one language and the hypothesis in the other."""
    both = zip(_xnli(data_dir, "en", False), _xnli(data_dir, "ru", False), strict=True)
    for line, (english, russian) in enumerate(both):
        premise, hypothesis = (english, russian) if line % 2 else (russian, english)
        yield replace(premise, hypothesis=hypothesis.hypothesis)


def _requests(data_dir: Path, snips: str, hwu64: str, each: int) -> list[NliPair]:
    read = [
        *commands.read_snips(data_dir / "snips", snips),
        *commands.read_hwu64(data_dir / "hwu64", hwu64),
    ]
    return requests.english(read, each)


def _side(pairs: Iterable[NliPair], percent: int, evaluated: bool) -> list[NliPair]:
    return [pair for pair in pairs if held_out(pair.premise, percent) is evaluated]


def _xnli(data_dir: Path, language: Language, evaluated: bool) -> list[NliPair]:
    """Split by the number of the block: the same lines in both languages."""
    pairs = enumerate(read_xnli_dev(data_dir / "xnli_dev", language))
    return [
        pair
        for line, pair in pairs
        if held_out(f"xnli {line // XNLI_BLOCK}", HELD_OUT["xnli"]) is evaluated
    ]


def _both(pair: NliPair) -> frozenset[str]:
    return frozenset({pair.premise.lower(), pair.hypothesis.lower()})
