"""A llama.cpp server by URL: what it is, when it is away, when nobody waits for it any more."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest
import tiny_qwen2
from service.http_answers import SSE, send, server
from service.llama_server import llama_server

from samovar import catalog
from samovar.errors import ModelError
from samovar.models.chat.llamacpp.at_url import LlamaServerChat
from samovar.models.files import weights
from samovar.records import ChatRequest, Sampling, Turn
from samovar.settings import Settings

MODEL = catalog.model("smollm2-135m-instruct")
OTHER = catalog.model("qwen2.5-coder-1.5b-instruct")
"""What the profile names; the server has another."""
HELLO = ChatRequest((Turn("user", "Hello!"),), Sampling(max_tokens=4))
NOVEL = ChatRequest((Turn("user", "Write a novel."),), Sampling(max_tokens=400), prefix="It was")
KEY = "s3cret"
PROPERTIES = {
    "chat_template": "",
    "bos_token": "",
    "eos_token": "",
    "default_generation_settings": {"n_ctx": 512},
    "total_slots": 1,
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    [path] = weights.find(MODEL)
    with llama_server(path, key=KEY) as (url, _):
        yield url


def chat(url: str, key: str = "", seconds: float = 60) -> LlamaServerChat:
    return LlamaServerChat(OTHER, Settings(llama_url=url, chat_key=key), httpx.Timeout(seconds))


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_server_says_which_model_answers(url):
    for address in (url, f"{url}/", f"{url}/v1"):
        model = chat(address, KEY)
        assert (model.name, model.engine, model.languages) == (MODEL.id, "llama-server", ("en",))
        model.close()
    with pytest.raises(ModelError, match="closed"):
        model.complete([HELLO])


def test_a_wrong_key_is_explained(url):
    with pytest.raises(ModelError, match=r"answered 401.*SAMOVAR_CHAT_KEY") as told:
        chat(url, "guess").complete([HELLO])
    assert "guess" not in str(told.value)


def test_an_adapter_that_the_server_lacks_is_named_with_the_way_out(url):
    with pytest.raises(ModelError, match=r"no adapter `ads`; it has: —.*--lora ads\.gguf") as told:
        chat(url, KEY).complete([ChatRequest(HELLO.turns, adapter="ads")])
    assert "нет адаптера «ads»" in told.value.say("ru")


def test_closing_a_stream_closes_the_connection_and_the_server_stops_writing(url):
    model = chat(url, KEY)

    def busy() -> bool:
        keyed = {"Authorization": f"Bearer {KEY}"}
        slots = httpx.get(f"{url}/slots", headers=keyed, trust_env=False, timeout=60).json()
        return any(slot["is_processing"] for slot in slots)

    pieces = model.stream(NOVEL)
    assert next(pieces) and busy()
    pieces.close()  # type: ignore[attr-defined]
    until(lambda: not busy())
    assert model.complete([HELLO])[0].tokens


def test_a_server_that_dies_is_said_and_one_with_another_model_is_noticed(tmp_path: Path):
    network = tiny_qwen2.network()
    tiny = tmp_path / "tiny-tea.gguf"
    tiny_qwen2.write(network, tiny)
    [path] = weights.find(MODEL)
    with llama_server(path) as (url, process):
        model = chat(url)
        pieces = model.stream(NOVEL)
        assert next(pieces)
        process.kill()
        with pytest.raises(ModelError, match=r"cannot be reached.*SAMOVAR_LLAMA_URL") as told:
            list(pieces)
        assert "недоступен" in told.value.say("ru")
    with pytest.raises(ModelError, match="cannot be reached"):
        model.complete([HELLO])
    with llama_server(tiny, port=httpx.URL(url).port or 0):
        [reply] = model.complete([HELLO])
        assert (model.name, model.count("tea")) == ("tiny-tea", 3)  # a token for each letter
        assert reply.tokens == 4
    model.close()


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (404, '{"detail": "Not Found"}', "application/json", "404: Not Found. What answers at"),
        (200, "<h1>hello</h1>", "text/html", "no llama.cpp server"),
        (200, "[]", "application/json", "no llama.cpp server"),
        (500, "<h1>oops</h1>", "text/html", "500: <h1>oops</h1>. Try again later."),
        (503, '{"error": {"message": "Loading model"}}', "application/json", "503: Loading model. Try"),
    ],
)  # fmt: skip
def test_another_kind_of_server_is_explained(status: int, body: str, kind: str, said: str):
    with server(lambda handler, _: send(handler, status, body, kind)) as url:
        with pytest.raises(ModelError) as failure:
            chat(url)
        assert said in str(failure.value)
        assert url.removesuffix("/v1") in failure.value.say("ru")


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (500, '{"error": {"message": "no memory"}}', "application/json", "500: no memory. Try again"),
        (200, "{}", "application/json", "no stream of chat completions"),
        (200, "data: nonsense\n\n", SSE, "no stream of chat completions"),
        (200, 'data: {"choices": 7}\n\n', SSE, "no stream of chat completions"),
        (200, "", SSE, "no stream of chat completions"),
        (200, 'data: {"error": {"message": "out of memory"}}\n\n', SSE, "broke off its reply: out"),
    ],
)  # fmt: skip
def test_a_bad_reply_is_explained(status: int, body: str, kind: str, said: str):
    with server(properly(lambda handler: send(handler, status, body, kind))) as url:
        model = chat(url)
        for call in (lambda: model.complete([HELLO]), lambda: list(model.stream(HELLO))):
            with pytest.raises(ModelError) as failure:
                call()
            assert said in str(failure.value)


def test_an_absent_or_silent_server_is_explained():
    for url in ("http://127.0.0.1:9", "http://[::bad", "localhost:8080"):
        with pytest.raises(ModelError, match=r"cannot be reached.*SAMOVAR_LLAMA_URL"):
            chat(url)
    with pytest.raises(ModelError, match=r"Set SAMOVAR_LLAMA_URL, for example http://"):
        chat("")
    with (
        server(properly(lambda handler: time.sleep(2))) as url,
        pytest.raises(ModelError, match=r"said nothing for 0\.5 s"),
    ):
        chat(url, seconds=0.5).complete([HELLO])


def properly(reply: Callable[[BaseHTTPRequestHandler], None]) -> Any:
    """Return what answers as llama.cpp does, but for its replies."""

    def answer(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        known = {"/props": PROPERTIES, "/lora-adapters": [], "/tokenize": {"tokens": [1, 2]}}
        if handler.path in known:
            send(handler, 200, json.dumps(known[handler.path]), "application/json")
        else:
            reply(handler)

    return answer
