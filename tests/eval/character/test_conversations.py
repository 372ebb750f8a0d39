"""Talks with the characters are played message by message, go on where they stopped, and keep their verdicts."""

from __future__ import annotations

import json
import re

import pytest

from eval.character import conversations
from eval.character.conversations import Visitor, judged, played, verdicts, visitors
from eval.character.conversations_table import LISTS, share
from samovar.character.persona import CHARACTERS
from samovar.figures.results import RESULTS
from samovar.models.shelf import shelf
from samovar.settings import ROOT


class Script:
    """Say the given lines one after another, the last one again and again."""

    name, engine, languages = "a-large-model", "llamacpp", ("en",)  # which speaks for itself

    def __init__(self, *lines):
        self.lines, self.asked = list(lines), []

    def stream(self, request, stop=None):
        self.asked.append(request)
        line = self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]
        yield from re.findall(r"\S+\s*", line)


GREETINGS = Visitor("t-1", "house", "en", ("Hi there!", "Nice cane.", "Well, bye."))


def played_by(chat, path, visitor=GREETINGS):
    return list(played(shelf(), chat, [visitor], path))


def said(request):
    return [turn.text for turn in request.turns if turn.role != "system"]


def test_the_shipped_talks():
    listed = visitors(ROOT / "data" / conversations.FILE)
    assert [len(one.messages) for one in listed] == [6] * 10
    assert sum(one.language == "ru" for one in listed) == 3
    assert {one.character for one in listed} == set(CHARACTERS)


def test_every_message_comes_after_what_was_said(tmp_path):
    chat = Script("Go away.", "Thank you.", "Good.")
    rows = played_by(chat, tmp_path / "rows.jsonl")
    assert [row["reply"] for row in rows] == ["Go away.", "Thank you.", "Good."]
    assert [row["before"] for row in rows] == ["", "Go away.", "Thank you."]
    assert rows[0]["milliseconds"] >= 0 and rows[0]["good"] is None
    assert said(chat.asked[-1])[-5:-1] == ["Hi there!", "Go away.", "Nice cane.", "Thank you."]


def test_a_talk_goes_on_where_it_stopped(tmp_path):
    path = tmp_path / "rows.jsonl"
    first = played_by(Script("Go away."), path)
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:2]), "utf-8")
    chat = Script("Good.")
    assert [row["reply"] for row in played_by(chat, path)] == ["Go away.", "Go away.", "Good."]
    assert len(chat.asked) == 1 and len(first) == 3
    other = Visitor("t-1", "house", "en", ("Hi there!", "Nice shoes.", "Well, bye."))
    again = played_by(Script("Good."), path, other)
    assert [row["reply"] for row in again] == ["Go away.", "Good.", "Good."], "all after the change"


def row(number, reply, good, **more):
    told = {"talk": "t-1", "number": number, "character": "house", "language": "en", "why": ""}
    told |= {"before": "", "message": "Hi *there*", "reply": reply, "good": good, "claims": []}
    return told | more


def test_verdicts_stay_with_the_reply_and_the_one_before(tmp_path):
    path = tmp_path / "result.json"
    read = row(1, "No.", False, why="rude even for him")
    path.write_text(json.dumps({"exchanges": [read, row(2, "Yes.", None)]}))
    known = verdicts(path)
    assert judged(row(1, "No.", None), known) == read
    for other in (row(1, "Yes.", None), row(2, "No.", None), row(1, "No.", None, before="Hm.")):
        assert judged(other, known) == other
    assert verdicts(tmp_path / "none.json") == {}


def test_talks_are_listed_by_language_with_their_verdicts():
    claim = {"verdict": "contradicted", "text": "I hate <b>", "fact": "House loves it."}
    rows = [
        row(1, "One\n\n# two", True, claims=[claim]),
        row(2, "", False, why="silent"),
        row(1, "Да.", None, language="ru", character="data", talk="t-2"),
    ]
    lines = LISTS["en"]({"exchanges": rows})
    assert lines == [
        "### House, t-1",
        "",
        r"- **Visitor:** Hi \*there\*",
        r"- **House:** One \# two",
        r"  - contradicted: “I hate \<b\>” — House loves it.",
        "  - good",
        r"- **Visitor:** Hi \*there\*",
        "- **House:** (nothing)",
        "  - **not good**: silent",
    ]
    assert LISTS["ru"]({"exchanges": rows})[-1] == "  - *not judged*"


def test_the_share_is_of_judged_replies_and_its_interval_over_talks():
    even = [row(n, "x", n % 2 == 0, talk=f"t-{n // 2}") for n in range(20)]
    apart = [row(n, "x", n < 10, talk=f"t-{n // 2}", character="data") for n in range(20)]
    lines = share({"exchanges": [*even, *apart, row(1, "Да.", None, language="ru")]})
    assert lines[2:] == [
        "| English | House | 10 | 20 | 20 | 50% (50% to 50%) |",
        "| English | Data | 10 | 20 | 20 | 50% (20% to 80%) |",
        lines[4],
        "| Russian | House | 1 | 1 | 0 | – |",
        "",
    ]
    assert lines[4].startswith("| English | all | 10 | 40 | 40 | 50%")


def test_the_command_plays_a_talk_with_the_small_model(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SAMOVAR_LIGHT", "1")
    talk = {"id": "t-1", "character": "house", "language": "en"}
    talk["messages"] = ["Who is Wilson?", "And why?"]
    (tmp_path / "talks.jsonl").write_text(json.dumps(talk) + "\n", "utf-8")
    places = {"--talks": "talks.jsonl", "--rows": "rows", "--results": "results"}
    given = [part for key, name in places.items() for part in (key, str(tmp_path / name))]
    assert conversations.main(given) == 0
    assert "2 replies, 2 to be judged" in capsys.readouterr().out
    path = tmp_path / "results" / "character-conversations.json"
    result = json.loads(path.read_text("utf-8"))
    assert result["model"] == "smollm2-135m-instruct"
    assert all(one["reply"] and one["facts"] for one in result["exchanges"][:1])
    assert not list((tmp_path / "rows").iterdir()), "a finished run leaves no rows to go on from"


def test_an_unknown_character_is_refused(tmp_path):
    visitor = Visitor("t-1", "nobody", "en", ("Hi",))
    with pytest.raises(Exception, match="nobody"):
        played_by(Script("No."), tmp_path / "rows.jsonl", visitor)


@pytest.mark.parametrize(
    "path", sorted(RESULTS.glob("character-conversations.json")), ids=lambda path: path.stem
)
def test_what_a_reader_found_not_good_has_a_reason(path):
    rows = json.loads(path.read_text("utf-8"))["exchanges"]
    assert all(row["good"] is not False or row["why"] for row in rows)
