"""Build the pairs that a small chat model learns rewording from: `python -m training.pairs --out FILE`.

python -m training.pairs --language en --rewordings runs/rewordings/en.jsonl --out build/pairs-en.jsonl

Every two texts that ask for the same make a pair, those written for this project and those of a larger model
(see training.rewordings) whose verdict is sure enough. A pair that hardly changes a word is left out: the
tool puts an opening before a command by itself. So is one that keeps hardly any, or is much shorter or
longer: small models that read such pairs wrote freely and lost what was asked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import permutations
from pathlib import Path
from typing import IO

from samovar.command.terminal import run, write
from samovar.errors import InputError
from samovar.paraphrase.validation.words import pinc, words
from samovar.phrases import LANGUAGES, Language, Phrase
from samovar.settings import ROOT
from training.corpora import requests
from training.corpora.files import records
from training.corpora.shipped import basket, normal

OWN_RU = ROOT / "data" / "paraphrase" / "pairs-ru.jsonl"
SURE = 0.8
"""Probability from which on a larger model's rewording counts as one."""
NEW = 0.4
"""Share of n-grams of the target that its source lacks, at least."""
KEPT = 0.5
"""Share of the words of the source whose beginnings the target has, too, at least."""
BEGINNING = 4
"""Letters that two forms of a word share."""
LENGTHS = (0.7, 1.5)
"""Words of the target per word of the source."""
NONE = Phrase("No pair is left.", "Не осталось ни одной пары.")
WRITE_SOME = Phrase(
    "Write pairs into data/requests, or name a file of rewordings.",
    "Запишите пары в data/requests или укажите файл перефразировок.",
)


def groups(language: Language, rewordings: Path | None) -> Iterator[tuple[str, list[str]]]:
    """Yield (origin, texts) of texts that ask for the same, the request first."""
    for source, same in requests.rewordings(language):
        yield "samovar", [source, *same]
    if language == "ru":
        listed: dict[str, list[str]] = {}
        for row in records(OWN_RU):
            listed.setdefault(row["source"], []).append(row["target"])
        yield from (("samovar", [source, *same]) for source, same in listed.items())
    for row in records(rewordings) if rewordings else ():
        sure = [one["text"] for one in row["rewordings"] if one["probability"] >= SURE]
        yield row["origin"], [row["source"], *sure]


def pairs(
    found: Iterable[tuple[str, Sequence[str]]], language: Language, taken: Set[str]
) -> Iterator[dict[str, str]]:
    """Yield the pairs of each group, none with a text that is `taken`, each once."""
    seen = set[tuple[str, str]]()
    for origin, texts in found:
        for source, target in permutations(texts, 2):
            key = normal(source), normal(target)
            if key not in seen and not {*key} & taken and learnable(source, target):
                seen.add(key)
                yield {
                    "source": source,
                    "target": target,
                    "language": language,
                    "origin": origin,
                }


def learnable(source: str, target: str) -> bool:
    """Tell whether a small model can learn to reword from this pair.

    >>> learnable("Turn the lamp off at nine.", "At nine, switch the lamp off.")
    True
    >>> learnable("Turn the lamp off at nine.", "Nine o'clock: darkness!")
    False
    """
    old, new = words(source), words(target)
    if not old or not LENGTHS[0] <= len(new) / len(old) <= LENGTHS[1]:
        return False
    there = {word[:BEGINNING] for word in new}
    kept = sum(word[:BEGINNING] in there for word in old) / len(old)
    return kept >= KEPT and pinc(source, target) >= NEW


def build(args: argparse.Namespace, out: IO[str]) -> int:
    """Write the pairs of one language.

    Raises:
        InputError: there are none.
    """
    found = groups(args.language, args.rewordings)
    rows = list(pairs(found, args.language, basket(args.language)))
    if not rows:
        raise InputError(NONE, WRITE_SOME)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    args.out.write_text("".join(lines), encoding="utf-8")
    return write(out, [f"{len(rows):,} pairs in {args.out}"])


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(prog="python -m training.pairs", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines file to write")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--rewordings", type=Path, help="file of training.rewordings")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Parse the arguments and write the pairs; return the exit code."""
    args = arguments(argv)
    return run(lambda settings, out: build(args, out))


if __name__ == "__main__":
    sys.exit(main())
