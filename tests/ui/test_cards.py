"""What the cards of the Models page say of a figure, a reason, a setting, and case by case."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from markupsafe import escape

from samovar.figures.answerer import Answerer, Baseline, Figure, baseline, number, pace
from samovar.models.shelf import Shelf, shelf
from samovar.phrases import LANGUAGES, Phrase
from samovar.settings import ROOT, Settings
from samovar.tool import SLUGS
from samovar.ui.cards import answers, breakdowns, profile, readme, reasons

NAME = Phrase("share of {n}", "доля из {n}")
SMALL = "smollm2-135m-instruct"


def test_a_figure_says_what_it_means_and_what_it_stands_beside():
    beside = Baseline(Phrase("words alone", "только слова"), 0.85)
    means = Phrase("1 when the right one leads", "1, если верный впереди")
    good = Figure(NAME.filled(n=3), 0.949, 0.941, 0.958, "", means, beside)
    rows = (Answerer(NAME.filled(n=1), SMALL, "openvino", NAME, "", good),)
    said = str(answers._table(rows, Shelf(Settings()), "en"))  # nothing was asked there
    assert "<b>0.949</b>" in said and "(0.941 to 0.958)" in said
    assert "for comparison: words alone 0.850" in said
    assert said.count("1 when the right one leads") == 1
    assert "not measured" in said  # its speed


def test_of_many_models_the_best_of_each_test_set_stand_unfolded():
    def row(value: float, over: str) -> Answerer:
        good = Figure(NAME, value, value - 0.1, value + 0.1, over)
        return Answerer(Phrase(over, over), SMALL, "openvino", NAME, f"{over}{value}", good)

    rows = [row(0.4, "x"), row(0.6, "x"), row(0.5, "y"), row(0.3, "y"), row(0.2, "y")]
    said = str(answers._table(rows, shelf(), "en"))
    unfolded, folded = said.split("<details>")
    assert "x0.6" in unfolded and "y0.5" in unfolded and "x0.4" not in unfolded
    assert "The other models: 3" in folded and "x0.4" in folded


def test_what_stands_beside_a_figure_is_read_from_the_results(tmp_path: Path):
    (tmp_path / "speed.json").write_text(
        json.dumps({"model": "tea", "medians": {"one_chat": 12.34}, "x": {"y": 2}})
    )
    assert number("speed", ("x", "y"), tmp_path) == 2
    assert number("speed", ("x", "z"), tmp_path) is None
    assert baseline(NAME, "speed", ("x", "y"), tmp_path) == Baseline(NAME, 2)
    assert baseline(NAME, "none", ("x",), tmp_path) is None
    assert pace("tea", tmp_path).en == "12.3 tokens/s"
    assert pace("coffee", tmp_path).en == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_is_said_once_for_all_that_it_holds_for(language):
    tea, pot = Phrase("Tea", "Чай"), Phrase("Pot", "Чайник")
    fits = Phrase("{n} MB are free", "свободно {n} МБ")
    told = [
        reasons.Told(tea, Phrase("green", "зелёный"), fits.filled(n=7001)),
        reasons.Told(tea, Phrase("black", "чёрный"), fits.filled(n=6999)),
        reasons.Told(pot, Phrase("lid", "крышка"), Phrase("it is <hot>", "он <горячий>")),
    ]
    said = str(reasons.grouped(told, language))
    assert said.count("<li>") == 2
    assert said.count("7001") == 1 and "6999" not in said
    assert (": green, black" if language == "en" else ": зелёный, чёрный") in said
    assert "&lt;" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_each_reason_once_and_cuts_nothing(language):
    titles = {slug: Phrase(slug, slug) for slug in SLUGS}
    said = str(answers.card(titles, {}, shelf(), language))
    why = {row.reason.say(language)[1:] for slug in SLUGS for row in answers.answerers(slug)}
    assert all(said.count(str(escape(reason))) <= 1 for reason in why)
    assert "…" not in said and "..." not in said


def test_a_card_is_opened_only_where_there_is_one():
    titles = {slug: Phrase(slug, slug) for slug in SLUGS}
    said = str(answers.card(titles, {}, shelf(), "en"))
    named = set(re.findall(r'data-card="([^"]+)"', said))
    assert {"search-e5", "crf-en", "paraphrase-smollm2"} <= named
    assert named <= set(readme.names(shelf().settings))
    assert "href" not in said


def test_the_settings_told_are_settings():
    said = str(profile.card("embedded", "en"))
    lines = re.findall(r"<code>(SAMOVAR_\w+)=(\S+?)(?: make app)?</code>", said)
    assert len(lines) >= 5
    for name, value in lines:
        assert Settings.from_env({name: value}) != Settings.from_env({"SAMOVAR_PROFILE": "auto"})
    assert said.count("badge good") == 1
    assert (
        "app:" in (ROOT / "Makefile").read_text() and "doctor:" in (ROOT / "Makefile").read_text()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tool_offers_its_figures_case_by_case(language):
    [(slug, found)] = breakdowns.offered(SLUGS, language)
    assert slug == "search"
    for pair in found.selectors[0].options:
        for asked in found.selectors[1].options:
            assert "<table>" in found.card(language, pair, asked)
