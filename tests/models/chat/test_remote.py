"""A remote server that is absent, refuses, hangs or answers nonsense."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest
from service.http_answers import SSE, send, server

from samovar import catalog
from samovar.errors import ModelError
from samovar.models.chat.completions import shortened
from samovar.models.chat.remote import RemoteChat
from samovar.records import ChatRequest, Sampling, Turn
from samovar.settings import Settings

MODEL = catalog.model("smollm2-135m-instruct")
HELLO = ChatRequest((Turn("user", "Hello!"),), Sampling(max_tokens=4))


def events(*texts: str, finish: str | None = "stop") -> str:
    chunks = [{"choices": [{"delta": {"content": text}, "finish_reason": None}]} for text in texts]
    last = {"choices": [{"delta": {}, "finish_reason": finish}]}
    return "".join(f"data: {json.dumps(c)}\n\n" for c in [*chunks, last]) + "data: [DONE]\n\n"


def chat(url: str, **more: Any) -> RemoteChat:
    return RemoteChat(MODEL, Settings(chat_url=url, **more), httpx.Timeout(0.5))


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (401, '{"error": {"message": "bad key"}}', "application/json", "401: bad key. Check SAMOVAR_CHAT_KEY"),
        (404, '{"error": "no model x"}', "application/json", "404: no model x. Check SAMOVAR_CHAT_MODEL"),
        (404, '{"detail": "Not Found"}', "application/json", "404: Not Found."),
        (500, "<h1>oops</h1>", "text/html", "500: <h1>oops</h1>. Try again later."),
        (503, "", "text/html", "503: —. Try again later."),
        (200, "{}", "application/json", "no stream of chat completions"),
        (200, "data: nonsense\n\n", SSE, "no stream of chat completions"),
        (200, 'data: {"choices": 7}\n\n', SSE, "no stream of chat completions"),
        (200, 'data: {"error": {"message": "out of memory"}}\n\n', SSE, "broke off its reply: out of memory"),
    ],
)  # fmt: skip
def test_a_bad_answer_is_explained(status: int, body: str, kind: str, said: str):
    with server(lambda handler, _: send(handler, status, body, kind)) as url:
        for call in (lambda m: m.complete([HELLO]), lambda m: list(m.stream(HELLO))):
            with pytest.raises(ModelError) as failure:
                call(chat(url))
            assert said in str(failure.value)
            assert url in failure.value.say("ru")


def test_an_absent_server_is_explained():
    with pytest.raises(ModelError, match=r"cannot be reached.*SAMOVAR_CHAT_URL"):
        chat("http://127.0.0.1:9/v1").complete([HELLO])
    with pytest.raises(ModelError, match="SAMOVAR_CHAT_URL"):
        chat("")
    with pytest.raises(ModelError, match="SAMOVAR_CHAT_URL"):
        chat("http://[::bad/v1").complete([HELLO])
    with pytest.raises(ModelError, match="SAMOVAR_CHAT_URL"):
        chat("localhost:8000").complete([HELLO])


def test_a_server_that_hangs_is_given_up():
    free = threading.Event()
    with server(lambda *_: free.wait(10) and None) as url:
        with pytest.raises(ModelError, match=r"said nothing for 0\.5 s"):
            chat(url).complete([HELLO])
        free.set()


def test_the_key_goes_to_the_server_and_never_follows_a_redirect():
    seen: list[tuple[str, str | None]] = []

    def thief(handler: BaseHTTPRequestHandler, _: Any) -> None:
        seen.append(("thief", handler.headers["Authorization"]))
        send(handler, 200, events("hi"), SSE)

    with server(thief) as elsewhere:

        def redirect(handler: BaseHTTPRequestHandler, _: Any) -> None:
            seen.append(("server", handler.headers["Authorization"]))
            send(handler, 307, "moved", "text/plain", Location=f"{elsewhere}/chat/completions")

        with server(redirect) as url, pytest.raises(ModelError, match="307") as failure:
            chat(url, chat_key="secret-key").complete([HELLO])
    assert seen == [("server", "Bearer secret-key")]
    assert "secret-key" not in str(failure.value)


def test_what_is_sent():
    bodies: list[dict[str, Any]] = []

    def answer(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        bodies.append(body)
        send(handler, 200, events("Sure, ", "here"), SSE)

    schema = {"type": "object"}
    sampling = Sampling(temperature=0.5, top_p=0.9, max_tokens=9, seed=3)
    asked = ChatRequest(HELLO.turns, sampling, "my-lora", schema, ("END",), "Sure, ")
    with server(answer) as url:
        [reply] = chat(url, chat_model="base").complete([asked])
        chat(url, chat_model="base").complete([HELLO])
    assert (reply.text, reply.finish) == ("here", "stop")  # the prefix is not repeated
    first, second = bodies
    assert (first["model"], second["model"]) == ("my-lora", "base")
    assert first["messages"][-1] == {"role": "assistant", "content": "Sure, "}
    assert first["response_format"]["json_schema"]["schema"] == schema
    assert [first[k] for k in ("temperature", "top_p", "max_tokens", "seed", "stop")] == [0.5, 0.9, 9, 3, ["END"]]  # fmt: skip
    assert "continue_final_message" not in second


def test_a_conversation_too_long_for_the_server_is_shortened():
    sizes: list[int] = []

    def answer(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        size = sum(len(message["content"]) for message in body["messages"])
        sizes.append(size)
        error = {"error": {"message": "maximum context length is 500", "code": 400}}
        if size > 500:
            send(handler, 400, json.dumps(error), "application/json")
        else:
            send(handler, 200, events("Yes."), SSE)

    turns = [
        Turn("system", "Be brief."),
        *[Turn("user", "tea " * 25)] * 20,
        Turn("user", "x" * 900),
    ]
    with server(answer) as url:
        assert chat(url).complete([ChatRequest(tuple(turns))])[0].text == "Yes."
    assert sizes[0] > 2000
    assert sizes[-1] <= 500


def test_oldest_turns_go_first_and_the_system_turn_stays():
    turns = tuple(Turn("system" if i == 0 else "user", str(i)) for i in range(6))
    shorter = shortened(ChatRequest(turns))
    assert shorter is not None
    assert [turn.text for turn in shorter.turns] == ["0", "3", "4", "5"]
    assert shortened(ChatRequest((Turn("user", "short"),))) is None
