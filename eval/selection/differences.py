"""How often do frames see a difference, by kind: where there is one, and where there is none?

`python -m eval.selection.differences --cases ../shared/cases/paraphrase_pairs.jsonl` compares the pairs
of `data/requests/train-*.jsonl` and of the file named, and writes eval/results/differences.json: of pairs
that ask for the same and of those that ask for something else, the share with any difference and
with a certain one (which alone refuses), by the kind of the pair; and how often each rule speaks.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samovar.figures import provenance
from samovar.models.shelf import shelf
from samovar.paraphrase.analysis.analysis import analyse
from samovar.paraphrase.analysis.differences import differences
from samovar.paraphrase.analysis.request import Request
from samovar.phrases import LANGUAGES, Language
from samovar.settings import ROOT

FOLDER = ROOT / "data" / "requests"
SIDES = ("same", "other")


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold two texts of one set, the kind of the second and on which side it stands."""

    part: str
    language: Language
    source: str
    text: str
    side: str
    kind: str


def pairs(cases: Path | None) -> Iterator[Pair]:
    """Yield the training pairs of both languages, and those of `cases`, which are English."""
    for language in LANGUAGES:
        for path in sorted(FOLDER.glob(f"train-{language}-*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                group = json.loads(line)
                for side in SIDES:
                    for one in group[side]:
                        part = f"train-{language}"
                        yield Pair(part, language, group["source"], one["text"], side, one["kind"])
    for line in cases.read_text(encoding="utf-8").splitlines() if cases else ():
        row = json.loads(line)
        side = SIDES[0] if row["same"] else SIDES[1]
        yield Pair("cases", "en", row["source"], row["text"], side, "all")


def measured(listed: Sequence[Pair]) -> dict[str, Any]:
    """Return counts by part, side and kind of pair, counts by rule, and milliseconds a text."""
    known: dict[tuple[str, str], Request] = {}
    spent: Counter[str] = Counter()
    texts: Counter[str] = Counter()

    def analysed(text: str, language: Language) -> Request:
        if (text, language) not in known:
            began = time.perf_counter()
            known[text, language] = analyse(text, language, shelf().parser(language))
            spent[language] += int((time.perf_counter() - began) * 1e6)
            texts[language] += 1
        return known[text, language]

    rows: dict[tuple[str, str, str], Counter[str]] = {}
    rules: dict[tuple[str, str], Counter[str]] = {}
    for pair in listed:
        found = differences(*(analysed(text, pair.language) for text in (pair.source, pair.text)))
        counts = Counter(pairs=1, found=bool(found), certain=any(one.certain for one in found))
        for kind in (pair.kind, "any"):
            rows.setdefault((pair.part, pair.side, kind), Counter()).update(counts)
        spoken = dict.fromkeys({one.kind for one in found}, 1)
        rules.setdefault((pair.part, pair.side), Counter()).update(spoken)
    return {
        "rows": [
            {"part": p, "side": s, "kind": k, **dict(c)} for (p, s, k), c in sorted(rows.items())
        ],
        "rules": [{"part": p, "side": s, **dict(c)} for (p, s), c in sorted(rules.items())],
        "milliseconds": {name: spent[name] / 1000 / max(1, texts[name]) for name in sorted(texts)},
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Compare, print the table and write it."""
    parser = argparse.ArgumentParser("python -m eval.selection.differences", description=__doc__)
    parser.add_argument("--cases", type=Path, help="JSON Lines of source, text, same")
    given = parser.parse_args(argv)
    began = time.perf_counter()
    for language in LANGUAGES:  # loading is not the cost of a text
        analyse("7", language, shelf().parser(language))
    listed = list(pairs(given.cases))
    result = measured(listed)
    for row in result["rows"]:
        share = row["found"] / row["pairs"], row["certain"] / row["pairs"]
        name = f"{row['part']:9} {row['side']:6} {row['kind']:15}"
        print(f"{name} {row['pairs']:5} found {share[0]:.3f} certain {share[1]:.3f}")
    print("milliseconds a text:", {k: round(v, 1) for k, v in result["milliseconds"].items()})
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data="data/requests/train-*" + (f", {given.cases.name}" if given.cases else ""),
        size=len(listed),
        libraries=("spacy", "slovnet", "pymorphy3", "text2num"),
    )
    print(provenance.write("differences", result, origin))


if __name__ == "__main__":
    main()
