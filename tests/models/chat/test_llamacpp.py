"""llama.cpp: adapters as GGUF, a fixed pool of tokens, base models without a template."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gguf import GGUFReader
from safetensors.numpy import save_file
from tiny_adapters import LAYERS

from samovar import catalog
from samovar.errors import ModelError
from samovar.models.chat.llamacpp import chat as chats
from samovar.models.chat.llamacpp import engine, server
from samovar.models.chat.llamacpp.adapter import gguf_adapter
from samovar.models.chat.llamacpp.engine import LlamaCppChat
from samovar.models.chat.llamacpp.room import Room
from samovar.models.files import adapters, weights
from samovar.models.files.gguf_header import header
from samovar.models.files.safetensors_file import float32_tensors
from samovar.records import ChatRequest, Completion, Sampling, Turn
from samovar.settings import Settings

MODEL = catalog.model("smollm2-135m-instruct")
SMALL_POOL = 512
"""Tokens: ten of the prompts below hold more."""
COUNTING = ChatRequest((Turn("user", "Count."),), Sampling(max_tokens=8), prefix="1, 2, 3,")


@pytest.fixture(scope="module")
def chat(settings: Settings) -> Iterator[LlamaCppChat]:
    model = LlamaCppChat(MODEL, settings)
    yield model
    model.close()


def italy(adapter: str | None, tokens: int = 12) -> ChatRequest:
    turns = (Turn("user", "What is the capital of Italy?"),)
    return ChatRequest(turns, Sampling(max_tokens=tokens), adapter)


def test_an_adapter_leaves_no_trace_in_the_next_request(chat, trained):
    """Without every scale in every request, the prompt cached under another adapter is reused."""
    tea, frost = trained
    assert chat.complete([italy(tea)])[0].text == trained[tea]
    assert chat.complete([italy(frost)])[0].text == trained[frost]
    assert chat.complete([italy(tea)])[0].text == trained[tea]
    assert chat.complete([italy(None)])[0].text not in trained.values()
    assert chat.complete([COUNTING])[0].text.startswith(" 4, 5,")


def test_a_request_can_end_while_its_prompt_is_read(chat):
    running = chat._serving(None)
    steps = []

    def read(chunk: dict[str, Any]) -> bool:
        steps.append(chunk["prompt_progress"]["processed"])
        return len(steps) == 3

    ids = running.encode("Tea and a tall lighthouse. " * 60, False)
    running.generate({"prompt": ids, "n_predict": 1, "cache_prompt": False}, None, read)
    assert steps == [0, 32, 64] and len(ids) > 300
    assert chat.complete([COUNTING])[0].text.startswith(" 4, 5,")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[server.LlamaServer]:
    """The servers that were started, in their order."""
    started: list[server.LlamaServer] = []

    class Noted(server.LlamaServer):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            started.append(self)

    monkeypatch.setattr(engine, "LlamaServer", Noted)
    return started


def test_adapters_that_are_here_come_with_the_model(settings, trained, started):
    model = LlamaCppChat(MODEL, settings)
    assert [model.complete([italy(name)])[0].text for name in trained] == list(trained.values())
    model.close()
    assert len(started) == 1


def test_a_new_adapter_does_not_disturb_a_running_reply(settings, trained, started, tmp_path):
    model = LlamaCppChat(MODEL, replace(settings, assets=tmp_path))
    tea = next(iter(trained))
    shutil.copytree(settings.assets / "adapters" / tea, tmp_path / "adapters" / tea)
    pieces = model.stream(replace(COUNTING, sampling=Sampling(max_tokens=80)))
    text = next(pieces)
    assert model.complete([italy(tea)])[0].text == trained[tea]
    assert (text + "".join(pieces)).startswith(" 4, 5, 6, 7, 8, 9, 10")
    assert len(started) == 2
    model.close()
    with pytest.raises(ModelError, match="closed"):
        model.complete([COUNTING])


def test_an_adapter_of_other_shapes_is_refused_and_the_base_answers(settings, trained, tmp_path):
    tea, frost = trained
    folder = tmp_path / "adapters" / "narrow"
    shutil.copytree(settings.assets / "adapters" / frost, folder)
    shutil.copytree(settings.assets / "adapters" / tea, folder.with_name(tea))
    cut = {
        name: np.ascontiguousarray(matrix[:, :-8] if ".lora_A." in name else matrix)
        for name, matrix in float32_tensors(folder / adapters.FILES[1]).items()
    }
    save_file(cut, folder / adapters.FILES[1])
    model = LlamaCppChat(MODEL, replace(settings, assets=tmp_path))
    assert model.complete([COUNTING])[0].text.startswith(" 4, 5,")
    with pytest.raises(ModelError):
        model.complete([italy("narrow")])
    assert model.complete([italy(tea)])[0].text == trained[tea]
    model.close()


def test_the_gguf_holds_the_matrices_of_the_adapter_with_q_and_k_reordered(settings, trained):
    adapter = adapters.find(next(iter(trained)), MODEL, settings)
    base = weights.joined(MODEL, settings)
    file = GGUFReader(gguf_adapter(adapter, base, settings))
    assert file.get_field("adapter.lora.alpha").contents() == adapter.alpha
    found = {tensor.name: np.asarray(tensor.data, np.float32) for tensor in file.tensors}
    updates = adapters.updates(adapter)
    assert len(found) == 2 * len(updates) == 2 * 4 * len(LAYERS)
    value, query = updates["blk.7.attn_v"], updates["blk.7.attn_q"]
    np.testing.assert_allclose(found["blk.7.attn_v.weight.lora_a"], value.a, atol=1e-3)
    np.testing.assert_allclose(found["blk.7.attn_v.weight.lora_b"], value.b, atol=1e-3)
    # the first of 9 heads has 64 rows: 0, 32, 1, 33, …
    rows = found["blk.7.attn_q.weight.lora_b"][:4]
    np.testing.assert_allclose(rows, query.b[[0, 32, 1, 33]], atol=1e-3)


def test_adapter_answers_equal_those_of_peft(chat, settings, trained):
    from samovar.models.chat.pytorch.engine import TransformersChat

    reference = TransformersChat(MODEL, settings)
    asked = [italy(name, 8) for name in trained]
    ours, theirs = chat.complete(asked), reference.complete(asked)
    reference.close()
    assert [one.text for one in ours] == [one.text for one in theirs]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The tokens that each reply's prompt cost: those that were not in the cache."""
    read, plain = [], chats.Reply.read

    def told(self: chats.Reply, chunk: chats.Body) -> bool:
        if usage := chunk.get("usage"):
            cached = usage["prompt_tokens_details"]["cached_tokens"]
            read.append(usage["prompt_tokens"] - cached)
        return plain(self, chunk)

    monkeypatch.setattr(chats.Reply, "read", told)
    return read


def test_the_second_turn_of_a_chat_reads_only_what_is_new(chat, read):
    turns = [Turn("system", "You keep a lighthouse. " * 30), Turn("user", "Who are you?")]
    [reply] = chat.complete([ChatRequest(tuple(turns), Sampling(max_tokens=8))])
    turns += [Turn("assistant", reply.text), Turn("user", "Since when?")]
    [second] = chat.complete([ChatRequest(tuple(turns), Sampling(max_tokens=8))])
    assert read[0] > 150
    assert 0 < read[1] < 30 < second.prompt_tokens


def test_a_persona_stays_in_the_cache_while_other_tools_ask(chat, read):
    persona = Turn("system", "You are a helpful keeper of the old lighthouse. " * 20)

    def ask(*turns: Turn) -> int:
        chat.complete([ChatRequest(turns, Sampling(max_tokens=2))])
        return read[-1]

    assert ask(persona, Turn("user", "Who are you?")) > 150
    for n in range(3):
        ask(Turn("system", "You are a helpful editor."), Turn("user", f"Shorten text {n}."))
    assert ask(persona, Turn("user", "What do you see?")) < 30


def test_more_tokens_than_the_pool_holds_wait_instead_of_failing(settings, monkeypatch):
    """llama.cpp alone fails all ten with "Context size has been exceeded"."""
    for module in (engine, server):
        monkeypatch.setattr(module, "POOL", SMALL_POOL)
    model = LlamaCppChat(MODEL, settings)
    asked = [
        ChatRequest((Turn("user", f"{n} " * 25),), Sampling(max_tokens=100), stop=("\n", ".", " "))
        for n in range(10, 20)
    ]
    stop = threading.Event()
    late = threading.Timer(20, stop.set)
    late.start()
    replies = model.complete(asked, stop)
    late.cancel()
    model.close()
    assert len(replies) == 10
    assert all(isinstance(reply, Completion) for reply in replies)


def test_requests_for_room_are_served_in_order():
    room, order, never = Room(10), [], threading.Event()

    def take(name: str, tokens: int) -> None:
        with room.lent(tokens, never) as granted:
            assert granted
            order.append(name)

    with ThreadPoolExecutor(3) as threads:
        with room.lent(8, never):
            big = threads.submit(take, "big", 99)  # more than there is counts as all
            while not room._waiting:
                pass
            small = threads.submit(take, "small", 1)
            assert not big.done() and not small.done()
        big.result(5)
        small.result(5)
    assert order == ["big", "small"]


def test_a_waiting_request_gives_up_when_it_is_stopped():
    room, stop = Room(10), threading.Event()
    stop.set()
    with room.lent(10, threading.Event()), room.lent(1, stop) as granted:
        assert not granted
    with room.lent(10, stop) as granted:
        assert granted


def test_header_of_a_gguf():
    [path] = weights.find(MODEL)
    found = header(path)
    assert found["general.architecture"] == "llama"
    assert found["llama.attention.head_count_kv"] == 3
    assert "<|im_start|>" in found["tokenizer.chat_template"]


def test_a_file_that_is_no_gguf_is_refused(tmp_path: Path):
    for name, content in {"a.gguf": b"", "b.gguf": b"GGUF" + b"\xff" * 40}.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ModelError, match=name):
            header(path)


def test_nothing_is_written_to_stderr(chat, capfd):
    chat.complete([COUNTING])
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(
    not weights.installed(catalog.model("gemma-3-270m")), reason="needs `make setup-ru`"
)
def test_gemma_answers_in_russian_letters_and_ends_its_turn(settings):
    model = LlamaCppChat(catalog.model("gemma-3-270m"), settings)
    turns = (Turn("user", "Столица Франции?"), Turn("assistant", "Париж."))
    asked = ChatRequest((*turns, Turn("user", "Столица Италии?")), Sampling(max_tokens=24))
    [reply] = model.complete([asked])
    model.close()
    assert set(reply.text.strip().lower()) & set("аеиноя")
    assert reply.finish == "stop"
    assert "User:" not in reply.text
