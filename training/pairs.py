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


def build(args: argparse.Namespace, shelf: Shelf, out: IO[str]) -> int:
    """Make candidates, sift them, let the tool check them, and write what is left.

    Raises:
        SamovarError: data or weights are missing, or no pair is left.
    """
    vectors = Vectors(shelf.encoder(), args.cache or args.out.with_suffix(".vectors.npz"))
    steps = Sieve()
    pairs = sifted(list(all_candidates(args, vectors)), vectors, steps, args.language)
    if args.language == "en":
        pairs = steps.note("with openings", pairs, [*pairs, *with_openings(pairs, args.data_dir)])

    checks = validation_models(shelf, args.language)
    pairs = steps.note("checks of the tool", pairs, sieve.checked(checks, pairs))

    own = list(companions.russian(own_pairs(OWN_RU, basket("ru")))) if args.language == "ru" else []
    rows = [*map(row, pairs), *own]
    if not rows:
        raise InputError(NONE, MORE)
    store(args.out, rows)
    counts = {"steps": steps.steps, "own": len(own), "pairs": len(rows)}
    path = report(args, {"entailment": checks.entailment is not None, **counts})
    return write(out, [f"{len(rows):,} pairs in {args.out}, counts in {path}"])


def all_candidates(args: argparse.Namespace, vectors: Vectors) -> Iterator[Candidate]:
    """Yield pairs of commands of the same intent (English), and pairs of paraphrased sentences."""
    if args.language == "en":
        grouped = candidates.grouped(candidates.all_commands(args.data_dir))
        vectors.add({worded.spoken for group in grouped for worded in group})
        yield from candidates.pairs(grouped, vectors)
    yield from candidates.sentences(paraphrased(args), vectors)


def paraphrased(args: argparse.Namespace) -> Iterator[ParaphrasePair]:
    """Yield the pairs of the sets of paraphrases that the command line admits."""
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


def sifted(
    start: list[Candidate], vectors: Vectors, steps: Sieve, language: Language
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
        "spelling", pairs, lambda pair: sentence(pair) or usage.spelled(pair.source, pair.target)
    )
    pairs = steps.run(
        "unusual wording", pairs, lambda pair: sentence(pair) or usage.usual(pair.target)
    )
    known = groups(SYNONYMS / f"{language}.txt", language)
    pairs = steps.run("words without a partner", pairs, sieve.aligned(vectors, known, pairs))
    pairs = steps.note("few per text", pairs, choice.few_each(pairs, PER_TEXT))
    return steps.note("balance", pairs, choice.balanced(pairs, PER_INTENT, PER_ORIGIN))


def sentence(pair: Candidate) -> bool:
    """Tell whether the pair is no command: what is usual in those says nothing about it."""
    return pair.kind == "sentence"


def with_openings(pairs: Sequence[Candidate], data_dir: Path) -> list[Candidate]:
    """Return targets and commands behind openings, such as "please", and longer requests of them."""
    commands = candidates.all_commands(data_dir)
    return list(companions.english(pairs, commands, basket("en")))


def row(pair: Candidate) -> dict[str, str]:
    """Return the line of a pair; see `styled` for commands."""
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


def store(path: Path, rows: Sequence[dict[str, str]]) -> None:
    """Write `rows` as JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in rows)
    path.write_text("".join(lines), encoding="utf-8")


def report(args: argparse.Namespace, counts: dict[str, object]) -> Path:
    """Write what took part and what each filter removed beside the pairs, and return the path."""
    asked = {name: getattr(args, name) for name in ("language", "non_commercial", "unclear")}
    path = Path(args.out).with_name(args.out.name + ".report.json")
    text = json.dumps({**asked, **counts}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(prog="python -m training.pairs", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines file to write")
    parser.add_argument("--language", choices=("en", "ru"), default="en")
    parser.add_argument("--cache", type=Path, help="file that keeps vectors between runs")
    parser.add_argument("--non-commercial", action="store_true", help="also MRPC and ASSET")
    parser.add_argument("--unclear", action="store_true", help="also sets of unclear licence")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Parse the arguments and write the pairs; return the exit code."""
    args = arguments(argv)
    return run(lambda settings, out: build(args, Shelf(settings), out))


if __name__ == "__main__":
    sys.exit(main())
