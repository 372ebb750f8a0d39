"""Turn transcripts into the talks that a character's adapter learns: `python -m training.conversations`.

python -m training.conversations --data-dir ../shared/datasets --character house --out build/house.jsonl
python -m training.conversations --file play.txt --name Anna --out build/anna.jsonl

Writes the pairs that train to FILE, those of the held-out seasons to FILE-validation and FILE-test, prints
what the transcript holds and draws it. No text of a transcript belongs into the repository.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from samovar.character.grounding.facts import read_facts
from samovar.character.persona import CHARACTERS
from samovar.command.terminal import run, write
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.settings import ROOT, Settings
from training.corpora import transcripts
from training.lessons.character import statistics, talks
from training.lessons.character.lines import cleaned
from training.lessons.character.notes import Notes
from training.lessons.character.series import SERIES, Series
from training.lessons.character.windows import Cut

PLOTS = ROOT / "assets" / "plots"
OWN = "own_transcript"
"""Origin of what a user feeds."""


def main(argv: Sequence[str] | None = None) -> int:
    """Write the pairs and return the exit code."""
    options = arguments().parse_args(argv)
    return run(lambda settings, out: build(options, settings, out))


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser("python -m training.conversations", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines file to write")
    parser.add_argument("--character", choices=list(SERIES), default="house", help="whose prompt")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data-dir", type=Path, help="folder of the data sets")
    source.add_argument("--file", type=Path, help="a transcript of one's own, or a folder of them")
    parser.add_argument(
        "--name", help="who the character is in --file; default: that of --character"
    )
    parser.add_argument("--called", nargs="*", default=[], help="other names of his in --file")
    parser.add_argument("--context", type=int, default=Cut().context, help="earlier turns at most")
    parser.add_argument(
        "--shortest", type=int, default=Cut().shortest, help="words of a reply at least"
    )
    parser.add_argument(
        "--named", action="store_true", help="put the others' names before their lines"
    )
    parser.add_argument("--alone", action="store_true", help="only talks with one other person")
    parser.add_argument("--without-facts", action="store_true", help="no facts beside any talk")
    parser.add_argument(
        "--publish",
        action="store_true",
        help="picture into assets/plots, numbers into eval/results",
    )
    return parser


def build(options: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Write the pairs of all parts with their picture, and print the numbers.

    Raises:
        InputError: the transcript cannot be read, or the character answers nobody in it.
        StoreError: the character's fact base cannot be read.
    """
    began = time.perf_counter()
    series = chosen(options)
    read = transcripts.read(options.file or options.data_dir / series.origin)
    clean = cleaned(read, series)
    cut = Cut(options.context, options.shortest, options.named, options.alone)
    found = talks.talks(clean.lines, series, cut)
    files = written(found, series, talks.spoken_language(clean.lines), options, settings)
    numbers = statistics.counted(len(read), clean, found, series.speaker)
    picture = options.out.with_suffix(".png")
    if options.publish:
        picture = PLOTS / f"transcripts-{series.slug}.png"
        origin = provenance.here(
            seed=0,
            wall_seconds=time.perf_counter() - began,
            data=series.origin,
            size=len(read),
            libraries=("scikit-learn",),
        )
        provenance.write(f"transcripts-{series.slug}", {**numbers, "pairs": files}, origin, RESULTS)
    statistics.draw(numbers, clean.lines, picture)
    rows = [f"{name}: {count:,} pairs" for name, count in files.items()]
    return write(out, [*statistics.told(numbers), *rows, str(picture)])


def chosen(options: argparse.Namespace) -> Series:
    """Return the series, with the origin and the speaker of a file of one's own."""
    row = SERIES[options.character]
    if not options.file:
        return replace(row, speaker=options.name or row.speaker)
    name = options.name or row.speaker
    return Series(row.slug, name, OWN, {other.lower(): name for other in options.called})


def written(
    found: talks.Talks, series: Series, tongue: Any, options: argparse.Namespace, settings: Settings
) -> dict[str, int]:
    """Write the files and return how many pairs each holds; the held-out parts have no facts."""
    notes, further = None, []
    character = CHARACTERS[series.slug]
    if not options.without_facts and not options.file and isinstance(character.facts, Path):
        facts = read_facts(settings.data / character.facts)
        notes, further = Notes(facts, character.called), talks.of_facts(facts, character)
    counts = {}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    for part in talks.PARTS:
        training = part == talks.PARTS[0]
        rows = talks.pairs(found.parts[part], series, tongue, notes if training else None)
        rows += further if training else []
        path = options.out if training else options.out.with_stem(f"{options.out.stem}-{part}")
        path.write_text(talks.written(rows), encoding="utf-8")
        counts[path.name] = len(rows)
    return counts


if __name__ == "__main__":
    sys.exit(main())
