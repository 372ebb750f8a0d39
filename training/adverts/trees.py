"""Statements as lessons of the larger judge: a sheet is the trunk, its statements are the branches."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from samovar.marketing.checks.larger.prompt import SUPPORTED, UNSUPPORTED, line, turns
from samovar.marketing.facts.brief import Brief
from samovar.models.chat.vocabulary import Vocabulary
from training.adverts import corpus
from training.adverts.corpus import Statement
from training.lessons.chat.trees import Prompted, Verdicts

SEED = 0


@dataclass(frozen=True, slots=True)
class Read:
    """Say how many statements of each sheet are read."""

    statements: int
    """Of those that people wrote for the judges."""
    said: int
    """Sentences of the advertising texts, all of them right."""
    asked: int
    """Of those about a held-out sheet."""


def verdicts(vocabulary: Vocabulary) -> Verdicts:
    """Return the ids of the two verdicts: the sheet supports a statement, or not."""
    return Verdicts.of(vocabulary, SUPPORTED, UNSUPPORTED)


def prompts(data: Path, held_out: int, most: Read) -> tuple[list[Prompted], list[Prompted]]:
    """Return the sheets that train and those that are held out, each with its statements."""
    sheets = corpus.sheets(data)
    training, held = corpus.parts(corpus.written(data), held_out)
    tried, _ = corpus.parts(corpus.development(data), held_out)
    said, _ = corpus.parts(corpus.sentences_of_texts(data), held_out)
    own = _by_sheet([*training, *tried], most.statements)
    further = _by_sheet(said, most.said)
    learnt = {sheet: [*listed, *further.get(sheet, ())] for sheet, listed in own.items()}
    return _prompted(learnt, sheets), _prompted(_by_sheet(held, most.asked), sheets)


def _by_sheet(statements: Iterable[Statement], most: int) -> dict[str, list[Statement]]:
    """Return at most so many different statements of each sheet, the same ones each time."""
    by_sheet: dict[str, dict[str, Statement]] = defaultdict(dict)
    for one in statements:
        by_sheet[one.sheet].setdefault(one.text, one)
    return {
        sheet: random.Random(f"{SEED}/{sheet}").sample([*own.values()], min(most, len(own)))
        for sheet, own in sorted(by_sheet.items())
    }


def _prompted(
    listed: Mapping[str, Sequence[Statement]], sheets: Mapping[str, Brief]
) -> list[Prompted]:
    """Return each sheet with its statements, in the language of the first."""
    return [
        Prompted(
            turns(sheets[sheet], own[0].language),
            tuple((line(one.text), one.fault is None) for one in own),
        )
        for sheet, own in listed.items()
        if own
    ]
