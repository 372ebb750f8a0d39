"""Statements that train: read, divided by sheet, changed for free, and paired as the judge reads them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from samovar.errors import InputError
from samovar.marketing.checks.judge import Judge
from samovar.marketing.facts.reading import Reader
from samovar.models.shelf import shelf
from samovar.records import Entailment
from samovar.settings import ROOT
from training.adverts import corpus
from training.adverts.corpus import Statement
from training.adverts.lessons import lessons, made, pairs_of, whole
from training.adverts.negatives import taken_out, unconditioned


def right(sheet: str, text: str) -> Statement:
    return Statement(sheet, "ru" if sheet == "tea" else "en", text, None, None)


class Listener:
    """Keep what is asked; say nothing of it."""

    name = "adverts-e5"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def classify(self, pairs):
        self.asked += pairs
        return [Entailment(0.0, 1.0, 0.0)] * len(pairs)


def test_a_statement_is_paired_as_the_judge_reads_it(data: Path):
    encoder, sheets = shelf().encoder(), corpus.sheets(data)
    statements = corpus.written(data)
    pairs = pairs_of(whole(statements, sheets, "written"), encoder)
    listener = Listener()
    judge = Judge(listener, encoder, 0.5)
    for one in statements:
        [found] = judge.judged(sheets[one.sheet], [one.text], one.language)
        assert found.nearest in listener.asked[-1][0]
    assert listener.asked == [(pair.premise, pair.hypothesis) for pair in pairs]
    assert [pair.label == "entailment" for pair in pairs] == [
        one.fault is None for one in statements
    ]
    assert "62 centimetres" in pairs[0].premise and "desk lamp" in pairs[0].premise


def test_sheets_are_held_out_with_all_that_is_said_of_them():
    written = corpus.written(ROOT / "data")
    training, held = corpus.parts(written)
    assert len(training) + len(held) == len(written)
    assert {one.sheet for one in training}.isdisjoint(one.sheet for one in held)
    assert 0.1 < len(held) / len(written) < 0.25
    assert {one.language for one in held} == {"en", "ru"}


def test_a_statement_whose_fact_is_taken_out_is_not_supported(data: Path):
    sheets = corpus.sheets(data)
    arm, greeting = "The arm reaches up to 62 centimetres.", "Dear student,"
    found = taken_out([right("lamp", arm), right("lamp", greeting)], sheets, shelf().encoder())
    without, other = found
    assert {one.statement.text for one in found} == {arm}, "a greeting rests on no fact"
    assert not without.supported and arm not in without.sheet.facts
    assert other.supported and arm in other.sheet.facts and other.sheet != sheets["lamp"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("With an arm of up to 62 centimetres.", "With an arm of 62 centimetres."),
        ("The arm reaches up to 62 centimetres.", None),
        ("It costs EUR 72 per lamp, a fair price.", "It costs EUR 72, a fair price."),
        ("It weighs 900 grams.", None),
        ("Open from 9 to 21.", None),
    ],
)
def test_a_condition_is_taken_out_where_it_is_certain(data: Path, text: str, left: str | None):
    reader = Reader(shelf().parser("en"), "en")
    found = unconditioned(right("lamp", text), reader.sheet(corpus.sheets(data)["lamp"]))
    assert (found and found.text) == left
    assert found is None or found.fault == "lost_condition"


def test_what_is_free_is_made_of_right_statements_only(data: Path):
    sheets = corpus.sheets(data)
    said = corpus.sentences_of_texts(data)
    found = made(corpus.written(data), said, sheets, shelf().encoder())
    kinds = {one.kind: one for one in found}
    assert {"taken out", "sentence", "harmless", "unconditioned"} <= set(kinds)
    assert not any("recycled glass" in one.statement.text for one in found)
    assert {one.statement.text for one in found if one.kind == "harmless"} >= {"Dear student,"}


def test_lessons_count_what_they_are_made_of(data: Path):
    settings = replace(shelf().settings, data=data)
    found = lessons(1, settings, shelf().encoder())
    assert found.facts["training"] == len(corpus.written(data)) and not found.held
    assert sum(found.facts["labels"].values()) == len(found.training)


def test_a_bad_line_is_named(data: Path):
    path = data / "marketing" / "statements-a.jsonl"
    path.write_text('{"sheet": "lamp", "language": "en", "text": "No.", "fault": "odd"}\n')
    with pytest.raises(InputError, match=r"Line 1 of .*statements-a\.jsonl: .*fault"):
        corpus.written(data)
    for one in (data / "marketing").glob("statements-*"):
        one.unlink()
    with pytest.raises(InputError, match=r"holds no statements"):
        corpus.files(data)
