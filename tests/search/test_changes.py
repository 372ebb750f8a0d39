"""Wins and losses of our own questions, from a measured result."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samovar.phrases import LANGUAGES, Language
from samovar.search import changes


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    rows = [
        {"query": "won <b>", "base": 4, "tuned": 1, "hybrid": 1},
        {"query": "same", "base": 2, "tuned": 2, "hybrid": 2},
        {"query": "found", "base": 0, "tuned": 9, "hybrid": 9},
        {"query": "lost", "base": 1, "tuned": 0, "hybrid": 1},
    ]
    (tmp_path / "search.json").write_text(json.dumps({"questions": {"en": rows}}))
    return tmp_path


def test_the_greatest_win_comes_first_and_the_greatest_loss_last(measured: Path) -> None:
    found = changes.changes("base", "tuned", "en", measured)
    assert [one.question for one in found] == ["found", "won <b>", "same", "lost"]
    assert [one.gain for one in found] == [92, 3, 0, -100]


def test_only_measured_rows_can_be_compared(measured: Path, tmp_path: Path) -> None:
    assert changes.pairs(measured) == [("base", "tuned"), ("tuned", "hybrid"), ("base", "hybrid")]
    assert changes.pairs(tmp_path / "absent") == []
    (measured / "search.json").write_text("{")
    assert changes.pairs(measured) == [] == changes.changes("base", "tuned", "en", measured)


def test_a_ranking_that_was_asked_some_questions_is_compared_on_these(tmp_path: Path) -> None:
    rows = [{"query": "not asked", "hybrid": 1}, {"query": "asked", "hybrid": 3, "rerank": 1}]
    (tmp_path / "search.json").write_text(json.dumps({"questions": {"en": rows}}))
    assert changes.pairs(tmp_path) == [("hybrid", "rerank")]
    [found] = changes.changes("hybrid", "rerank", "en", tmp_path)
    assert (found.question, found.gain) == ("asked", 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_shows_wins_then_losses(measured: Path, language: Language) -> None:
    said = str(changes.card(changes.changes("base", "tuned", "en", measured), language))
    assert said.index("found") < said.index("won &lt;b&gt;") < said.index("lost")
    assert "same" not in said.replace("at the same place", "") and said.count("<tr>") == 4
    assert said.count("—") == 2 and "4" in said


def test_a_visitor_looks_through_them_his_language_first(measured: Path, tmp_path: Path) -> None:
    assert changes.breakdowns("ru", tmp_path / "absent") == ()
    [found] = changes.breakdowns("ru", measured)
    pair, asked = found.selectors
    assert list(asked.options) == ["ru", "en"]
    first = next(iter(pair.options))
    assert first == "base tuned" and "→" in pair.options[first].en
    assert "lost" in found.card("ru", first, "en")
