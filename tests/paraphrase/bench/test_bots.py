"""Bots of every kind over real HTTP and real processes, good and bad ones."""

from __future__ import annotations

import shlex
import socket
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from samovar.paraphrase.bench.bots.base import BotError, Reply, Value, values
from samovar.paraphrase.bench.bots.patience import Patience
from samovar.paraphrase.bench.bots.rows import BOTS, Options
from samovar.paraphrase.bench.bots.rows import bot as made
from samovar.paraphrase.nlu.intent_file import Example

SUITE = (
    Example("wake me up at six", "alarm"),
    Example("set an alarm for seven", "alarm"),
    Example("do I need a coat", "weather"),
    Example("will it rain", "weather"),
)
CITY = (Value("city", "Oslo"),)
ECHO = "for line in iter(input, None): print({}, flush=True)"


def options(**more: Any) -> Options:
    given = {"patience": Patience(2.0, 2), "suite": "s.csv", "examples": SUITE, **more}
    return Options(**given)


def asked(spec: str, text: str, **more: Any) -> Reply:
    one = made(spec, options(**more))
    try:
        return one.ask(text)
    finally:
        one.close()


def python(code: str) -> str:
    return f"command:{shlex.join([sys.executable, '-c', code])}"


TEMPLATE = {"body": '{"query": {"text": "{text}"}, "session": "{id}"}', "intent": "result[0].label"}


@pytest.mark.parametrize(
    ("spec", "more", "intent", "slots"),
    [
        ("rasa:{url}", {}, "weather", CITY),
        ("{url}/ask", TEMPLATE, "weather", None),
        ("{url}/ask", {**TEMPLATE, "slots": "result[0].filled"}, "weather", CITY),
        ("openai:{url}/v1", {"model": "m"}, "weather", None),
        ("fitted", {}, "weather", None),
    ],
)
def test_every_kind_tells_the_intent(
    bot: Any, spec: str, more: dict[str, str], intent: str, slots: Any
) -> None:
    reply = asked(spec.format(url=bot.url), "what is the weather like in Oslo", **more)
    assert (reply.intent, reply.slots) == (intent, slots)
    assert reply.milliseconds > 0


def test_the_text_is_put_into_json_not_pasted(bot: Any) -> None:
    text = 'say "{id}", \\ and {text}'
    asked(f"{bot.url}/ask", text, **TEMPLATE)
    assert bot.classifier.asked[text] == 1


def test_a_model_that_names_no_intent_of_the_suite_is_told_so(bot: Any) -> None:
    reply = asked(f"openai:{bot.url}/v1", "transfer ten dollars to Ann", model="m")
    assert (reply.intent, reply.said) == ("", "I would rather not say.")


def test_a_fault_that_passes_is_asked_again(bot: Any) -> None:
    assert asked(f"rasa:{bot.url}/flaky", "wake me up at five").intent == "alarm"
    with pytest.raises(BotError, match="answered 503: busy"):
        asked(f"rasa:{bot.url}/flaky", "wake me at five", patience=Patience(2.0, 1))


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("500", "answered 500: <html>"),
        ("html", "something that is no JSON: <html>"),
        ("nothing", "answered nothing"),
        ("minute", "has not answered within 1 s"),
        ("drops", "has not answered within 1 s"),
        ("large", "more than 1,000,000 bytes"),
        ("away", "answered 307"),
        ("no-such", 'answered 404: {"detail":"Not Found"}'),
        ("nonsense/list", "without `intent.name`: [1, 2]"),
        ("nonsense/null", "without `intent.name`: null"),
        ("nonsense/no-name", 'without `intent.name`: {"intent": {}}'),
        ("nonsense/text", "without `intent.name`"),
    ],
)
def test_a_bad_bot_gives_a_clear_message_in_time(bot: Any, place: str, said: str) -> None:
    begun = time.monotonic()
    with pytest.raises(BotError) as caught:
        asked(f"rasa:{bot.url}/{place}", "hi", patience=Patience(1.0, 1))
    assert time.monotonic() - begun < 2
    assert said in caught.value.say("en") and "Бот" in caught.value.say("ru").replace("бот", "Бот")


def test_a_bot_that_nobody_started_and_one_that_never_accepts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(BotError, match="cannot be reached"):
        asked(f"rasa:http://127.0.0.1:{port}", "hi", patience=Patience(1.0, 1))
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        begun = time.monotonic()
        with pytest.raises(BotError, match=r"has not answered within 0\.5 s"):
            asked(f"rasa:http://127.0.0.1:{deaf.getsockname()[1]}", "hi", patience=Patience(0.5, 5))
        assert time.monotonic() - begun < 1.5


def test_words_that_a_report_cannot_hold_are_taken_out(bot: Any) -> None:
    assert asked(f"rasa:{bot.url}/nonsense/deep", "hi").intent == "odd"


@pytest.mark.parametrize(
    ("intent", "slots", "said"),
    [("result[0].no", "", "no intent at `result[0].no`"), ("result", "", "no intent at `result`"), ("result[0].label", "result[0].label", "no slots at")],
)  # fmt: skip
def test_paths_that_lead_nowhere(bot: Any, intent: str, slots: str, said: str) -> None:
    with pytest.raises(BotError) as caught:
        asked(f"{bot.url}/ask", "hi", **{**TEMPLATE, "intent": intent, "slots": slots})
    assert said in caught.value.say("en")


def test_the_channel_of_a_silent_assistant(bot: Any) -> None:
    with pytest.raises(BotError, match="said nothing to this"):
        asked(f"rasa-rest:{bot.url}", "transfer ten dollars to Ann")


@pytest.mark.parametrize(
    ("code", "reply"),
    [
        (ECHO.format("'alarm'"), Reply("alarm")),
        (ECHO.format("line.upper()"), Reply("GO TO «ОСЛО»")),
        (
            "import json\n"
            + ECHO.format("json.dumps({'intent': 'go', 'slots': {'city': 'Oslo'}})"),
            Reply("go", CITY),
        ),
    ],
)
def test_a_command_answers_a_line_with_a_line(code: str, reply: Reply) -> None:
    found = asked(python(code), "go to\n «Осло»")
    assert (found.intent, found.slots) == (reply.intent, reply.slots)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("command:/no/such/bot", "cannot be started: No such file"),
        (python("raise SystemExit(3)"), "ended with code 3 before it answered"),
        (python("import time; time.sleep(60)"), "no line within 2 s"),
        (python(ECHO.format("''")), "wrote an empty line"),
        (python(ECHO.format("'{1}'")), "wrote JSON without an intent"),
    ],
)
def test_a_bad_command_gives_a_clear_message(spec: str, said: str) -> None:
    begun = time.monotonic()
    with pytest.raises(BotError, match=said):
        asked(spec, "hi")
    assert time.monotonic() - begun < 6


def test_a_command_that_ended_is_started_anew(tmp_path: Path) -> None:
    one = made(python("print(input(), flush=True)"), options())
    assert [one.ask(text).intent for text in ("a", "b")] == ["a", "b"]
    one.close()


def test_a_command_that_writes_too_much_is_found_out() -> None:
    one = made(python(ECHO.format("line + '\\n!'")), options())
    assert one.ask("a").intent == "a"
    time.sleep(0.3)
    with pytest.raises(BotError, match="more lines than it was given"):
        one.ask("b")
    one.close()


def test_slots_in_the_shapes_that_bots_use() -> None:
    rows = [{"entity": "city", "value": "Oslo", "role": "to"}, {"name": "n", "text": 2}, {"x": 1}]
    assert values(rows) == (Value("city", "Oslo", "to"), Value("n", "2"))
    assert values({"a": 1}) == (Value("a", "1"),)
    assert values("no") is None and values([1]) is None


def test_every_kind_has_its_words_in_both_languages() -> None:
    assert all(row.about.en != row.about.ru for row in BOTS.values())
