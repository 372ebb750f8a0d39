"""The service under strain, over a scripted model: queue, limits, clients that leave, the end."""

from __future__ import annotations

import json
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from operator import attrgetter

import httpx
import openai
import pytest

from samovar.server import answers, door

TRIALS = 10


def asking(count: int, word: str = "tea") -> dict[str, object]:
    return {
        "model": "smollm2-135m-instruct",
        "messages": [{"role": "user", "content": f"{count} words of {word}"}],
    }


def said(stream) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)


def test_no_more_run_at_once_than_have_places_and_none_hears_another(scripted):
    with scripted(0.002, running=4, queue=40, client_limit=40) as (served, chat):
        client = served.openai()

        def talk(number: int) -> bool:
            word = f"marker{number}"
            stream = client.chat.completions.create(**asking(8, word), stream=True)
            return said(stream) == " ".join([word] * 8) + "."

        with ThreadPoolExecutor(32) as clients:
            assert all(clients.map(talk, range(64)))
        assert chat.most == 4
        assert (served.room.running, served.room.waiting) == (0, 0)


def test_whoever_finds_no_room_is_told_when_to_come_again(scripted):
    with (
        scripted(running=1, queue=1, client_limit=9) as (served, chat),
        ThreadPoolExecutor(2) as pool,
    ):
        chat.gate.clear()
        client = served.openai()
        held = [pool.submit(client.chat.completions.create, **asking(2)) for _ in range(2)]
        served.until(lambda: served.room.waiting == 1)
        for stream in (False, True):
            with pytest.raises(openai.RateLimitError, match="there is room for no more") as refused:
                client.chat.completions.create(**asking(1), stream=stream)
            assert refused.value.code == "rate_limit_exceeded"
            assert int(refused.value.response.headers["retry-after"]) >= 1
        assert served.http().get("/healthz").json() == {"status": "ok", "running": 1, "waiting": 1}
        chat.gate.set()
        assert [one.result().choices[0].message.content for one in held] == ["tea tea."] * 2
        patient = served.openai().with_options(max_retries=3)
        assert patient.chat.completions.create(**asking(1)).choices[0].message.content == "tea."


def test_one_client_cannot_take_all_places(scripted):
    keys = ("first", "second")
    with scripted(running=1, queue=9, client_limit=2, keys=keys) as (served, chat):
        chat.gate.clear()
        greedy, other = served.openai("first"), served.openai("second")
        with ThreadPoolExecutor(3) as pool:
            held = [pool.submit(greedy.chat.completions.create, **asking(1)) for _ in range(2)]
            served.until(lambda: served.room.waiting == 1)
            with pytest.raises(openai.RateLimitError, match="You have 2 requests here already"):
                greedy.chat.completions.create(**asking(1))
            with served.http(headers={"Authorization": "Bearer first"}) as http:
                rights = http.get("/healthz").headers
            assert rights["x-ratelimit-limit-requests"] == "2"
            assert rights["x-ratelimit-remaining-requests"] == "0"
            held.append(pool.submit(other.chat.completions.create, **asking(1)))
            served.until(lambda: served.room.waiting == 2)
            chat.gate.set()
            assert [one.result().choices[0].message.content for one in held] == ["tea."] * 3
        for shown in ("Bearer third", "Bearer firs", "Bearer first,second", "first", "Bearer"):
            with served.http(headers={"Authorization": shown}) as http:
                refused = http.post("/v1/chat/completions", json=asking(1))
            assert (refused.status_code, refused.json()["error"]["code"]) == (
                401,
                "invalid_api_key",
            )
            assert refused.headers["www-authenticate"] == "Bearer"
        assert served.http().get("/healthz").status_code == 200


def test_addresses_are_clients_where_there_are_no_keys(scripted):
    with (
        scripted(running=1, queue=9, client_limit=1) as (served, chat),
        ThreadPoolExecutor(2) as pool,
    ):
        chat.gate.clear()

        def ask(address: str) -> httpx.Response:
            with served.http(headers={"X-Forwarded-For": address}) as http:
                return http.post("/v1/chat/completions", json=asking(1))

        held = [pool.submit(ask, address) for address in ("2001:db8:1:1::1", "192.0.2.1")]
        served.until(lambda: served.room.waiting == 1)
        assert ask("2001:db8:1:1::2").status_code == 429  # the same network, so the same client
        chat.gate.set()
        assert [one.result().status_code for one in held] == [200, 200]


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("waits", [True, False])
def test_a_client_that_leaves_frees_its_place(scripted, stream, waits):
    """In the queue and while it is being answered; many times, for the slowest counts."""
    with scripted(0.005, running=1, queue=3, client_limit=9) as (served, chat):
        holder, held = None, attrgetter("waiting" if waits else "running")
        if waits:
            chat.gate.clear()
            holder = threading.Thread(
                target=served.openai().chat.completions.create, kwargs=asking(1), daemon=True
            )
            holder.start()
            served.until(lambda: served.room.running == 1)
        for _ in range(TRIALS):
            body = json.dumps({**asking(100_000), "stream": stream}).encode()
            with socket.create_connection(("127.0.0.1", int(served.url.rsplit(":")[-1]))) as wire:
                head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json"
                wire.sendall(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                served.until(lambda: held(served.room) == 1)
                if stream and not waits:
                    assert wire.recv(4000).startswith(b"HTTP/1.1 200")
            assert served.until(lambda: held(served.room) == 0) < 1
        served.until(lambda: chat.running == int(waits))
        chat.gate.set()
        if holder:
            holder.join(10)
        answer = served.openai().chat.completions.create(**asking(1))
        assert answer.choices[0].message.content == "tea."


def test_a_closed_stream_of_the_official_client_ends_the_generation(scripted):
    with scripted(0.002, running=1) as (served, chat):
        stream = served.openai().chat.completions.create(**asking(100_000), stream=True)
        assert next(iter(stream)).choices[0].delta.content == "tea "
        stream.close()
        assert served.until(lambda: served.room.running == 0) < 1
        assert chat.running == 0


def test_a_long_wait_is_filled_with_comments(scripted, monkeypatch):
    monkeypatch.setattr(answers, "PATIENCE", 0.05)
    with scripted(running=1) as (served, chat), served.http() as http:
        chat.gate.clear()
        request = {**asking(2), "stream": True}
        with http.stream("POST", "/v1/chat/completions", json=request) as reply:
            lines = reply.iter_lines()
            assert next(lines) == ": still here"
            chat.gate.set()
            *_, last = (line for line in lines if line.startswith("data:"))
        assert last == "data: [DONE]"
        with served.openai().chat.completions.create(**asking(2), stream=True) as stream:
            assert said(stream) == "tea tea."


def test_an_answer_that_takes_too_long_is_ended(scripted, monkeypatch):
    monkeypatch.setattr(answers, "LONGEST", 0.1)
    with scripted(running=1) as (served, chat):
        chat.gate.clear()
        for stream in (False, True):
            with pytest.raises(openai.APIStatusError, match="not ready in") as refused:
                served.openai().chat.completions.create(**asking(1), stream=stream)
            assert refused.value.status_code == 504
        chat.gate.set()
        with pytest.raises(openai.APIError, match="not ready in"):  # it has begun already
            chat.seconds = 0.02
            said(served.openai().chat.completions.create(**asking(1000), stream=True))
        served.until(lambda: served.room.running == 0)


def test_a_body_that_does_not_come_is_not_waited_for(scripted, monkeypatch):
    monkeypatch.setattr(door, "BODY_SECONDS", 0.2)
    with scripted() as (served, _):
        with socket.create_connection(("127.0.0.1", int(served.url.rsplit(":")[-1]))) as wire:
            head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
            wire.sendall(head.encode())
            wire.settimeout(5)
            assert wire.recv(4000).startswith(b"HTTP/1.1 408")
        assert served.openai().chat.completions.create(**asking(1)).choices


def test_every_answer_carries_an_id(scripted):
    with scripted() as (served, _), served.http() as http:
        made = http.get("/v1/models").headers["x-request-id"]
        assert made.startswith("req_") and made != http.get("/healthz").headers["x-request-id"]
        for given, kept in (("my-id:7", True), ("two\twords", False), ("x" * 101, False)):
            found = http.get("/v1/nothing", headers={"X-Request-Id": given}).headers["x-request-id"]
            assert (found == given) == kept
        answer = served.openai().chat.completions.create(**asking(1))
        assert answer._request_id.startswith("req_")


def test_the_end_lets_running_requests_finish_and_says_so(scripted):
    with scripted(0.05, drain=20, running=1) as (served, _), served.http() as http:
        client = served.openai()
        stream = client.chat.completions.create(**asking(60), stream=True)
        first = next(iter(stream)).choices[0].delta.content
        with ThreadPoolExecutor(1) as pool:
            queued = pool.submit(client.chat.completions.create, **asking(2, "queue"))
            served.until(lambda: served.room.waiting == 1)
            served.server.handle_exit(signal.SIGTERM, None)
            health = http.get("/healthz")
            assert (health.status_code, health.json()["status"]) == (503, "draining")
            with pytest.raises(openai.InternalServerError, match="is being stopped") as refused:
                client.chat.completions.create(**asking(1))
            assert refused.value.status_code == 503
            assert refused.value.response.headers["retry-after"]
            assert first + said(stream) == " ".join(["tea"] * 60) + "."
            assert queued.result().choices[0].message.content == "queue queue."
        served.thread.join(10)
        assert not served.thread.is_alive()


def test_the_end_cancels_what_does_not_finish(scripted):
    with scripted(0.01, drain=0.3, running=1) as (served, chat), ThreadPoolExecutor(1) as pool:
        stream = served.openai().chat.completions.create(**asking(100_000), stream=True)
        next(iter(stream))
        queued = pool.submit(served.openai().chat.completions.create, **asking(1))
        served.until(lambda: served.room.waiting == 1)
        began = time.monotonic()
        served.server.handle_exit(signal.SIGTERM, None)
        with pytest.raises(openai.APIError, match="is being stopped"):
            said(stream)
        with pytest.raises(openai.InternalServerError, match="is being stopped"):
            queued.result()
        assert 0.25 < time.monotonic() - began < 2
        served.thread.join(10)
        assert not served.thread.is_alive()
        assert chat.running == 0
