"""The card of measured replies: what is hidden stays hidden, votes add up, and no result is said."""

import base64
import csv
import io
import re
from dataclasses import replace

import gradio as gr
import pytest

from eval.metrics import sides
from samovar.figures import provenance, statistics
from samovar.figures.basket import Basket, Case, Reply
from samovar.records import to_json
from samovar.ui import before_after
from samovar.ui.cards import replies
from samovar.ui.cards.ballot import SIDES, Ballot

BASE = Reply("so <b>it</b> is", True, 4, ("missing: ink|pen*",), 0.2, None, False, 0.0)
ADAPTED = Reply("in ink", False, 2, (), 0.9, None, False, 0.0)
CASES = tuple(
    Case(f"{language}-open-{n}", language, "open", f"Why {n}?\n\nGuest: Is it <i>so</i>?", BASE, ADAPTED)
    for language, size in (("en", 5), ("ru", 3))
    for n in range(1, size + 1)
)  # fmt: skip
BASKET = Basket(
    *("tiny", "Tiny model", "llamacpp", "assistant-tiny", {"base": 2.0, "adapter": 3.0}),
    *(sides.rows(CASES), sides.sides(CASES), CASES),
)


@pytest.fixture
def results(tmp_path):
    origin = provenance.here(seed=0, wall_seconds=1, data="d", size=8, libraries=("gradio",))
    provenance.write("basket-tiny", to_json(BASKET), origin, tmp_path)
    return tmp_path


@pytest.fixture
def showing(results):
    [found] = before_after.showings_of("en", results)
    return found


def test_the_order_is_drawn_per_prompt_and_stays():
    ballot = Ballot(seed=7)
    drawn = {f"p{n}": ballot.order(f"p{n}") for n in range(60)}
    assert set(drawn.values()) == {SIDES, SIDES[::-1]}
    assert drawn == {id: Ballot(seed=7).order(id) for id in drawn}
    assert drawn != {id: Ballot(seed=8).order(id) for id in drawn}
    assert Ballot().seed != Ballot().seed


def test_a_vote_counts_for_the_side_that_stood_there():
    ballot = Ballot(seed=1)
    for id in ("p1", "p2", "p3", "p4"):
        choice = "ab"[ballot.order(id).index("adapter")]
        ballot = ballot.with_vote(id, choice)
    assert ballot.tally() == {"adapter": 4}
    ballot = ballot.with_vote("p1", "same")  # a second thought
    assert ballot.tally() == {"adapter": 3, "same": 1}
    ballot = ballot.with_vote("p2", "ba"[ballot.order("p2").index("adapter")])
    assert ballot.tally() == {"adapter": 2, "base": 1, "same": 1}
    assert sum(ballot.tally().values()) == len(ballot.votes) == 4


def test_next_is_the_nearest_prompt_without_a_vote():
    ids, ballot = ["p1", "p2", "p3"], Ballot().with_vote("p2", "a")
    assert (ballot.next(ids, "p1"), ballot.next(ids, "p3")) == ("p3", "p1")
    for id in ids:
        ballot = ballot.with_vote(id, "b")
    assert ballot.next(ids, "p3") == "p1"


def test_the_sign_test():
    assert statistics.sign(5, 0) == statistics.sign(0, 5) == 0.0625
    assert statistics.sign(2, 2) == statistics.sign(0, 0) == 1
    assert statistics.sign(15, 5) == pytest.approx(0.0414, abs=1e-4)


def test_blind_nothing_tells_the_sides_apart(showing):
    card = str(showing.view("en-open-1", True, Ballot())[2])
    assert "<h3>A</h3>" in card and "<h3>B</h3>" in card
    for telling in ("adapter", "as it comes", "check", "not said"):
        assert telling not in card
    seen = str(showing.view("en-open-1", False, Ballot())[2])
    assert (
        seen.index("as it comes")
        < seen.index("not said: ink / pen-")
        < seen.index("with the adapter")
    )


def test_model_text_is_no_markup(showing):
    card = str(showing.view("en-open-1", False, Ballot())[2])
    assert "so &lt;b&gt;it&lt;/b&gt; is" in card and "&lt;i&gt;so&lt;/i&gt;" in card
    assert not re.search("<b>|<i>", card)


def test_the_last_vote_reveals_the_result_and_the_csv_holds_every_vote(showing):
    ballot, id = Ballot(), "en-open-1"
    for turn, choice in enumerate(("a", "b", "same", "a", "b"), 1):
        ballot, held, card, row, reveal, tally = showing.vote(id, ballot, choice)
        id = held.value
        assert ballot.revealed == (turn == 5) == (not row.visible) == (not reveal.visible)
        assert f"Judged: {turn} of 5." in tally
    counted = ballot.tally()
    said = f"Better with the adapter: {counted['adapter']}; better as it comes: {counted['base']}; the same: 1."
    assert said in tally and "with the adapter" in card
    href = re.search(r'base64,([^"]+)" download="votes-tiny-en.csv"', tally)[1]
    rows = list(csv.DictReader(io.StringIO(base64.b64decode(href).decode())))
    assert [one["id"] for one in rows] == [f"en-open-{n}" for n in range(1, 6)]
    assert all(one["better"] == one.get(one["choice"], "same") for one in rows)


def test_a_result_needs_a_vote_and_hiding_again_begins_anew(showing):
    empty = showing.reveal("en-open-1", Ballot())
    assert not empty[0].revealed and "Judged: 0 of 5." in empty[-1]
    ballot = Ballot().with_vote("en-open-1", "a")
    assert showing.reveal("en-open-2", ballot)[0].revealed
    ended = showing.switch("en-open-2", False, ballot)
    assert ended[0] == replace(ballot, revealed=True) and "Judged: 1 of 5." in ended[-1]
    begun = showing.switch("en-open-2", True, ended[0])[0]
    assert begun.votes == () and not begun.revealed and begun.seed != ballot.seed


def test_next_passes_over_what_is_judged_only_while_judging(showing):
    ballot = Ballot().with_vote("en-open-2", "a")
    assert showing.after("en-open-1", True, ballot)[1].value == "en-open-3"
    assert showing.after("en-open-1", False, replace(ballot, revealed=True))[1].value == "en-open-2"
    assert showing.view("gone", False, ballot)[1].value == "en-open-1"


@pytest.mark.parametrize("language, size", [("en", 5), ("ru", 3)])
def test_the_page_lists_the_prompts_of_its_language(results, language, size):
    [showing] = before_after.showings_of(language, results)
    labels = [label for label, _ in showing.choices()]
    assert len(labels) == size and all("Is it <i>so</i>?" in label for label in labels)
    assert not any("Guest" in label for label in labels)
    summary = str(replies.summary(showing.basket, language))
    assert "0 %" in summary and "100 %" in summary and "+100" in summary


def drawn(language, folder):
    with gr.Blocks() as blocks:
        before_after.draw(language, folder)
    return blocks.get_config_file()


def test_with_a_result_every_event_is_private(results):
    page = drawn("en", results)
    assert len(page["dependencies"]) == 8
    assert {event["api_visibility"] for event in page["dependencies"]} == {"private"}
    boxes = [one["props"] for one in page["components"] if one["type"] == "dropdown"]
    assert [box["visible"] for box in boxes] == [False, True]


@pytest.mark.parametrize("language, said", [("en", "No comparison"), ("ru", "Сравнение здесь ещё")])
@pytest.mark.parametrize("damaged", (False, True))
def test_without_a_readable_result_the_card_says_so(tmp_path, language, said, damaged):
    if damaged:
        (tmp_path / "basket-tiny.json").write_text('{"model": "tiny"')
    page = drawn(language, tmp_path)
    assert page["dependencies"] == []
    assert any(said in str(one["props"].get("value")) for one in page["components"])


def test_two_models_can_be_chosen_from(results):
    origin = provenance.here(seed=0, wall_seconds=1, data="d", size=8, libraries=("gradio",))
    provenance.write("basket-other", to_json(replace(BASKET, model="other")), origin, results)
    page = drawn("ru", results)
    box = next(one["props"] for one in page["components"] if one["type"] == "dropdown")
    assert box["visible"] and [value for _, value in box["choices"]] == ["other", "tiny"]
