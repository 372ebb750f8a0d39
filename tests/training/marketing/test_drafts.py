"""Drafts by an OpenAI-compatible server (our own): what is kept, what is put aside and why, what is asked again."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest
from service.serving import ScriptedChat, ScriptedShelf, serving

from samovar.settings import Settings
from training.marketing import drafts
from training.marketing.orders import plain

SHEET = {
    "id": "flask", "name": "Tundra Flask", "category": "flask", "language": "en", "audience": "hikers",
    "facts": ["Holds 1.5 litres.", "Weighs 350 grams."], "benefits": ["Easy to open with gloves on"],
    "price": "EUR 40", "forbidden": [],
}  # fmt: skip
GOOD = (
    "Gloves on, a long day ahead? Tundra Flask holds 1.5 litres and weighs 350 grams, and you open it with "
    "gloves on. It costs EUR 40. See the sheet."
)
WRONG = GOOD.replace("1.5 litres", "9 litres")


class Writing(ScriptedChat):
    """Write the right text for experts and a wrong one for all others."""

    def stream(self, request, stop=None):
        self.asked.append(request)
        yield GOOD if "Tone: expert" in request.turns[-1].text else WRONG


@pytest.fixture
def server():
    @contextmanager
    def start():
        chat = Writing()
        with serving(ScriptedShelf(Settings(), chat)) as served:
            yield f"{served.url}/v1", chat

    return start


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_what_the_checks_fault_is_put_aside_and_nothing_is_asked_twice(tmp_path, server, capsys):
    sheets, out = tmp_path / "sheets.jsonl", tmp_path / "build" / "drafts.jsonl"
    sheets.write_text(json.dumps(SHEET) + "\n")
    with server() as (url, chat):
        given = ["--url", url, "--model", chat.name, "--sheets", str(sheets), "--out", str(out)]
        given += ["--channels", "post", "--tones", "expert,bold"]
        assert drafts.main([*given, "--most", "1"]) == 0
        assert drafts.main(given) == 0
        assert drafts.main(given) == 0
        assert len(chat.asked) == 2
    [kept], [dropped] = rows(out), rows(out.with_stem("drafts-dropped"))
    assert (kept["tone"], kept["text"], kept["model"]) == ("expert", GOOD, chat.name)
    assert "number" in {problem["kind"] for problem in dropped["problems"]}
    said = capsys.readouterr().out
    assert "1 drafts asked for (1 were there), 0 kept" in said and "number 1" in said
    system, *_, asked = chat.asked[0].turns
    assert "Begin with what the reader gets" in system.text and "Tundra Flask" in asked.text


def test_a_torn_line_is_asked_for_again(tmp_path):
    path = tmp_path / "drafts.jsonl"
    row = {"sheet": "flask", "channel": "post", "tone": "bold", "sample": 0}
    path.write_text(json.dumps(row) + '\n{"sheet": "fla')
    assert drafts.done(path) == {("flask", "post", "bold", 0)}
    assert path.read_text() == json.dumps(row) + "\n"
    path.write_text('{"sheet": "fla')
    assert drafts.done(path) == drafts.done(tmp_path / "none.jsonl") == set()


@pytest.mark.parametrize(
    ("sheet", "more", "said"),
    [
        ({"language": None}, [], "names no language"),
        ({}, ["--channels", "fax"], "post, email, banner"),
        ({}, [], "cannot be reached"),
    ],
)
def test_what_cannot_be_drafted_is_said(tmp_path, capsys, sheet, more, said):
    sheets = tmp_path / "sheets.jsonl"
    sheets.write_text(json.dumps(SHEET | sheet) + "\n")
    given = ["--url", "http://127.0.0.1:9/v1", "--model", "m", "--sheets", str(sheets)]
    assert drafts.main([*given, "--out", str(tmp_path / "out.jsonl"), *more]) != 0
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ('"Tea for two."', "Tea for two."),
        ("Subject: Tea\n\nHello,", "Tea\n\nHello,"),
        ("**Заголовок:** Чай\nГорячий", "Чай\nГорячий"),
        ("«Кедр» держит тепло", "«Кедр» держит тепло"),
        ("Text message? Yes", "Text message? Yes"),
    ],
)
def test_labels_and_quotes_of_a_reply_go(reply, text):
    assert plain(reply) == text
