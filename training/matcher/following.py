"""Fit the weights by which a question that leans on the talk finds its fact.

They learn from data/characters/*/followed.jsonl. Each follow-up is asked behind a question about the fact
before it and the character's words about that.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from samovar import language as languages
from samovar.character.grounding import following
from samovar.character.grounding.following import ABOUT, MEASURES, measures
from samovar.character.grounding.matcher import Matcher
from samovar.character.grounding.people import FILE, read_people
from samovar.character.grounding.questions import subject
from samovar.character.grounding.repertoire import Words
from samovar.character.grounding.retrieval import FactBase
from samovar.character.speech.address import addressed
from samovar.models.base import Encoder
from samovar.phrases import LANGUAGES, Phrase
from samovar.records import Fact, Turn
from training.matcher.regression import deciding, ranking

FOLLOWED = "followed.jsonl"
LINES = "lines-development.jsonl"
TALKS = 3
"""Behind so many talks each message of small talk is put."""
HELD_OUT = 3
"""One line in so many does not train."""
PENALTY = 1e-4
STEPS = 60
BATCH = 64


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Hold a question that leans on a talk, and the fact that answers it."""

    line: int
    """In the file; its wordings in both languages train, or none."""
    talk: str
    question: str
    named: str
    """The same with names for pronouns, and the character's for "you"."""
    told: str
    """Id of the fact before it, if the character has told it whole."""
    fact: str
    """Of none: empty."""


def followed(folder: Path, name: Phrase, facts: Sequence[Fact], words: Words) -> Iterator[FollowUp]:
    """Yield follow-ups of the character `name`, each behind a question that leads to it.

    One wording of each is enough for so few weights.
    """
    people, chance = read_people(folder / FILE), random.Random(0)
    texts = {fact.id: fact for fact in facts}
    with (folder / FOLLOWED).open(encoding="utf-8") as source:
        for line, row in enumerate(map(json.loads, source)):
            before = texts[row["before"]]
            asked = [one for one in words.asked.get(before.id, ()) if one] or [before.text]
            for language in LANGUAGES:
                said = words.sayings.get(before.id)
                told = said.say(language) if said else before.said(language)
                own = [one for one in asked if languages.detect(one) == language] or asked
                question = row[language][line % len(row[language])]
                history = (Turn("user", chance.choice(own)), Turn("assistant", told))
                named = subject(people.resolved(question, history, language), language)
                yield FollowUp(
                    line,
                    " ".join(turn.text for turn in history),
                    question,
                    addressed(named, name.say(language), language),
                    before.id if said else "",
                    row["fact"],
                )


def small_talk(folder: Path, asked: Sequence[FollowUp]) -> Iterator[FollowUp]:
    """Yield the development messages of small talk, each behind the talks of TALKS of `asked`."""
    chance = random.Random(0)
    with (folder / LINES).open(encoding="utf-8") as source:
        for row in map(json.loads, source):
            for one in chance.sample(asked, TALKS):
                message = row["message"]
                yield replace(one, question=message, named=message, fact="")


def fit(base: FactBase, encoder: Encoder, asked: Sequence[FollowUp]) -> dict[str, Any]:
    """Return the weights of the measures, and how many held-out questions find their fact, or rightly none.

    Raises:
        ModelError: the base has no matcher.
    """
    assert base.matcher is not None
    parts = [asked[start : start + BATCH] for start in range(0, len(asked), BATCH)]
    found = np.concatenate([_measured(base, base.matcher, encoder, part) for part in parts])
    ids = [fact.id for fact in base.facts]
    right = np.array([ids.index(one.fact) if one.fact else -1 for one in asked])
    held = np.array([one.line % HELD_OUT == 0 for one in asked])
    some = ~held & (right >= 0)
    ranked = ranking(torch.from_numpy(found[some]), torch.from_numpy(right[some]), PENALTY, STEPS)
    facts = dict(zip(MEASURES, ranked.tolist(), strict=True))
    likely = following.chances(found, facts)
    questions = [one.question for one in asked]
    own = following.about(base, base.matcher, encoder, questions, found, likely.argmax(axis=1))
    sure = deciding(
        torch.from_numpy(own[~held]), torch.from_numpy(right[~held] >= 0), PENALTY, STEPS
    )
    weights = {"facts": facts, "about": dict(zip(ABOUT, sure.tolist(), strict=True))}
    return {
        "weights": weights,
        **_tried(likely[held], following.asked(own[held], weights["about"]), right[held]),
    }


def _tried(
    likely: NDArray[np.float32], sure: NDArray[np.float32], right: NDArray[np.int64]
) -> dict[str, float]:
    """Return how many questions find their fact, and how many messages of small talk find none."""
    about = right >= 0
    own = likely[about][np.arange(about.sum()), right[about]]
    better = (likely[about] > own[:, None]).sum(axis=1)

    def share(true: NDArray[np.bool_]) -> float:
        return round(float(true.mean()), 4) if len(true) else 0.0

    return {
        "held_out": int(about.sum()),
        "first": share(better == 0),
        "among_three": share(better < 3),
        "taken_for_small_talk": share(sure[about] < 0.5),
        "small_talk": int((~about).sum()),
        "left_alone": share(sure[~about] < 0.5),
    }


def _measured(
    base: FactBase, matcher: Matcher, encoder: Encoder, part: Sequence[FollowUp]
) -> NDArray[np.float32]:
    texts = ([getattr(one, name) for one in part] for name in ("question", "named", "talk", "told"))
    return measures(base, matcher, encoder, *texts)
