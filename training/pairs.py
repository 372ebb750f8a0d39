"""Build the training pairs of the paraphrase adapter: `python -m training.pairs --data-dir …`.

Candidates come from sets of commands (the same intent, the same slots) and of paraphrases; filters
take out what changes the meaning or says it in the same words. Each prints what it removed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from samovar.models.base import EntailmentModel
from samovar.models.shelf import Shelf
from samovar.paraphrase.alignment import groups
from samovar.paraphrase.words import words
from samovar.phrases import Language
from samovar.settings import ROOT
from samovar.terminal import run
from training.corpora import candidates, paraphrases, sieve
from training.corpora.candidates import Candidate
from training.corpora.files import records
from training.corpora.paraphrases import ParaphrasePair
from training.corpora.sieve import Sieve
from training.corpora.styling import styled
from training.corpora.vectors import Vectors

BASKET = ROOT / "data" / "basket"
SYNONYMS = ROOT / "data" / "synonyms"
OWN_RU = ROOT / "data" / "paraphrase" / "pairs-ru.jsonl"
PER_TEXT = 2
"""Pairs with the same source, and with the same target."""
PER_INTENT = 80
PER_ORIGIN = 2500


def main(argv: Sequence[str] | None = None) -> int:
    """Parse the arguments and write the pairs; return the exit code."""
    return run(lambda settings, out: _build(_arguments(argv), Shelf(settings)))


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.pairs", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines file to write")
    parser.add_argument("--language", choices=("en", "ru"), default="en")
    parser.add_argument("--cache", type=Path, help="file that keeps vectors between runs")
    parser.add_argument("--entailment", action="store_true", help="ask the entailment adapter too")
    parser.add_argument("--non-commercial", action="store_true", help="also MRPC and ASSET")
    parser.add_argument("--unclear", action="store_true", help="also sets of unclear licence")
    return parser.parse_args(argv)


def _build(args: argparse.Namespace, shelf: Shelf) -> int:
    cache = args.cache or args.out.with_suffix(".vectors.npz")
    vectors = Vectors(shelf.encoder(), cache)
    judge = _judge(shelf) if args.entailment else None
    steps = Sieve()
    found = _sifted(list(_candidates(args, vectors)), vectors, judge, steps, args.language)
    own = list(_own(OWN_RU)) if args.language == "ru" else []
    rows = [*(_row(one) for one in found), *own]
    args.out.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    args.out.write_text("".join(lines), encoding="utf-8")
    report = {
        "language": args.language,
        "non_commercial": args.non_commercial,
        "unclear": args.unclear,
        "entailment": judge is not None,
        "steps": steps.steps,
        "own": len(own),
        "pairs": len(rows),
    }
    report_path = args.out.with_name(args.out.name + ".report.json")
    report_path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(rows):,} pairs in {args.out}, counts in {report_path}")
    return 0


def _candidates(args: argparse.Namespace, vectors: Vectors) -> Iterator[Candidate]:
    if args.language == "en":
        found = candidates.grouped(candidates.all_commands(args.data_dir))
        vectors.add({one.spoken for group in found for one in group})
        yield from candidates.pairs(found, vectors)
    yield from candidates.sentences(_sentences(args), vectors)


def _sentences(args: argparse.Namespace) -> Iterator[ParaphrasePair]:
    folder = args.data_dir
    if args.language == "ru":
        if args.unclear:
            yield from paraphrases.read_paraphraser_ru(folder / "paraphraser_ru")
            yield from paraphrases.read_rusimplesenteval(folder / "rusimplesenteval")
        return
    yield from paraphrases.read_pawsx_en(folder / "pawsx_en")
    if args.non_commercial:
        yield from paraphrases.read_mrpc(folder / "mrpc")
        yield from paraphrases.read_asset(folder / "asset")
    if args.unclear:
        yield from paraphrases.read_stackfaq(folder / "stackfaq")


def _sifted(
    start: list[Candidate],
    vectors: Vectors,
    judge: EntailmentModel | None,
    steps: Sieve,
    language: Language,
) -> list[Candidate]:
    """Run every filter, the cheap ones first."""
    found = steps.note("candidates", start, start)
    found = steps.run("similarity", found, sieve.similar)
    found = steps.run("length", found, sieve.sized)
    found = steps.run("lexical overlap", found, sieve.new_words)
    basket = _basket(language)
    found = steps.run(
        "basket", found, lambda one: not {_normal(one.source), _normal(one.target)} & basket
    )
    found = steps.run("numbers", found, sieve.numbered)
    found = steps.run("names and codes", found, sieve.named)
    found = steps.run("negation and relations", found, sieve.turned)
    found = steps.run("speech act", found, sieve.acting)
    found = steps.run("form", found, sieve.formed)
    if language == "en":
        spelled = sieve.spelling(one.target for one in start if one.kind == "command")
        found = steps.run("spelling", found, lambda one: one.kind != "command" or spelled(one))
    known = groups(SYNONYMS / f"{language}.txt", language)
    found = steps.run("words without a partner", found, sieve.aligned(vectors, known, found))
    if judge is None:
        print("two-way entailment            skipped: not asked for, or no adapter here")
    else:
        found = steps.note("two-way entailment", found, sieve.entailed(judge, found))
    found = steps.note("few per text", found, sieve.few_each(found, PER_TEXT))
    return steps.note("balance", found, sieve.balanced(found, PER_INTENT, PER_ORIGIN))


def _judge(shelf: Shelf) -> EntailmentModel | None:
    """Return the entailment model of this machine, if this version and this machine have one."""
    found = getattr(shelf, "entailment", lambda: None)()
    return cast(EntailmentModel | None, found)


def _row(one: Candidate) -> dict[str, str]:
    source, target = (
        styled(one.source, one.target) if one.kind == "command" else (one.source, one.target)
    )
    return {
        "source": source,
        "target": target,
        "language": one.language,
        "origin": one.origin,
        "kind": one.kind,
    }


def _own(path: Path) -> Iterator[dict[str, str]]:
    """Yield the pairs written for this project, where there are any, in both directions."""
    if not path.is_file():
        print(f"own pairs                     none: {path.name} does not exist")
        return
    for row in records(path):
        for source, target in ((row["source"], row["target"]), (row["target"], row["source"])):
            yield {
                "source": source,
                "target": target,
                "language": "ru",
                "origin": "samovar",
                "kind": "command",
            }


def _basket(language: Language) -> set[str]:
    return {_normal(row["text"]) for row in records(BASKET / f"commands-{language}.jsonl")}


def _normal(text: str) -> str:
    return " ".join(words(text))


if __name__ == "__main__":
    sys.exit(main())
