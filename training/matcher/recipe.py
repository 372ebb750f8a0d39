"""Fit the matcher of a character: which fact or which line a message is about.

python -m training.matcher --character house

A logistic regression on the encoder's vectors of all questions written for a fact (data/characters/<slug>/
asked.jsonl), of the facts themselves, and of all messages written for a line (lines.jsonl, messages.jsonl);
and the weights by which a question that leans on the talk finds its fact (followed.jsonl, people.jsonl).
Writes assets/matchers/<slug>.npz with a card beside it, which says how many of the development messages find
their line. Four minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from samovar import checks
from samovar.character.grounding.facts import read_facts
from samovar.character.grounding.matcher import FOLDER, KIND, PROTOCOL, Matcher, features
from samovar.character.grounding.repertoire import LIKELY, Repertoire, Words, read_words
from samovar.character.grounding.retrieval import fact_base
from samovar.character.persona import CHARACTERS, Character
from samovar.errors import SamovarError
from samovar.figures import provenance
from samovar.models.base import Encoder
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES
from samovar.settings import Settings
from training.matcher import following
from training.matcher.regression import regression

STRENGTH = 3e-6
"""Of the penalty on squared weights, beside the mean loss; ten times more or less finds fewer lines."""
STEPS = 100
"""Of the optimiser."""


def main(argv: Sequence[str] | None = None) -> int:
    """Fit and write; return the exit code."""
    parser = argparse.ArgumentParser("python -m training.matcher", description=__doc__)
    parser.add_argument("--character", required=True)
    parser.add_argument("--out", type=Path, help="folder of the weights; default: assets/matchers")
    given = parser.parse_args(argv)
    models = shelf()
    try:
        character = CHARACTERS[checks.choice(given.character, CHARACTERS, "character")]
        encoder = models.encoder()
        fitted = fit(encoder, *examples(character, models.settings))
        fitted, leaning = follow(fitted, encoder, character, models.settings)
        held = tried(fitted, encoder, character, models.settings)
        folder = given.out or models.settings.assets / FOLDER
        print(
            json.dumps(held),
            json.dumps(leaning),
            write(fitted, encoder, held, leaning, folder / f"{character.slug}.npz"),
            sep="\n",
        )
    except SamovarError as error:
        print(error.say("en"), file=sys.stderr)
        return 1
    return 0


def examples(character: Character, settings: Settings) -> tuple[list[str], list[str]]:
    """Return texts, and for each the id of the fact or line that it is about."""
    assert character.words is not None and isinstance(character.facts, Path)
    words = read_words(settings.data / character.words)
    pairs = [
        (text, fact.id)
        for fact in read_facts(settings.data / character.facts)
        for text in (fact.text, fact.said("ru"), *words.asked.get(fact.id, ()))
    ]
    pairs += [
        (text, line.id) for line in words.lines for one in LANGUAGES for text in line.messages[one]
    ]
    return [text for text, _ in pairs], [id for _, id in pairs]


def fit(encoder: Encoder, texts: Sequence[str], ids: Sequence[str]) -> Matcher:
    """Return the matcher that tells `ids` from `texts`."""
    vectors = encoder.encode(texts, KIND)
    mean = vectors.mean(axis=0)
    places = {id: at for at, id in enumerate(sorted(set(ids)))}
    read = torch.from_numpy(features(vectors, mean))
    weights, bias = regression(read, torch.tensor([places[id] for id in ids]), STRENGTH, STEPS)
    return Matcher(places, weights.numpy(), bias.numpy(), mean)


def tried(
    matcher: Matcher, encoder: Encoder, character: Character, settings: Settings
) -> dict[str, int]:
    """Return how the development messages fare: with a line of their own, and with none."""
    assert character.words is not None
    folder = settings.data / character.words
    own = Repertoire(Words({}, {}, read_words(folder).lines, {}), matcher)
    counts = dict.fromkeys(("lined", "right", "wrong", "without", "fired"), 0)
    source = (folder / "lines-development.jsonl").read_text(encoding="utf-8")
    for row in map(json.loads, source.splitlines()):
        found = own.line(encoder, row["message"], facts=False)
        counts["lined" if row["line"] else "without"] += 1
        if found is not None:
            right = found.id == row["line"]
            counts["right" if right else "wrong" if row["line"] else "fired"] += 1
    return counts


def follow(
    matcher: Matcher, encoder: Encoder, character: Character, settings: Settings
) -> tuple[Matcher, dict[str, Any]]:
    """Return `matcher` with the weights for questions that lean on the talk, and what is known of them."""
    assert character.words is not None and isinstance(character.facts, Path)
    folder = settings.data / character.words
    words, facts = read_words(folder), read_facts(settings.data / character.facts)
    base = fact_base(encoder, facts, settings.cache, words.asked, matcher)
    asked = list(following.followed(folder, character.name, facts, words))
    asked += following.small_talk(folder, asked)
    known = following.fit(base, encoder, asked)
    return replace(matcher, following=known["weights"]), known


def write(
    matcher: Matcher,
    encoder: Encoder,
    tried: dict[str, int],
    following: dict[str, Any],
    path: Path,
) -> Path:
    """Write weights and card; return the path of the weights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ids = sorted(matcher.places, key=matcher.places.__getitem__)
    half = np.float16
    np.savez_compressed(
        path,
        ids=np.array(ids),
        weights=matcher.weights.astype(half),
        bias=matcher.bias.astype(half),
        mean=matcher.mean,
    )
    card: dict[str, Any] = {
        "protocol": PROTOCOL,
        "encoder": encoder.name,
        "revision": encoder.revision,
        "data": "questions and messages written for this project (data/characters), CC0-1.0",
        "license": "Apache-2.0",
        "penalty": STRENGTH,
        "likely": LIKELY,
        "development": tried,
        "following": following,
        "commit": provenance.commit(),
    }
    text = json.dumps(card, ensure_ascii=False, indent=1) + "\n"
    path.with_suffix(".json").write_text(text, encoding="utf-8")
    return path
