"""Counting by four rules, held against nervaluate and seqeval on drawn cases."""

import random

import numpy as np
import pytest
from nervaluate.evaluator import Evaluator
from notation import read
from seqeval.metrics import f1_score

from samovar.models.taggers.words import tags, words
from samovar.ner.scoring import counts
from samovar.ner.tagging.labels import NAMES
from samovar.records import Span


def row(found: str, known: str) -> dict[str, list[float]]:
    assert read(found)[0] == read(known)[0]
    got = counts.row(read(found)[1], read(known)[1])
    return {rule: got[at].tolist() for at, rule in enumerate(counts.RULES)}


@pytest.mark.parametrize(
    ("found", "known", "right"),
    [
        ("[Ann]PER", "[Ann]PER", (1, 1, 1, 1)),
        ("[Ann]ORG", "[Ann]PER", (0, 1, 1, 0)),
        ("[Ann Lee]PER", "Ann [Lee]PER", (0, 0, 0.5, 1)),
        ("[Ann Lee]ORG", "Ann [Lee]PER", (0, 0, 0.5, 0)),
        ("Ann", "[Ann]PER", (0, 0, 0, 0)),
        ("[Ann]PER", "Ann", (0, 0, 0, 0)),
        ("[Ann]PER [Lee]PER", "[Ann Lee]PER", (0, 0, 0.5, 1)),
        ("[Ann Lee]PER", "[Ann]ORG [Lee]PER", (0, 0, 0.5, 1)),
        ("[a]LOC [b]LOC c", "[a]LOC b [c]LOC", (1, 1, 1, 1)),
    ],
)
def test_rules(found: str, known: str, right: tuple[float, ...]) -> None:
    got = row(found, known)
    assert tuple(got[rule][0] for rule in counts.RULES) == right


def drawn(seed: int) -> tuple[list[str], list[list[Span]], list[list[Span]]]:
    """Return texts of ten words, names known and names found (a part of them moved or renamed)."""
    draw = random.Random(seed)
    texts, known, found = [], [], []
    for _ in range(30):
        text = "a b c d e f g h i j"
        gold, said = [], []
        for at in (0, 4, 8, 12):  # names of one word, room for a second one
            if draw.random() < 0.7:
                gold.append(Span(at, at + 1, draw.choice(NAMES), text[at]))
                end = at + draw.choice((1, 1, 1, 3))
                label = gold[-1].label if draw.random() < 0.7 else draw.choice(NAMES)
                if draw.random() < 0.8:
                    said.append(Span(at, end, label, text[at:end]))
        texts.append(text)
        known.append(gold)
        found.append(said)
    return texts, known, found


@pytest.mark.parametrize("seed", range(5))
def test_the_counts_are_those_of_nervaluate(seed: int) -> None:
    _, known, found = drawn(seed)
    got = sum(counts.row(f, k) for f, k in zip(found, known, strict=True))

    def dicts(many: list[list[Span]]) -> list[list[dict[str, object]]]:
        return [[{"label": s.label, "start": s.start, "end": s.end} for s in one] for one in many]

    theirs = Evaluator(dicts(known), dicts(found), tags=list(NAMES), loader="dict").evaluate()
    names = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
    for at, rule in enumerate(counts.RULES):
        result = theirs["overall"][names[rule]]
        assert counts.f1(got[at]) == pytest.approx(result.f1, abs=1e-9), rule


@pytest.mark.parametrize("seed", range(5))
def test_strict_f1_is_that_of_seqeval(seed: int) -> None:
    texts, known, found = drawn(seed)
    sides = [
        [tags(words(text), spans) for text, spans in zip(texts, many, strict=True)]
        for many in (known, found)
    ]
    got = sum(counts.row(f, k) for f, k in zip(found, known, strict=True))
    assert counts.f1(got[0]) == pytest.approx(f1_score(*sides))


def test_labels_are_counted_apart_and_add_up() -> None:
    _, known, found = drawn(7)
    rows = sum(counts.label_row(f, k, NAMES) for f, k in zip(found, known, strict=True))
    whole = sum(counts.row(f, k) for f, k in zip(found, known, strict=True))[0]
    assert rows.shape == (4, 3) and np.allclose(rows.sum(0), whole)


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    assert counts.f1(np.zeros(3)) == 1.0
    assert counts.f1(np.array([0.0, 1.0, 0.0])) == 0.0
