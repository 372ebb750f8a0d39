"""The Models page: who answers, figures of committed results, a model to try, and the room for a larger one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from samovar import catalog
from samovar.errors import InputError
from samovar.figures.answerer import basket, figure, share
from samovar.models.files import single
from samovar.models.hardware import Hardware
from samovar.models.pace import TimedChat
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES, Phrase
from samovar.records import ChatRequest, Completion, Turn
from samovar.settings import Settings
from samovar.tool import SLUGS, Visit
from samovar.ui.answering.door import Door
from samovar.ui.cards import answers, larger, listing, readme, trial
from samovar.ui.cards.larger import Room

NAME = Phrase("share of {n}", "доля из {n}")
LAPTOP = Hardware("x86_64", 2, False)
SMALL = "smollm2-135m-instruct"


@pytest.mark.parametrize("slug", SLUGS)
def test_every_tool_says_who_answers_it(slug):
    rows = answers.answerers(slug)
    assert rows
    for row in rows:
        assert catalog.model(row.model)
        assert row.part.en and row.reason.ru


def test_figures_are_those_of_the_results():
    """Their places in the JSON files are named in the slices: a changed file must not lose them."""
    measured = {row.model for slug in SLUGS for row in answers.answerers(slug) if row.figure}
    assert {"search-e5", "rerank-e5", "crf-en", "ner-e5", SMALL} <= measured
    for slug in SLUGS:
        for row in answers.answerers(slug):
            assert row.figure is None or row.figure.low < row.figure.value < row.figure.high


def test_a_result_that_is_not_there_shows_no_figure(tmp_path: Path):
    (tmp_path / "odd.json").write_text(json.dumps({"a": {"value": 1}, "rows": []}))
    assert figure(NAME, "none", ("a", "value"), "", tmp_path) is None
    assert figure(NAME, "odd", ("a", "value"), "", tmp_path) is None  # no interval
    assert share(NAME, "odd", "rows", bool, tmp_path) is None


def test_the_interval_of_a_share(tmp_path: Path):
    rows = [{"good": at < 93} for at in range(100)]
    (tmp_path / "seen.json").write_text(json.dumps({"rows": rows}))
    found = share(NAME, "seen", "rows", lambda row: row["good"], tmp_path)
    assert found is not None and found.name.en == "share of 100"
    assert [round(x, 3) for x in (found.value, found.low, found.high)] == [0.93, 0.863, 0.966]


def test_the_basket_counts_the_side_that_answers(tmp_path: Path):
    good, bad = {"failed": []}, {"failed": ["missing: tea"]}
    cases = [{"base": bad, "adapter": good}, {"base": good, "adapter": good}]
    (tmp_path / "basket-tea.json").write_text(json.dumps({"cases": cases}))
    found = [basket("tea", adapter, tmp_path) for adapter in ("", "assistant")]
    assert [figure and figure.value for figure in found] == [0.5, 1.0]
    assert basket("coffee", "", tmp_path) is None


class Parrot:
    """Says what it is asked, a word a piece; not a model of the catalog."""

    name, engine, languages = "parrot", "none", ("en",)

    def complete(self, requests, stop=None):
        return [Completion(r.turns[-1].text, "stop", 1, 3, 1.0) for r in requests]

    def stream(self, request, stop=None):
        yield from request.turns[-1].text.split()

    def count(self, text):
        return len(text)

    def close(self):
        pass


def test_a_chat_model_is_timed_by_its_last_replies():
    chat = TimedChat(Parrot())
    assert chat.pace() is None
    asked = ChatRequest((Turn("user", "a b c"),))
    assert len(chat.complete([asked, asked])) == 2
    assert list(chat.stream(asked)) == ["a", "b", "c"]
    left = chat.stream(asked)
    next(left)
    left.close()
    pace = chat.pace()
    assert pace is not None
    assert (pace.replies, pace.tokens) == (4, 3 + 3 + 3 + 1)
    assert pace.rate > 0


def test_the_door_remembers_what_was_answered_to_its_end():
    door = Door(2)
    with door.enter("me", "tea"):
        pass
    with pytest.raises(ValueError, match="spilt"), door.enter("me", "tea"):
        raise ValueError("spilt")
    with door.enter("me", "tea"):
        door.stop("me", "tea")
    assert len(door.took()["tea"]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_shows_what_was_measured_here(language):
    titles = {slug: Phrase(slug, slug) for slug in SLUGS}
    said = str(answers.card(titles, {"search": (0.5, 0.25, 4.0)}, shelf(), language))
    assert ("took 0.5 s here" if language == "en" else "занял здесь 0.5 с") in said
    assert said.count('class="tool"') == len(SLUGS)
    assert "StackFAQ" in said


def test_what_a_larger_model_needs_and_whether_there_is_room(tmp_path: Path):
    settings = replace(Settings.from_env({}), cache=tmp_path, offline=True)
    roomy = larger.card(settings, Room(90_000, 20_000), LAPTOP, (), "en")
    assert roomy.count("this machine has the room") == 2
    assert "<code>samovar fetch qwen3</code>, then start with SAMOVAR_PROFILE=cpu" in roomy
    assert "this machine has no GPU" in roomy
    narrow = larger.card(settings, Room(2_000, 3_000), LAPTOP, (), "en")
    assert narrow.count("this machine has the room") == 1
    assert "2,497 MB needed, 2,000 MB free" in narrow
    model = catalog.model("qwen2.5-coder-1.5b-instruct")
    path = single.place(model, settings)
    path.parent.mkdir(parents=True)
    with path.open("wb") as out:
        out.truncate(model.bytes)
    here = larger.card(settings, Room(10, 20_000), LAPTOP, (), "en")
    assert "on this machine" in here and "samovar fetch qwen<" not in here
    tight = Room(10, 1_000)
    assert larger.card(settings, tight, LAPTOP, (), "en").count("badge good") == 0
    assert larger.card(settings, tight, LAPTOP, (model.id,), "en").count("badge good") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_folds_hold_every_model(language):
    said = str(listing.models(language))
    assert all(row.title in said for row in catalog.MODELS)
    assert said.startswith("<details><summary>")
    assert all(row.revision in said for row in catalog.MODELS)
    assert "<code title=" in said and ">assets/adapters/search-e5<" in said


def test_a_card_is_text_without_front_matter_and_pictures():
    text = readme.text("paraphrase-smollm2", shelf().settings)
    assert text.startswith("# paraphrase-smollm2")
    assert "![" not in text
    assert readme.text("../../secrets", shelf().settings) == ""


def tried(prompt: object, model: str = SMALL, tokens: object = 16, seed: object = 0) -> list:
    return list(trial.answer(Visit("en"), prompt, model, tokens, seed))


def test_a_model_is_tried_and_its_words_never_become_markup(monkeypatch):
    held = TimedChat(Parrot())
    monkeypatch.setattr(type(shelf()), "chat", lambda self, model_id="": held)
    *_, last = tried("<b>hello</b>")
    assert "&lt;b&gt;hello&lt;/b&gt;" in last.body and "<b>" not in last.body
    assert "tokens/s" in last.body
    assert last.cost is not None and last.cost.model == "SmolLM2-135M-Instruct"


def test_a_model_that_says_nothing_is_told(monkeypatch):
    class Silent(Parrot):
        def stream(self, request, stop=None):
            yield from ()

    monkeypatch.setattr(type(shelf()), "chat", lambda self, model_id="": Silent())
    [last] = tried("hello")
    assert "said nothing" in last.body


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"prompt": "  "}, "`prompt` is empty"),
        ({"prompt": "x" * 4001}, "4,001|4001"),
        ({"model": "gpt-9"}, "gpt-9"),
        ({"model": "qwen2.5-7b-instruct"}, "qwen2.5-7b"),  # would have to be downloaded
        ({"tokens": 10_000}, "tokens"),
        ({"seed": -1}, "seed"),
    ],
)
def test_what_is_not_accepted_is_told(change, rule):
    with pytest.raises(InputError, match=rule):
        tried(**{"prompt": "hello", **change})


def test_adapters_are_offered_with_their_own_base():
    values = [one.value for one in trial.candidates(shelf())]
    assert SMALL in values and f"{SMALL}+paraphrase-smollm2" in values
    assert f"{SMALL}+paraphrase-gemma3" not in values
