"""Build the training pairs of the paraphrase adapter: `python -m training.pairs --data-dir …`.

Candidates come from sets of commands (the same intent, the same slots) and of paraphrases; filters
take out what changes the meaning or says it in the same words, and at last whatever the tool itself would
refuse. Each prints what it removed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from samovar.command.terminal import run, write
from samovar.errors import InputError
from samovar.models.shelf import Shelf
from samovar.paraphrase.alignment import groups
from samovar.paraphrase.service import validation_models
from samovar.phrases import Language, Phrase
from samovar.settings import ROOT
from training.corpora import paraphrases
from training.corpora.paraphrases import ParaphrasePair
from training.corpora.shipped import basket, normal, own_pairs
from training.lessons.rewordings import candidates, choice, companions, sieve
from training.lessons.rewordings.candidates import Candidate
from training.lessons.rewordings.pointing import pointing
from training.lessons.rewordings.sieve import Sieve
from training.lessons.rewordings.styling import styled
from training.lessons.rewordings.usage import Usage
from training.lessons.rewordings.vectors import Vectors

SYNONYMS = ROOT / "data" / "synonyms"
OWN_RU = ROOT / "data" / "paraphrase" / "pairs-ru.jsonl"
NONE = Phrase("No pair is left.", "Не осталось ни одной пары.")
MORE = Phrase(
    "Sets of unclear licence take part only with --unclear.",
    "Наборы с неясной лицензией участвуют только с --unclear.",
)
PER_TEXT = 3
"""Pairs with the same source, and with the same target."""
PER_INTENT = 60
PER_ORIGIN = 2500


def main(argv: Sequence[str] | None = None) -> int:
    """Parse the arguments and write the pairs; return the exit code."""
    args = _arguments(argv)
    return run(lambda settings, out: _build(args, Shelf(settings), out))


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.pairs", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines file to write")
    parser.add_argument("--language", choices=("en", "ru"), default="en")
    parser.add_argument("--cache", type=Path, help="file that keeps vectors between runs")
    parser.add_argument("--non-commercial", action="store_true", help="also MRPC and ASSET")
    parser.add_argument("--unclear", action="store_true", help="also sets of unclear licence")
    return parser.parse_args(argv)


def _build(args: argparse.Namespace, shelf: Shelf, out: IO[str]) -> int:
    cache = args.cache or args.out.with_suffix(".vectors.npz")
    vectors = Vectors(shelf.encoder(), cache)
    steps = Sieve()
    pairs = _sifted(list(_candidates(args, vectors)), vectors, steps, args.language)
    if args.language == "en":
        commands = candidates.all_commands(args.data_dir)
        pairs = steps.note(
            "with openings", pairs, [*pairs, *companions.english(pairs, commands, basket("en"))]
        )
    checks = validation_models(shelf, args.language)
    pairs = steps.note("checks of the tool", pairs, sieve.checked(checks, pairs))
    own = list(companions.russian(own_pairs(OWN_RU, basket("ru")))) if args.language == "ru" else []
    rows = [*(_row(pair) for pair in pairs), *own]
    if not rows:
        raise InputError(NONE, MORE)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    args.out.write_text("".join(lines), encoding="utf-8")
    report = {
        "language": args.language,
        "non_commercial": args.non_commercial,
        "unclear": args.unclear,
        "entailment": checks.entailment is not None,
        "steps": steps.steps,
        "own": len(own),
        "pairs": len(rows),
    }
    report_path = args.out.with_name(args.out.name + ".report.json")
    report_path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return write(out, [f"{len(rows):,} pairs in {args.out}, counts in {report_path}"])


def _candidates(args: argparse.Namespace, vectors: Vectors) -> Iterator[Candidate]:
    if args.language == "en":
        grouped = candidates.grouped(candidates.all_commands(args.data_dir))
        vectors.add({worded.spoken for group in grouped for worded in group})
        yield from candidates.pairs(grouped, vectors)
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
    steps: Sieve,
    language: Language,
) -> list[Candidate]:
    """Run every filter, the cheap ones first."""
    pairs = steps.note("candidates", start, start)
    pairs = steps.run("similarity", pairs, sieve.similar)
    pairs = steps.run("length", pairs, sieve.sized)
    pairs = steps.run("lexical overlap", pairs, sieve.new_words)
    taken = basket(language)
    pairs = steps.run(
        "basket", pairs, lambda pair: not {normal(pair.source), normal(pair.target)} & taken
    )
    pairs = steps.run("numbers", pairs, sieve.numbered)
    pairs = steps.run("names and codes", pairs, sieve.named)
    pairs = steps.run("negation and relations", pairs, sieve.turned)
    pairs = steps.run("speech act", pairs, sieve.acting)
    pairs = steps.run("form", pairs, sieve.formed)
    pairs = steps.run("tense and pointing", pairs, pointing)
    usage = Usage(pair.target for pair in start if pair.kind == "command")
    pairs = steps.run(
        "spelling", pairs, lambda pair: _sentence(pair) or usage.spelled(pair.source, pair.target)
    )
    pairs = steps.run(
        "unusual wording", pairs, lambda pair: _sentence(pair) or usage.usual(pair.target)
    )
    known = groups(SYNONYMS / f"{language}.txt", language)
    pairs = steps.run("words without a partner", pairs, sieve.aligned(vectors, known, pairs))
    pairs = steps.note("few per text", pairs, choice.few_each(pairs, PER_TEXT))
    return steps.note("balance", pairs, choice.balanced(pairs, PER_INTENT, PER_ORIGIN))


def _sentence(pair: Candidate) -> bool:
    return pair.kind == "sentence"


def _row(pair: Candidate) -> dict[str, str]:
    source, target = (
        styled(pair.source, pair.target) if pair.kind == "command" else (pair.source, pair.target)
    )
    return {
        "source": source,
        "target": target,
        "language": pair.language,
        "origin": pair.origin,
        "kind": pair.kind,
    }


if __name__ == "__main__":
    sys.exit(main())
