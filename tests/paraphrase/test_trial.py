"""The bench on the page: the report for a visitor's loaded examples, and its card."""

from __future__ import annotations

import re
from typing import Any

import pytest
from junitparser import JUnitXml

from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.paraphrase import trial as trials
from samovar.paraphrase import trial_card
from samovar.paraphrase.bench.bots.fitted import Fitted
from samovar.paraphrase.bench.journal import Journal
from samovar.paraphrase.bench.reports.report import Report
from samovar.paraphrase.bench.run import Asker, Rate, run
from samovar.paraphrase.nlu.intent_file import Example
from samovar.paraphrase.nlu.intents import Intents
from samovar.paraphrase.nlu.marks import unmarked
from samovar.paraphrase.trial import Loaded, trial
from samovar.phrases import Phrase
from samovar.tool import Visit

ROWS = (
    ("wake me up at [six](time)", "alarm"),
    ("set an alarm for [seven](time)", "alarm"),
    ("will it rain in [Oslo](city) today", "weather"),
    ("what is the weather like in [Rome](city)", "weather"),
)
HOSTILE = "<img src=x onerror=alert(1)> will it rain"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    marked = [(*unmarked(text), intent) for text, intent in ROWS]
    examples = tuple(Example(text, intent, slots) for text, slots, intent in marked)
    return Loaded(Intents.from_examples("bot.csv", examples, shelf().encoder()), examples)


def report(loaded: Loaded, variants: Any, language: Any = "en") -> Report:
    bot = Fitted(loaded.intents, shelf().encoder())
    asker = Asker(bot, Journal(bot.name), Rate())
    found = tuple(run(loaded.examples, asker, variants))
    return Report("bot.csv", bot.name, found, language)


def said(shown: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", str(shown.body)).split())


def test_the_report_grows_by_an_original_at_a_time(loaded: Loaded, monkeypatch: Any) -> None:
    monkeypatch.setattr(trials, "LONGEST", 10_000)
    steps: list[tuple[int, int]] = []
    visit = Visit("en", progress=lambda done, total: steps.append((done, total)))
    *growing, last = trial(loaded, 0, visit)
    assert [one.originals for one in (*growing, last)] == [1, 2, 3, 4]
    assert last.ended is None and last.compared >= 4
    assert steps[-1] == (4, 4) and last.by_intent().keys() == {"alarm", "weather"}


def test_a_report_whose_time_is_over_says_so(loaded: Loaded, monkeypatch: Any) -> None:
    monkeypatch.setattr(trials, "LONGEST", 0)
    first, last = trial(loaded, 0, Visit("en"))
    assert first.findings == last.findings and last.milliseconds > 0
    assert "The time is over: 1 of 4 originals" in said(trial_card.card(last, running=False))


def test_a_stopped_report_says_so(loaded: Loaded) -> None:
    visit = Visit("en")
    visit.stop.set()
    [last] = trial(loaded, 0, visit)
    assert "Stopped: 0 of 4 originals" in said(trial_card.card(last, running=False))


def test_without_a_file_the_page_says_what_to_do() -> None:
    with pytest.raises(InputError, match="Load a file"):
        list(trial(None, 0, Visit("en")))


def test_the_card_shows_flips_and_its_files_read_back(loaded: Loaded) -> None:
    planted = {loaded.examples[0].text: ["what is the weather like at six", "wake me at six"]}
    found = report(loaded, lambda example: planted.get(example.text, ()))
    card = trial_card.card(found, running=False)
    text = said(card)
    assert "1 flips" in text and "another intent: alarm → weather" in text
    assert "Originals without a variant (3)" in text
    files = {one.name: one.text for one in card.downloads}
    assert list(files) == [f"samovar-bench-{name}" for name in ("junit.xml", "html.html", "jsonl.jsonl", "rasa.yml")]  # fmt: skip
    xml = JUnitXml.fromstring(files["samovar-bench-junit.xml"].encode())
    assert (xml.tests, xml.failures, xml.skipped) == (9, 1, 3)
    running = trial_card.card(found, running=True)
    assert running.downloads == () and "Running: 4 originals" in said(running)


def test_no_flips_and_no_variants_are_said_too(loaded: Loaded) -> None:
    same = report(loaded, lambda example: [f"{example.text} please"], "ru")
    assert "Все варианты поняты так же" in said(trial_card.card(same, running=False))

    def refused(example: Example) -> list[str]:
        raise InputError(
            Phrase("No model for {text}.", "Нет модели для {text}."), text=example.text
        )

    text = said(trial_card.card(report(loaded, refused), running=False))
    assert "Nothing was compared yet." in text and "No model for wake me up at six." in text


def test_text_from_outside_never_becomes_markup(loaded: Loaded) -> None:
    found = report(loaded, lambda example: [HOSTILE])
    card = trial_card.card(found, running=False)
    page = next(one.text for one in card.downloads if one.name.endswith(".html"))
    assert found.flips
    for html in (str(card.body), page):
        assert "<img" not in html and "&lt;img" in html
