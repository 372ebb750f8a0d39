"""One scorer for all taggers: the page, the command line and eval/ner.py use it.

python -m samovar.ner.score --gold FILE --taggers crf,spacy --json
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import numpy as np

from samovar import checks
from samovar.command import terminal
from samovar.command.json_lines import written
from samovar.figures import statistics
from samovar.files.source import File
from samovar.ner.annotated import gold
from samovar.ner.annotated.gold import Annotated
from samovar.ner.scoring import counts, footprint
from samovar.ner.scoring.counts import RULES, Floats, Rule
from samovar.ner.tagging.labels import NAMES, converted
from samovar.ner.tagging.taggers import TAGGERS, tagger
from samovar.phrases import LANGUAGES, Phrase
from samovar.records import Markup, to_json
from samovar.settings import Settings

DRAWS = 1000
GIVEN = Phrase("file with gold labels", "файл с верной разметкой")
CHOSEN = Phrase("taggers, separated by commas", "модели через запятую")
MEMORY = Phrase(
    "measure memory, too: each tagger starts once in a process of its own",
    "измерить и память: каждая модель один раз запускается в отдельном процессе",
)
MACHINE = Phrase("print JSON", "вывести JSON")


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold precision, recall and F1 with the 95 % bootstrap interval of F1 over texts."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    found: int
    known: int


@dataclass(frozen=True, slots=True)
class Score:
    """Hold what one tagger reaches on annotated texts, and what it costs."""

    tagger: str
    rules: Mapping[Rule, Figure]
    labels: Mapping[str, Figure]
    """By the strict rule."""
    invented: float
    """Names that the text lacks, as a share of all that it named: only a language model has them."""
    unparsed: float
    """Share of texts with output that could not be read."""
    milliseconds: float
    """Mean of a text."""
    disk_mb: float
    memory_mb: float | None = None
    """More memory of a process that has loaded it and tagged a text; None when not measured."""

    @property
    def f1(self) -> float:
        """Return the strict F1."""
        return self.rules["strict"].f1


Tag = Callable[[str, Annotated], Markup]
"""Gets a tagger's name and a text; returns what it finds, with the page's labels."""
Progress = Callable[[int, int], None]


def scores(
    texts: Sequence[Annotated],
    taggers: Sequence[str],
    *,
    labels: Sequence[str] | None = None,
    progress: Progress = lambda done, total: None,
    stop: threading.Event | None = None,
) -> Iterator[Score]:
    """Yield the score of each tagger as it finishes, the table's fast taggers first.

    Scored are `labels`, by default those that `texts` use; other names found count neither way.

    Raises:
        ModelError: the weights of a tagger are missing or altered.
    """
    ordered = [name for name in TAGGERS if name in taggers]
    total = len(ordered) * len(texts)
    for at, name in enumerate(ordered):
        markups: list[Markup] = []
        tagged(name, texts[0], stop)  # loads the weights and warms up: not part of the times
        for annotated in texts:
            if stop and stop.is_set():
                return
            markups.append(tagged(name, annotated, stop))
            progress(at * len(texts) + len(markups), total)
        yield score(name, texts, markups, labels or used(texts))


def tagged(name: str, annotated: Annotated, stop: threading.Event | None = None) -> Markup:
    """Return what the tagger `name` finds in a text, with the page's labels."""
    (markup,) = tagger(name, annotated.language, stop).tag([annotated.text], annotated.language)
    return converted(markup, TAGGERS[name].conversion)


def used(texts: Sequence[Annotated]) -> tuple[str, ...]:
    """Return the labels that `texts` use, in the page's order."""
    there = {span.label for one in texts for span in one.spans}
    return tuple(name for name in NAMES if name in there)


def score(
    name: str, texts: Sequence[Annotated], markups: Sequence[Markup], labels: Sequence[str]
) -> Score:
    """Return the score of one tagger whose answers to `texts` are `markups`."""
    said = [counts.scored(markup.spans, labels) for markup in markups]
    known = [counts.scored(annotated.spans, labels) for annotated in texts]
    rows = np.stack([counts.row(s, k) for s, k in zip(said, known, strict=True)])
    each = np.stack([counts.label_row(s, k, labels) for s, k in zip(said, known, strict=True)])
    invented = sum(len(markup.invented) for markup in markups)
    named = invented + sum(len({span.text for span in markup.spans}) for markup in markups)
    return Score(
        name,
        {rule: figure(rows[:, at]) for at, rule in enumerate(RULES)},
        {label: figure(each[:, at]) for at, label in enumerate(labels)},
        invented / named if named else 0.0,
        sum(not markup.parsed for markup in markups) / len(markups),
        sum(markup.milliseconds for markup in markups) / len(markups),
        footprint.disk_mb(name, {annotated.language for annotated in texts}),
    )


def figure(rows: Floats) -> Figure:
    """Return the figures of `rows`, [texts, (right, found, known)], resampled by text."""
    right, found, known = rows.sum(axis=0)
    interval = statistics.metric(
        len(rows), lambda cases: counts.f1(rows[cases].sum(axis=0)), draws=DRAWS
    )
    return Figure(
        precision=round(float(right / found), 4) if found else 0.0,
        recall=round(float(right / known), 4) if known else 0.0,
        f1=round(interval.value, 4),
        low=round(interval.low, 4),
        high=round(interval.high, 4),
        found=int(found),
        known=int(known),
    )


def as_json(results: Sequence[Score], texts: Sequence[Annotated]) -> dict[str, Any]:
    """Return scores as the command line prints them."""
    return {
        "texts": len(texts),
        "entities": sum(len(annotated.spans) for annotated in texts),
        "labels": list(used(texts)),
        "taggers": {result.tagger: to_json(result) for result in results},
    }


def lines(results: Sequence[Score]) -> list[str]:
    """Return scores as lines for a terminal."""
    said = []
    for result in results:
        memory = "" if result.memory_mb is None else f"  {result.memory_mb:.0f} MB in memory"
        said.append(
            f"{result.tagger}  {result.milliseconds:.1f} ms/text  {result.disk_mb:.1f} MB{memory}"
        )
        for name, own in [*result.rules.items(), *result.labels.items()]:
            said.append(
                f"  {name:<8} F1 {own.f1:.3f} ({own.low:.3f} to {own.high:.3f})"
                f"  P {own.precision:.3f}  R {own.recall:.3f}"
            )
    return said


def main(argv: Sequence[str] | None = None) -> int:
    """Score a file from the command line and return the exit code."""

    def work(settings: Settings, out: IO[str]) -> int:
        parser = terminal.parser("python -m samovar.ner.score", str(__doc__).split("\n")[0], out)
        speak = settings.language
        parser.add_argument("--gold", required=True, metavar="FILE", help=GIVEN.say(speak))
        parser.add_argument("--taggers", metavar="A,B", help=CHOSEN.say(speak))
        parser.add_argument("--memory", action="store_true", help=MEMORY.say(speak))
        parser.add_argument("--json", action="store_true", help=MACHINE.say(speak))
        options = parser.parse_args(argv)
        texts = gold_texts(options.gold)
        results = list(scores(texts, chosen(options.taggers, texts)))
        if options.memory:
            spoken = texts[0].language
            results = [
                replace(result, memory_mb=footprint.memory_mb(result.tagger, spoken))
                for result in results
            ]
        rows = [written(as_json(results, texts))] if options.json else lines(results)
        return terminal.write(out, rows)

    return terminal.run(work)


def gold_texts(path: str) -> list[Annotated]:
    """Return the texts of the file with gold labels.

    Raises:
        InputError: the file cannot be read, or is none.
    """
    return gold.read(File(path, Path(path)))


def chosen(named: str | None, texts: Sequence[Annotated]) -> list[str]:
    """Return the taggers `named`, separated by commas, by default the fast ones good for the languages.

    Raises:
        InputError: one is unknown.
    """
    if named is not None:
        wanted = [name.strip() for name in named.split(",") if name.strip()]
        return checks.choices(wanted, tuple(TAGGERS), "taggers")
    spoken = [name for name in LANGUAGES if any(one.language == name for one in texts)]
    return [
        name
        for name, row in TAGGERS.items()
        if row.by_default
        and row.present()
        and all(language in row.languages for language in spoken)
    ]


if __name__ == "__main__":
    raise SystemExit(main())
