"""Filter the advertising texts and write the pairs that train: `python -m training.marketing`.

python -m training.marketing --out build/marketing.jsonl
python -m training.marketing --also build/drafts.jsonl --out build/marketing.jsonl

Writes the pairs of both languages to FILE and those of held-out sheets to FILE-validation, the same of each
language to FILE-en and FILE-ru, prints what fell out of the filter and draws it.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from samovar.command.terminal import run, write
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.marketing.facts.brief import Brief, products
from samovar.marketing.texts import Ad, ads, sheets
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES
from samovar.settings import ROOT, Settings
from training.marketing import pairs, similarity, statistics
from training.marketing.similarity import Row

PLOTS = ROOT / "assets" / "plots"
NAME = "marketing-data"
PICTURE = "marketing-filter.png"
ENCODER = "multilingual-e5-small"


def main(argv: Sequence[str] | None = None) -> int:
    """Write the pairs and return the exit code."""
    options = arguments().parse_args(argv)
    return run(lambda settings, out: build(options, settings, out))


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser("python -m training.marketing", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines file to write")
    parser.add_argument(
        "--also", type=Path, nargs="*", default=[], help="further texts, such as drafts of a model"
    )
    parser.add_argument("--sheets", type=Path, nargs="*", default=[], help="their sheets, if new")
    parser.add_argument(
        "--publish",
        action="store_true",
        help="picture into assets/plots, numbers into eval/results",
    )
    return parser


def build(options: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Filter, split and write.

    Raises:
        StoreError: a file cannot be read.
    """
    began = time.perf_counter()
    known = dict(sheets(settings.data))
    for path in options.sheets:
        known |= products(path)
    rows, drafted = filtered(options.also, known, settings)
    held = _held(rows)
    files = written(rows, known, held, drafted, options.out)
    validating = Counter(
        str(row.ad.language) for row in rows if not row.dropped and row.ad.sheet in held
    )
    numbers = statistics.counted(rows, validating)
    picture = options.out.with_suffix(".png")
    if options.publish:
        picture = PLOTS / PICTURE
        origin = provenance.here(
            seed=0,
            wall_seconds=time.perf_counter() - began,
            data="data/marketing",
            size=len(rows),
            libraries=("openvino",),
        )
        write(out, [str(provenance.write(NAME, numbers, origin, RESULTS))])
    statistics.draw(rows, picture)
    counts = [f"{name}: {count:,} pairs" for name, count in files.items()]
    return write(out, [*statistics.told(numbers, rows), *counts, str(picture)])


def filtered(
    also: Sequence[Path], known: Mapping[str, Brief], settings: Settings
) -> tuple[list[Row], set[Ad]]:
    """Return all texts with the filter's verdict, and those of `also`; the project's own come first."""
    encoder = shelf().encoder(ENCODER)
    drafted = {ad for path in also for ad in ads(path)}
    found: list[Row] = []
    for language in LANGUAGES:
        own = list(ads(settings.data / "marketing" / f"texts-{language}.jsonl"))
        own += [ad for path in also for ad in ads(path) if ad.language == language]
        found += similarity.rows(own, known, encoder)
    return found, drafted


def written(
    rows: Sequence[Row], known: Mapping[str, Brief], held: set[str], drafted: set[Ad], out: Path
) -> dict[str, int]:
    """Write the pairs of both languages and of each, and return how many each file holds."""
    out.parent.mkdir(parents=True, exist_ok=True)
    counts = {}
    for part, languages in (("", LANGUAGES), *((f"-{one}", (one,)) for one in LANGUAGES)):
        for suffix, validates in (("", False), ("-validation", True)):
            chosen = [
                pairs.pair(row.ad, known, pairs.DRAFTED if row.ad in drafted else pairs.OWN)
                for row in rows
                if not row.dropped
                and row.ad.language in languages
                and (row.ad.sheet in held) == validates
            ]
            path = out.with_stem(f"{out.stem}{part}{suffix}")
            path.write_text(pairs.written(chosen), encoding="utf-8")
            counts[path.name] = len(chosen)
    return counts


def _held(rows: Sequence[Row]) -> set[str]:
    held = set[str]()
    for language in LANGUAGES:
        held |= pairs.held_out([row.ad for row in rows if row.ad.language == language])
    return held
