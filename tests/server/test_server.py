"""Our own OpenAI-compatible server, over llama.cpp and the real embedded models."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import jsonschema
import numpy as np
import pytest
from service.serving import serving

from samovar.models.shelf import Shelf
from samovar.settings import Settings

COUNT = [{"role": "user", "content": "Count."}, {"role": "assistant", "content": "1, 2, 3,"}]
HELLO = [{"role": "user", "content": "Hello!"}]
SCHEMA = {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"], "additionalProperties": False}  # fmt: skip

NUMBERS = {"type": "array", "items": {"type": "integer"}, "minItems": 500}
ENDLESS = {"type": "json_schema", "json_schema": {"name": "numbers", "schema": NUMBERS}}


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    threads = Settings.from_env().threads
    found = Shelf(Settings(chat_engine="llamacpp", threads=threads, running=3, queue=0))
    yield found
    found.close()


@pytest.fixture(scope="module")
def client(shelf: Shelf) -> Iterator[httpx.Client]:
    with serving(shelf) as served, served.http() as found:
        yield found


def chat(client: httpx.Client, **body: Any) -> httpx.Response:
    body = {"messages": COUNT, "temperature": 0, "max_tokens": 6, **body}
    return client.post("/v1/chat/completions", json=body)


def events(text: str) -> list[dict[str, Any]]:
    lines = [line.removeprefix("data: ") for line in text.splitlines() if line]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]


def test_health_and_models(client):
    assert client.get("/healthz").json() == {"status": "ok", "running": 0, "waiting": 0}
    listed = client.get("/v1/models").json()
    names = [row["id"] for row in listed["data"]]
    assert names[0] == "smollm2-135m-instruct"
    assert "multilingual-e5-small" in names
    assert "qwen2.5-7b-instruct" not in names  # would have to be downloaded


def test_a_completion(client):
    body = chat(client, n=2).json()
    assert [choice["message"]["content"] for choice in body["choices"]] == [" 4, 5,"] * 2
    assert [choice["finish_reason"] for choice in body["choices"]] == ["length"] * 2
    assert body["usage"]["completion_tokens"] == 12
    assert body["model"] == "smollm2-135m-instruct"


def test_a_stream_says_the_same(client):
    reply = chat(client, stream=True, stream_options={"include_usage": True})
    assert reply.headers["content-type"].startswith("text/event-stream")
    *pieces, end, usage = events(reply.text)
    assert "".join(piece["choices"][0]["delta"]["content"] for piece in pieces) == " 4, 5,"
    assert end["choices"][0]["finish_reason"] == "length"
    assert usage["usage"]["completion_tokens"] == 6
    assert len({piece["id"] for piece in pieces}) == 1


def test_stop_schema_and_parts(client):
    assert chat(client, stop=" 5").json()["choices"][0]["message"]["content"] == " 4,"
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": SCHEMA}}
    parts = [{"role": "user", "content": [{"type": "text", "text": "Is it so?"}]}]
    body = chat(client, messages=parts, response_format=form, max_tokens=30).json()
    jsonschema.validate(json.loads(body["choices"][0]["message"]["content"]), SCHEMA)


def test_a_seed_repeats_a_text(client):
    def text(seed: int) -> str:
        body = chat(client, messages=HELLO, temperature=1.3, seed=seed, max_tokens=16).json()
        return str(body["choices"][0]["message"]["content"])

    assert text(1) == text(1) != text(2)


def test_embeddings(client):
    texts = ["How do I make tea?", "Как заварить чай?", "The stock market fell."]
    body = client.post("/v1/embeddings", json={"input": texts}).json()
    vectors = np.array([row["embedding"] for row in body["data"]])
    tea, russian_tea, market = vectors
    assert tea @ russian_tea > tea @ market + 0.02
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    packed = {"input": texts[0], "encoding_format": "base64", "model": body["model"]}
    row = client.post("/v1/embeddings", json=packed).json()["data"][0]
    found = np.frombuffer(base64.b64decode(row["embedding"]), "<f4")
    assert np.allclose(found, tea, atol=1e-2)


@pytest.mark.parametrize(
    ("body", "status", "en", "ru"),
    [
        ({"messages": []}, 400, "`messages` is empty", "пуст"),
        ({"messages": "hi"}, 400, "`messages` is missing or has a wrong type", "тип не подходит"),
        ({"messages": [{"role": "wizard", "content": "x"}]}, 400, "messages.0.role", "messages.0.role"),
        ({"messages": [{"role": "user", "content": " "}]}, 400, "`messages[0]` is empty", "пусто"),
        ({"messages": [{"role": "user", "content": "x" * 100_001}]}, 400, "100,001 characters", "100\u00a0001 зн"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, 400, "only text", "только текст"),
        ({"model": "gpt-9"}, 404, "no model 'gpt-9'", "Модели 'gpt-9' здесь нет"),
        ({"model": "../../etc/passwd"}, 404, "no model", "здесь нет"),
        ({"temperature": -1}, 400, "between 0 and 2", "от 0 до 2"),
        ({"max_tokens": 0}, 400, "between 1 and", "от 1 до"),
        ({"n": 99}, 400, "`n` is 99", "«n» стоит 99"),
        ({"n": 2, "stream": True}, 400, "n is 2", "n равно 2"),
        ({"response_format": {"type": "json_schema"}}, 400, "carries no schema", "нет схемы"),
        ({"response_format": {"type": "json_schema", "json_schema": {"schema": {"type": 7}}}}, 400, "not valid", "ошибка"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stream", [False, True])
def test_bad_requests(client, body: dict[str, Any], status: int, en: str, ru: str, stream: bool):
    for language, said in (("en", en), ("ru-RU,ru", ru)):
        full = {"messages": HELLO, "stream": stream, **body}
        headers = {"Accept-Language": language}
        reply = client.post("/v1/chat/completions", json=full, headers=headers)
        assert reply.status_code == status
        assert said in reply.json()["error"]["message"]


def test_broken_json_unknown_paths_and_huge_bodies(client):
    assert client.post("/v1/chat/completions", content=b"{").status_code == 400
    assert client.post("/v1/embeddings", json={"input": []}).status_code == 400
    assert client.get("/v1/nothing").json()["error"]["type"] == "invalid_request_error"
    assert client.get("/v1/chat/completions").status_code == 405
    huge = client.post("/v1/chat/completions", content=b" " * 17_000_000)
    assert huge.status_code == 413
    assert chat(client).status_code == 200


def test_hanging_up_ends_the_generation(client, shelf):
    """Three places: were they kept, the fourth request would be refused."""
    novel = {"messages": HELLO, "stream": True, "max_tokens": 6000, "response_format": ENDLESS}
    for _ in range(5):
        with client.stream("POST", "/v1/chat/completions", json=novel) as reply:
            next(reply.iter_lines())
        deadline = time.monotonic() + 20
        while shelf.chat()._inner._server.room._free < 10_000:  # the reply would hold 6,000 tokens
            assert time.monotonic() < deadline, "still generating for nobody"
            time.sleep(0.05)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/v1/chat/completions", json={**novel, "stream": False}, timeout=1)
    while shelf.chat()._inner._server.room._free < 10_000:
        assert time.monotonic() < deadline + 20
        time.sleep(0.05)
    assert chat(client).status_code == 200


def test_too_many_requests_are_told_to_come_again(client):
    novel = {"messages": HELLO, "stream": True, "max_tokens": 2000, "response_format": ENDLESS}
    with ExitStack() as streams:
        replies = [
            streams.enter_context(client.stream("POST", "/v1/chat/completions", json=novel))
            for _ in range(3)
        ]
        assert [reply.status_code for reply in replies] == [200] * 3
        busy = chat(client)
    assert busy.status_code == 429
    assert busy.json()["error"]["code"] == "rate_limit_exceeded"
    deadline = time.monotonic() + 20
    while (reply := chat(client)).status_code == 429 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert reply.status_code == 200
