"""The validator alone: do these two texts ask for the same, and if not, what differs?

`python -m samovar.paraphrase.check --pairs FILE.jsonl --json` reads lines `{source, text}` and
writes lines `{accepted, score, similarity, reasons}` in the same order; a line that cannot be checked
gives `{"error": "...", "line": 3}` in its place. `--fast` leaves the larger chat model out.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from tqdm import tqdm

from samovar import checks
from samovar.command import terminal
from samovar.command.json_lines import BROKEN, FAILED, read, source_stream, written
from samovar.errors import InputError, SamovarError
from samovar.language import detect_or_english
from samovar.models.shelf import Shelf, shelf
from samovar.paraphrase.generation.larger import Larger
from samovar.paraphrase.nlu.marks import unmarked
from samovar.paraphrase.service import validator
from samovar.paraphrase.validation.measured import Measured
from samovar.paraphrase.validation.rules import lost_slots
from samovar.paraphrase.validation.validator import Validator
from samovar.phrases import Language, Phrase
from samovar.records import Reason, Span, to_json
from samovar.settings import Settings

LIMIT = 2000
"""Characters of a text: a long sentence of an encyclopedia or a short paragraph."""
BATCH = 128
"""Lines checked together."""
ABOUT = Phrase(
    "Check pairs of texts: do both say the same?", "Проверить пары текстов: говорят ли они одно?"
)
PAIRS = Phrase(
    "JSON Lines of {{source, text}}; - is stdin", "строки JSON {{source, text}}; - это stdin"
)
MACHINE = Phrase("print JSON", "вывести JSON")
FAST = Phrase(
    "leave the larger chat model out: a hundred times faster, and more often wrong",
    "без большой модели: в сто раз быстрее, но ошибок больше",
)
ABSENT = Phrase("`{name}` is missing.", "Не хватает «{name}».")
LIKE = Phrase(
    'Write it like {{"source": "…", "text": "…"}}.', 'Запишите так: {{"source": "…", "text": "…"}}.'
)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold one pair to check; slots of the source are no longer marked in it."""

    source: str
    text: str
    language: Language
    slots: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what the validator found about one pair."""

    accepted: bool
    score: float
    """Probability that both ask for the same."""
    similarity: float
    """Cosine by the encoder."""
    reasons: tuple[Reason, ...]


def asked(source: object, text: object) -> Asked:
    """Check the arguments; slots may be marked as in `[Porto](city)`.

    Raises:
        InputError: an argument is no text, blank, or too long.
    """
    plain, slots = unmarked(" ".join(checks.text(source, LIMIT, "source").split()))
    other, _ = unmarked(" ".join(checks.text(text, LIMIT, "text").split()))
    return Asked(plain, other, detect_or_english(plain), slots)


def verdicts(pairs: Sequence[Asked], models: Shelf, *, fast: bool = False) -> list[Verdict]:
    """Return the verdict about each pair; those of one language are measured together.

    `fast` leaves the larger chat model out, which takes a third of a second a pair.

    Raises:
        ModelError: a model is missing or damaged.
    """
    checked: dict[int, Verdict] = {}
    larger = None if fast else Larger.found(models)
    for language in dict.fromkeys(pair.language for pair in pairs):
        own = validator(models, language, larger)
        places = [at for at, pair in enumerate(pairs) if pair.language == language]
        measured = own.measured([(pairs[at].source, pairs[at].text) for at in places])
        found = dict(zip(places, measured, strict=True))
        for at in sorted(
            places, key=lambda at: pairs[at].source
        ):  # a request is read once for its texts
            checked[at] = _verdict(found[at], pairs[at].slots, own)
    return [checked[at] for at in range(len(pairs))]


def answer(source: str, out: IO[str], language: Language, as_json: bool, fast: bool) -> None:
    """Write the verdict about every line of `source` (a path, or - for stdin) to `out`.

    Raises:
        InputError: the file cannot be read.
    """
    bad = number = 0
    with (
        source_stream(source) as (stream, total),
        tqdm(total=total, unit="pair", file=sys.stderr) as bar,
    ):
        for lines in _batches(stream):
            for result in _answered(lines, number + 1, language, fast):
                number += 1
                bad += not isinstance(result, Verdict)
                out.write((written(to_json(result)) if as_json else _said(result)) + "\n")
            out.flush()
            bar.update(len(lines))
    if bad:
        print(FAILED.say(language, bad=bad, all=number), file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    return terminal.run(lambda settings, out: _main(argv, settings, out))


def _main(argv: Sequence[str] | None, settings: Settings, out: IO[str]) -> int:
    language = settings.language
    parser = terminal.parser("python -m samovar.paraphrase.check", ABOUT.say(language), out)
    parser.add_argument("--pairs", metavar="FILE", required=True, help=PAIRS.say(language))
    parser.add_argument("--json", action="store_true", help=MACHINE.say(language))
    parser.add_argument("--fast", action="store_true", help=FAST.say(language))
    given = parser.parse_args(argv)
    answer(given.pairs, out, language, given.json, given.fast)
    return 0


def _batches(stream: Iterable[bytes]) -> Iterator[list[bytes]]:
    lines = iter(stream)
    while batch := list(islice(lines, BATCH)):
        yield batch


def _answered(
    lines: Sequence[bytes], first: int, language: Language, fast: bool
) -> list[Verdict | Mapping[str, Any]]:
    """Return the verdict about each line, an error object where there is none."""
    results: list[Verdict | Mapping[str, Any]] = []
    pairs: dict[int, Asked] = {}
    for at, line in enumerate(lines):
        results.append({})
        try:
            pairs[at] = _asked(read(line, "source"))
        except SamovarError as error:
            results[at] = {"error": error.say(language), "line": first + at}
    try:
        for at, verdict in zip(pairs, verdicts([*pairs.values()], shelf(), fast=fast), strict=True):
            results[at] = verdict
    except Exception:  # a long batch must not die of one pair: each is checked alone
        log.debug("lines from %d", first, exc_info=True)
        for at, pair in pairs.items():
            results[at] = _alone(pair, first + at, language, fast)
    return results


def _alone(pair: Asked, number: int, language: Language, fast: bool) -> Verdict | Mapping[str, Any]:
    try:
        return verdicts([pair], shelf(), fast=fast)[0]
    except SamovarError as error:
        return {"error": error.say(language), "line": number}
    except Exception as error:
        log.exception("line %d", number)
        return {"error": BROKEN.say(language, kind=type(error).__name__), "line": number}


def _asked(arguments: Mapping[str, Any]) -> Asked:
    """Read the two texts; other fields, such as an id, are allowed and not read."""
    for name in ("source", "text"):
        if name not in arguments:
            raise InputError(ABSENT, LIKE, name=name)
    return asked(arguments["source"], arguments["text"])


def _verdict(pair: Measured, slots: Sequence[Span], own: Validator) -> Verdict:
    confirmed = own.confirmed(pair)
    reasons = (*lost_slots(confirmed, slots), *own.against(confirmed))
    score = round(own.probability(confirmed), 4)
    return Verdict(not reasons, score, round(pair.similarity, 4), reasons)


def _said(result: Verdict | Mapping[str, Any]) -> str:
    """Return a verdict as a line of text: + accepted, - rejected with its reasons."""
    if not isinstance(result, Verdict):
        return f"! {result['error']}"
    reasons = "; ".join(f"{r.check}: {r.value} ({r.threshold})" for r in result.reasons)
    sign = "+" if result.accepted else "-"
    return f"{sign} {result.score:.2f}" + (f"   {reasons}" if reasons else "")


if __name__ == "__main__":
    raise SystemExit(main())
