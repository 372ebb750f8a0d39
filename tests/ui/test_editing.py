"""What the page sends of edited texts is judged; what it would never send is nothing."""

from __future__ import annotations

import json

import gradio as gr
import pytest
from markupsafe import Markup

from samovar.checks import text
from samovar.tool import Judged, Tab, Visit
from samovar.ui.answering.desk import Desk
from samovar.ui.answering.door import Door
from samovar.ui.editing import MOST, _judge


def judge(visit: Visit, said: object, given: dict[str, object]) -> Judged:
    known = f"{given.get('sheet', '')}{given.get('tone', '')}"
    said = text(said, 20, "text")
    return Judged(Markup("<b>{}</b>").format(said + known), "a" in said, {"a.csv": said})


def judged(door: Door | None = None, **sent: object) -> str:
    desk = Desk("tea", Tab({}, judge, None, 0), door or Door(4), "ru")  # type: ignore[arg-type]
    event = gr.EventData(None, dict(sent))
    return _judge(desk, judge)(gr.Request(session_hash="me"), event)


def test_each_edited_text_gets_its_verdict():
    texts = {"0": {"text": "a<b", "tone": "?"}, "1": {"text": "c"}, "2": {"text": " "}}
    found = judged(given='{"sheet": "!"}', texts=json.dumps(texts))
    first, second, third = found.split('<div class="verdict"')[1:]
    assert 'data-verdict="0" data-clean data-records' in first
    assert "{&#34;a.csv&#34;: &#34;a&lt;b&#34;}" in first
    assert 'data-of="a&lt;b"' in first and "<b>a&lt;b!?</b>" in first
    assert 'data-verdict="1" data-records' in second
    assert 'data-records="{}" data-of=" "' in third and "notice hint" in third and "пусто" in third


@pytest.mark.parametrize(
    "sent",
    [{}, {"texts": "[1]"}, {"texts": "{"}, {"texts": 7}, {"texts": '{"x": {}, "-1": {}}'}],
)
def test_what_the_page_never_sends_is_nothing(sent):
    assert judged(**sent) == ""


def test_no_more_texts_are_judged_than_a_result_has():
    many = json.dumps({str(at): {"text": "a"} for at in range(99)})
    assert judged(given="{}", texts=many).count("data-verdict") == MOST


@pytest.mark.parametrize("own", ["a", 7, [], {}, {"text": 7}])
def test_what_is_no_text_is_told_and_in_no_file(own):
    found = judged(given="{}", texts=json.dumps({"0": own}))
    assert "notice hint" in found and 'data-records="{}"' in found and "data-clean" not in found


def test_a_busy_page_says_so_below_the_text():
    door = Door(1)
    with door.enter("other", "tea"):
        assert "notice hint" in judged(door, texts='{"0": {"text": "a"}}')
