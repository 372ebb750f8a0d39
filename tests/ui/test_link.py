"""Links: what is written is read back, and nothing else gets in."""

from urllib.parse import parse_qsl

import gradio as gr
import pytest

from samovar.phrases import Phrase
from samovar.tool import Shown, Tab
from samovar.ui.history.link import link, linked_tool, restored


@pytest.fixture(scope="module")
def tab() -> Tab:
    with gr.Blocks():
        inputs = {
            "text": gr.Textbox(),
            "n": gr.Slider(1, 10, value=8, step=1),
            "seed": gr.Number(0, precision=0),
            "mode": gr.Radio([("words", "bm25"), ("meaning", "dense")]),
            "topic": gr.Dropdown([("any", ""), ("sea", "sea")]),
            "taggers": gr.CheckboxGroup([("spaCy", "spacy"), ("model", "llm")]),
            "retrieval": gr.Checkbox(True),
        }
    return Tab(inputs, lambda visit: Shown(visit), Phrase("Run", "Пуск"), seconds=0)


def query(url: str) -> dict[str, str]:
    return dict(parse_qsl(url.removeprefix("?"), keep_blank_values=True))


VALUES = {"text": "a & b=c?\n«Ёж» 👩‍👩‍👧 <b>", "n": 3, "seed": 7, "mode": "dense", "topic": "sea",
          "taggers": ["llm"], "retrieval": False}  # fmt: skip


def test_what_is_written_is_read_back(tab):
    asked = query(link("ner", VALUES))
    assert linked_tool(asked) == "ner"
    assert restored(asked, tab) == VALUES


def test_nothing_chosen_is_kept_and_nothing_typed_is_left_out(tab):
    asked = query(link("ner", {"text": "", "taggers": [], "n": 3.0, "seed": None}))
    assert restored(asked, tab) == {"taggers": [], "n": 3}


@pytest.mark.parametrize(
    "name, raw",
    [
        ("n", "11"), ("n", "0"), ("n", "true"), ("n", "three"), ("n", '"3"'), ("n", "NaN"),
        ("seed", "[]"), ("seed", ""), ("mode", "magic"), ("topic", "<b>"),
        ("taggers", "spacy"), ("taggers", '["bert"]'), ("taggers", '[["spacy"]]'),
        ("retrieval", "1"), ("retrieval", "yes"),
    ],
)  # fmt: skip
def test_what_the_widget_would_refuse_is_left_out(tab, name, raw):
    assert restored({"tool": "ner", name: raw, "text": "kept"}, tab) == {"text": "kept"}


def test_a_link_of_another_protocol_restores_no_inputs(tab):
    assert restored({"tool": "ner", "v": "2", "text": "x"}, tab) == {}


@pytest.mark.parametrize("slug", ["", "models", "NER", "../ner"])
def test_only_tools_are_opened(slug):
    assert linked_tool({"tool": slug}) is None
