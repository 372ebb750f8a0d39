"""The evaluation of named entities: choice of texts, Natasha's own rule, and the tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import ner, report
from eval.metrics import factrueval
from eval.sets import annotated_texts
from eval.tables import ner_runs, ner_tables
from samovar.ner.annotated.gold import Annotated
from samovar.records import Span
from samovar.settings import ROOT

TEXTS = [Annotated(f"Ann saw Rome {n}.", (Span(0, 3, "PER", "Ann"),), "en") for n in range(40)]


def test_texts_are_chosen_by_hash_and_more_hold_the_fewer() -> None:
    few, more = annotated_texts.sample(TEXTS, 5), annotated_texts.sample(TEXTS, 20)
    assert len(few) == 5 and len(more) == 20 and set(few) < set(more)
    assert more == [one for one in TEXTS if one in more]
    assert annotated_texts.sample(TEXTS, 99) == TEXTS


def test_a_cell_holds_figures_cost_and_origin() -> None:
    found = ner.cell("crf", TEXTS[:3], ("PER",))
    assert found["rules"]["strict"]["known"] == 3 and found["texts"] == 3
    assert {"command", "commit", "wall_seconds", "milliseconds", "disk_mb", "labels"} <= set(found)
    json.dumps(found)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([(0, 12)], [2, 2, 2]),
        ([(0, 4)], [1, 1, 2]),
        ([(0, 16)], [2, 3, 2]),
        ([], [0, 0, 2]),
    ],
)
def test_natashas_rule_counts_words_inside_names(
    found: list[tuple[int, int]], expected: list[int]
) -> None:
    text = "Юрий Лужков был"
    spans = [Span(a, min(b, len(text)), "PER", text[a:b]) for a, b in found]
    known = [Span(0, 11, "PER", "Юрий Лужков")]
    assert factrueval.token_row(text, spans, known, "PER") == expected
    assert factrueval.token_row(text, spans, known, "LOC") == [0, 0, 0]


RULE = {"precision": 1, "recall": 1, "f1": 0.5, "low": 0.4, "high": 0.6, "found": 1, "known": 1}
CELL = {
    "rules": dict.fromkeys(("strict", "exact", "partial", "type"), RULE),
    "labels": {"PER": RULE},
    "invented": 0.25,
    "unparsed": 0.0,
    "milliseconds": 2.0,
    "disk_mb": 5.0,
    "texts": 7,
    "commit": "abc",
    "wall_seconds": 1.5,
}
ORIGIN = dict.fromkeys(("command", "commit", "seed", "hardware", "wall_seconds"), "x")
ORIGIN["libraries"] = {}  # type: ignore[assignment]
RESULT = {
    "corpora": {
        "conll": {"title": "CoNLL", "language": "en", "texts": 9, "taggers": {"llm": CELL}},
        "factrueval": {"title": "FR", "language": "ru", "texts": 9, "taggers": {"natasha": CELL}},
    },
    "memory": {"en": {"llm": 40.0}},
    "natasha": {
        "published": factrueval.PUBLISHED,
        "parts": {
            name: {"texts": 1, **{key: [0.9, 0.8, 1.0] for key in ("PER", "LOC", "ORG")}}
            for name in ("both", "devset", "testset_a")
        },
    },
    "schemes": {"wnut": {"person": "PER", "group": "ORG"}},
    "origin": ORIGIN,
}


def test_the_tables_show_what_was_measured(tmp_path: Path) -> None:
    (tmp_path / "ner.json").write_text(json.dumps(RESULT))
    names = [name for name, table in report.TABLES.items() if table.results == ("ner",)]
    marked = "".join(f"<!-- table: {name} -->\nold\n<!-- /table -->\n" for name in names)
    drawn = report.filled(marked, tmp_path)
    assert "old" not in drawn
    for part in ("**0.500** (0.400 to 0.600)", "asked at most 7 texts", "25.0%", "0.959", "person"):
        assert part in drawn, part
    for line in drawn.splitlines():
        assert not line.startswith("|") or line.endswith("|")


def test_each_row_names_its_runs_and_what_they_recorded() -> None:
    named = {**CELL, "commit": "def", "command": "python -m eval.ner --taggers llm"}
    corpora = {
        "conll": {"title": "CoNLL", "language": "en", "taggers": {"llm": CELL}},
        "wnut": {"title": "WNUT", "language": "en", "taggers": {"llm": CELL, "crf": CELL}},
        "shipped-en": {"title": "ours", "language": "en", "taggers": {"llm": named}},
    }
    result = {"corpora": corpora, "origin": ORIGIN}
    titles = {"crf": "CRF", "llm": "chat model"}
    lines = ner_runs.runs(result, "en", titles, lambda origin: "the last run")
    assert lines[0] == "- CRF: all at abc (1.5 s)"
    assert lines[1].startswith(
        "- chat model: CoNLL, WNUT at abc (3.0 s); ours at `python -m eval.ner"
    )
    assert "the command was not" in lines[-1] and lines[-1].endswith("the last run")
    for one in corpora.values():
        one["taggers"] = {"llm": named}  # type: ignore[dict-item]
    assert "the command was not" not in ner_runs.runs(result, "en", titles, lambda origin: "o")[-1]


def test_the_report_says_of_every_run_without_a_command_what_its_history_holds() -> None:
    listed = (ROOT / "docs" / "REPORT.md").read_text(encoding="utf-8")
    listed = listed.partition("### Commands of these runs")[2].partition("\n### ")[0]
    result = json.loads(ner.RESULT.read_text(encoding="utf-8"))
    for corpus in result["corpora"].values():
        for name, cell in corpus["taggers"].items():
            assert "command" in cell or cell["commit"] in listed, (corpus["title"], name)


def test_the_table_of_distillation() -> None:
    strict = {"f1": 0.9, "low": 0.8, "high": 1.0}
    point = {"labelled": 250, "alone": strict, "distilled": {**strict, "texts_learnt": 1000}}
    result = {
        "teacher_title": "e5",
        "teacher": strict,
        "points": [point],
        "side_by_side": {"teacher_ms": 9.0, "student_ms": 1.0, "times": 9.0},
        "origin": ORIGIN,
    }
    lines = ner_tables.distillation(result, lambda origin: "o")
    assert "| 250 | 0.900 (0.800 to 1.000)" in lines[2] and "9.0 times as fast" in lines[-1]
