"""OpenVINO: one thread, many pipelines, a cache of fixed size, and nobody waits for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from samovar import catalog
from samovar.errors import InputError, ModelError
from samovar.models.chat.openvino.engine import OpenVinoChat
from samovar.models.engines import ENGINES
from samovar.models.files import adapters
from samovar.models.hardware import Hardware
from samovar.records import ChatRequest, Sampling, Turn

MODEL = catalog.model("smollm2-135m-instruct")
COUNTING = ChatRequest((Turn("user", "Count."),), Sampling(max_tokens=8), prefix="1, 2, 3,")
ENDLESS = replace(COUNTING, sampling=Sampling(max_tokens=4000))

pytestmark = pytest.mark.skipif(
    not ENGINES["chat", "openvino"].fits(Hardware.here()), reason="needs an x86 CPU without a GPU"
)


@pytest.fixture(scope="module")
def chat(settings) -> Iterator[OpenVinoChat]:
    model = OpenVinoChat(MODEL, replace(settings, pipelines=1))
    yield model
    model.close()


def works(chat: OpenVinoChat) -> bool:
    return chat.complete([COUNTING])[0].text.startswith(" 4, 5,")


def engine(chat: OpenVinoChat) -> Any:
    return chat._stepper._pipelines[""]._engine


def idle(chat: OpenVinoChat) -> bool:
    """Wait until nothing runs; the cache's room must be whole again then."""
    pipelines = chat._stepper._pipelines.values()
    ends = time.perf_counter() + 10
    while any(pipeline.busy for pipeline in pipelines) and time.perf_counter() < ends:
        time.sleep(0.01)
    return all(not p.busy and p._free == p._blocks for p in pipelines)


def test_the_least_recently_used_adapter_is_dropped_and_comes_back(chat, settings, trained):
    tea, frost = trained
    digests = {name: adapters.find(name, MODEL, settings).digest for name in trained}
    asked = {name: replace(COUNTING, adapter=name, prefix="") for name in trained}
    said = chat.complete([asked[tea]])[0].text
    assert set(chat._stepper.loaded()) == {"", digests[tea]}
    chat.complete([asked[frost]])
    assert set(chat._stepper.loaded()) == {"", digests[frost]}
    assert chat.complete([asked[tea]])[0].text == said
    assert works(chat)


def test_a_pipeline_that_works_is_not_dropped(chat, trained):
    tea, frost = trained
    turns = (Turn("user", "Hello!"),)
    pieces = chat.stream(ChatRequest(turns, Sampling(max_tokens=12), tea))
    first = next(pieces)
    assert chat.complete([ChatRequest(turns, Sampling(max_tokens=12), frost)])[0].text
    assert trained[tea].startswith((first + "".join(pieces)).strip())
    assert idle(chat) and len(chat._stepper.loaded()) <= 2


def test_more_tokens_than_the_cache_holds_wait_their_turn(chat):
    """Sixteen replies may take 2,500 tokens each; the cache has 16,384."""
    asked = [
        ChatRequest((Turn("user", f"{n} " * 20),), Sampling(max_tokens=2500), stop=("\n", ".", " "))
        for n in range(10, 26)
    ]
    stop = threading.Event()
    late = threading.Timer(6, stop.set)
    late.start()
    assert len(chat.complete(asked, stop)) == 16
    late.cancel()
    assert idle(chat)


def test_an_abandoned_stream_leaves_the_engine(chat):
    pieces = chat.stream(ENDLESS)
    next(pieces)
    pieces.close()
    assert idle(chat)
    next(chat.stream(ENDLESS))  # the iterator is forgotten at once, and so closed
    assert idle(chat)


def test_a_reply_that_is_stopped_before_it_starts_is_empty(chat):
    stop = threading.Event()
    stop.set()
    [reply] = chat.complete([ENDLESS], stop)
    assert (reply.text, reply.finish, reply.tokens) == ("", "cancelled", 0)
    assert list(chat.stream(ENDLESS, stop)) == []
    assert chat.complete([]) == []


@pytest.mark.parametrize(
    "schema",
    [{"type": "nonsense"}, {"$ref": "#/nowhere"}, {"enum": []}, {"type": "string", "pattern": "("}],
)
def test_a_bad_schema_is_refused_and_disturbs_nobody(chat, schema):
    """One such schema in the engine makes all of its later steps fail."""
    pieces = chat.stream(COUNTING)
    text = next(pieces)
    with pytest.raises(InputError, match="JSON schema"):
        chat.complete([replace(COUNTING, schema=schema)])
    assert (text + "".join(pieces)).startswith(" 4, 5,")


def test_settings_that_the_engine_refuses_are_an_error_of_this_request_alone(chat):
    odd = replace(COUNTING, sampling=Sampling(temperature=1, top_p=0))
    with pytest.raises(ModelError, match="top_p"):
        chat.complete([odd])
    assert works(chat)


def test_a_failing_engine_ends_all_replies_with_an_error_and_comes_back(chat, monkeypatch):
    pipeline = chat._stepper._pipelines[""]
    broken = threading.Event()
    step = pipeline.step

    def fail_when_broken() -> None:
        if broken.is_set():
            raise RuntimeError("a line\nthe last line")
        step()

    monkeypatch.setattr(pipeline, "step", fail_when_broken)
    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(chat.complete, [ENDLESS]) for _ in range(3)]
        next(chat.stream(ENDLESS))
        broken.set()
        for reply in running:
            with pytest.raises(ModelError, match=r"^The engine failed: the last line\. Try again"):
                reply.result(10)
    assert works(chat)
    assert chat._stepper._pipelines[""] is not pipeline


def test_an_idle_engine_sleeps(chat):
    assert works(chat) and idle(chat)
    before = time.process_time()
    time.sleep(0.5)
    assert time.process_time() - before < 0.1


def test_nothing_is_written_to_stdout(settings, capfd):
    model = OpenVinoChat(MODEL, settings)
    assert works(model)
    model.close()
    assert capfd.readouterr().out == ""


def test_closing_ends_what_runs_and_later_calls_are_refused(settings):
    model = OpenVinoChat(MODEL, settings)
    pieces = model.stream(ENDLESS)
    next(pieces)
    model.close()
    with pytest.raises(ModelError, match="closed"):
        list(pieces)
    with pytest.raises(ModelError, match="closed"):
        model.complete([COUNTING])
    model.close()
