"""One request of the page: its states, what is kept, and what an error leaves behind."""

from __future__ import annotations

from typing import Any

import gradio as gr
import pytest

from samovar.errors import InputError
from samovar.html import tag
from samovar.phrases import Phrase
from samovar.tool import Memory, Note, Shown, Tab
from samovar.ui.answering.desk import Desk
from samovar.ui.answering.door import Door
from samovar.ui.bench import bench

RUN = Phrase("Send", "Отправить")
BAD = Phrase("Bad.", "Плохо.")
NOTICE, CARD, MEMORY, STOP, STAGE, LINE = range(6)
SKIP = gr.skip()


def recall(visit: Any, memory: Any, **inputs: Any) -> Shown:
    return Shown(tag("p", f"kept {memory}"))


def tab(**more: Any) -> Tab:
    line = gr.Textbox(render=False)
    return Tab({"line": line}, recall, RUN, 0, filled=("line",), cleared=("line",), **more)


def memory() -> Memory:
    return Memory(recall, recall, recall, recall)


def states(desk: Desk, answer: Any, session: str = "a") -> list[list[Any]]:
    return list(desk.stream(session, {"line": "Hi"}, answer))


def test_only_what_a_result_names_is_changed():
    def answer(visit: Any) -> Any:
        yield Shown(tag("p", "one"), memory=1)
        yield Shown(tag("p", "two"), inputs={"line": "again"})

    first, one, two, last = states(Desk("x", tab(), Door(1), "en"), answer)
    assert [one[MEMORY], two[MEMORY]] == [1, SKIP]
    assert [one[LINE], two[LINE]] == [SKIP, "again"]
    assert "one" in one[CARD] and "two" in two[CARD] and "data-link" in two[CARD]
    assert first[CARD] == last[CARD] == SKIP and last[STOP]["interactive"] is False


def test_what_is_refused_at_once_is_given_back():
    def answer(visit: Any) -> Any:
        raise InputError(BAD)

    *_, last = states(Desk("x", tab(remembers=memory()), Door(1), "ru"), answer)
    assert "Плохо." in last[NOTICE] and last[LINE] == "Hi" and last[CARD] == SKIP


@pytest.mark.parametrize(("live", "kind"), [(False, "error"), (True, "hint")])
def test_what_is_half_typed_is_refused_softly(live, kind):
    def answer(visit: Any) -> Any:
        raise InputError(BAD)

    *_, last = states(Desk("x", tab(), Door(1), "en", live=live), answer)
    assert f'class="notice {kind}"' in last[NOTICE]


@pytest.mark.parametrize(("live", "begins"), [(False, "first"), (True, "")])
def test_a_live_tool_begins_empty(live, begins):
    def draw() -> Tab:
        line = gr.Textbox("")
        notes = (Note(Phrase("More", "Ещё"), tag("p", "told")),)
        samples = ({"line": "first"},)
        return Tab({"line": line}, recall, RUN, 0, live=live, samples=samples, notes=notes)

    with gr.Blocks() as blocks:
        drawn = bench("x", draw, lambda drawn: tag("p", "example"), Door(1), "en")
    assert drawn.inputs["line"].value == begins
    buttons = [one for one in blocks.blocks.values() if isinstance(one, gr.Button)]
    hidden = {b.elem_id for b in buttons if b.visible == "hidden"}
    assert ("result-x-en-live" in hidden) is live
    told = [one.value for one in blocks.blocks.values() if isinstance(one, gr.HTML)]
    assert any("<p>told</p>" in str(value) for value in told)


def test_an_answer_that_breaks_off_is_shown_as_it_was_kept():
    def answer(visit: Any) -> Any:
        yield Shown(tag("p", "growing"), memory="this")
        yield Shown(tag("p", "growing more"))
        raise InputError(BAD)

    *_, last = states(Desk("x", tab(remembers=memory()), Door(1), "en"), answer)
    assert "kept this" in last[CARD] and "Bad." in last[NOTICE] and last[LINE] == SKIP


def test_one_answer_at_a_time_where_something_is_remembered():
    door = Door(3)
    desk = Desk("x", tab(remembers=memory()), door, "en")
    with door.enter("a", "x"):
        [refused] = states(desk, lambda visit: Shown(tag("p", "two")))
        assert "still being written" in refused[NOTICE] and refused[LINE] == "Hi"
        assert len(states(desk, lambda visit: Shown(tag("p", "two")), "b")) == 3


@pytest.mark.parametrize("below", [False, True])
def test_the_inputs_stand_where_the_tool_wants_them(below):
    def draw() -> Tab:
        with gr.Row() as above, gr.Row():
            gr.Checkbox()
        with gr.Row() as last:
            gr.Number()
        line = gr.Textbox()
        return Tab(
            {"line": line}, recall, RUN, 0, below=below, above=above if below else None, last=last
        )

    with gr.Blocks() as blocks:
        bench("x", draw, lambda drawn: tag("p", "example"), Door(1), "en")
    place = blocks.children[0]
    cards = [child.elem_classes[0] if child.elem_classes else "above" for child in place.children]
    assert cards == (
        ["above", "result-card", "input-card"] if below else ["input-card", "result-card"]
    )
    inputs = next(child for child in place.children if "input-card" in child.elem_classes)
    assert isinstance(inputs.children[-1], gr.Row) and isinstance(
        inputs.children[-1].children[0].children[0]
        if isinstance(inputs.children[-1].children[0], gr.layouts.Form)
        else inputs.children[-1].children[0],
        gr.Number,
    )
