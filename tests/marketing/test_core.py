"""What is done with a text before it is checked, and how a sheet is read from what a visitor writes."""

import time
from threading import Event, Timer

import pytest
from service.serving import ScriptedChat

from samovar.marketing.checks.forms import FORMS, Form, whole
from samovar.marketing.core import _asked, arrivals, trimmed
from samovar.marketing.facts.brief import TONES, parsed
from samovar.marketing.writers import SPARE, Writer
from samovar.models.shelf import shelf
from samovar.records import ChatRequest, Turn


def test_a_long_text_is_cut_after_a_sentence():
    text = "Hush 1.5\n\nIt holds tea. It holds tea. It boils water. And it"
    assert trimmed(text, FORMS["post"]) == "Hush 1.5\n\nIt holds tea. It boils water."
    assert trimmed(text, Form(whole(1, 30))) == "Hush 1.5\n\nIt holds tea."


def test_headline_and_text_stay_apart_and_are_cut_apart():
    assert trimmed("Hot tea?\nHush boils it.", FORMS["banner"]) == "Hot tea?\nHush boils it."
    long = "Hot tea?\n" + "Hush boils it every morning. " * 2 + "Hush boils water too, " * 4 + "ok."
    assert trimmed(long, FORMS["banner"]) == "Hot tea?\nHush boils it every morning."
    assert trimmed("Hot tea from Hush, for you\n\nHi.\n\nBye.", FORMS["email"]).count("\n\n") == 2


@pytest.mark.parametrize(
    ("sheet", "name", "facts"),
    [
        ("Name: Hush\nHolds 1.5 litres. Boils.", "Hush", ("Holds 1.5 litres.", "Boils.")),
        ("Hush Mini\n- Holds a cup\n- Is blue", "Hush Mini", ("Holds a cup", "Is blue")),
        ("The Hush Mini 2 holds a cup.", "Hush Mini 2", ("The Hush Mini 2 holds a cup.",)),
        ("a nice red kettle", "", ("a nice red kettle",)),
    ],
)
def test_a_sheet_may_be_lines_or_free_text(sheet, name, facts):
    assert (parsed(sheet).name, parsed(sheet).facts) == (name, facts)


@pytest.mark.parametrize(("prefix", "begun"), [("", 1), ("Meet Hush!", 3)])
def test_the_first_prompt_is_read_alone_unless_its_first_words_are_given(prefix, begun):
    chat = ScriptedChat()
    chat.gate.clear()
    requests = [ChatRequest((Turn("user", f"2 words of {word}"),), prefix=prefix) for word in "abc"]
    at_once: list[int] = []

    def look() -> None:
        at_once.append(len(chat.asked))
        chat.gate.set()

    Timer(0.3, look).start()
    said = ["", "", ""]
    for arrival in arrivals(chat, requests, None):
        said[arrival.at] += arrival.piece or ""
    assert at_once == [begun]
    assert said == ["a a.", "b b.", "c c."]


def test_stopping_before_the_first_word_ends_all_requests():
    chat, stop = ScriptedChat(), Event()
    chat.gate.clear()
    Timer(0.2, stop.set).start()
    began = time.perf_counter()
    requests = [ChatRequest((Turn("user", "2 words of a"),))] * 3
    assert [each for each in arrivals(chat, requests, stop) if each.piece] == []
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("tones", "drawn"),
    [(("plain",) * 3, 3 + SPARE), (tuple(TONES), 8), ((*TONES, "plain"), 9)],
)
def test_several_tones_share_what_is_drawn_beyond_the_texts(tones, drawn):
    writer = Writer(ScriptedChat(), shelf().settings.data, "tuned", times=0)
    writer.chat.name = "qwen2.5-coder-1.5b-instruct"
    asked, voices = _asked(writer, parsed("Hush boils a litre."), "en", "post", tones, 0)
    assert len(asked) == len(voices) == drawn
    assert all(voices.count(tone) >= tones.count(tone) for tone in tones)
