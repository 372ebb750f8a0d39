"""llama.cpp on the architecture of Qwen2, as tiny random weights: the same numbers as transformers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import tiny_qwen2

from eval.systems.llamacpp_likelihood import readings
from eval.systems.transformers_likelihood import read
from samovar.errors import ModelError
from samovar.models.chat.llamacpp import server
from samovar.models.chat.llamacpp.engine import LlamaCppChat
from samovar.models.chat.llamacpp.server import LlamaServer
from samovar.models.files import single
from samovar.records import ChatRequest, Sampling, Turn
from samovar.settings import Settings

TEXTS = [[tiny_qwen2.LETTERS.index(letter) for letter in "A_lamp_on_the_hill."]] * 2
"""The token of each letter; twice, so that both are read in one batch."""
ASKED = ChatRequest((Turn("user", "Which boat?"),), Sampling(max_tokens=24))


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "cache").mkdir()
    return Settings(cache=folder / "cache", assets=folder / "assets", threads=2)


@pytest.fixture(scope="module")
def tuned(places: Settings) -> Any:
    """The network with the adapter `loud`; `silent`, whose B is zero, lies beside it."""
    tiny_qwen2.adapted(tiny_qwen2.network(), "silent", 0, places)
    return tiny_qwen2.adapted(tiny_qwen2.network(), "loud", 0.3, places)


@pytest.fixture(scope="module")
def chat(places: Settings, tuned: Any) -> Iterator[LlamaCppChat]:
    model = LlamaCppChat(tiny_qwen2.placed(tiny_qwen2.network(), places), places)
    yield model
    model.close()


def logarithms(chat: LlamaCppChat, adapter: str | None) -> list[float]:
    found = readings(chat._serving(adapter), TEXTS, adapter)
    return [place.logarithm for text in found for place in text.values()]


def expected(network: Any) -> list[float]:
    return [place.logarithm for text in read(network, TEXTS) for place in text.values()]


def test_weights_and_adapter_say_what_transformers_and_peft_say(chat, tuned):
    with tuned.disable_adapter():
        plain = expected(tuned)
    loud = expected(tuned)
    assert max(abs(a - b) for a, b in zip(plain, loud, strict=True)) > 1
    assert logarithms(chat, None) == pytest.approx(plain, abs=0.02)
    assert logarithms(chat, "loud") == pytest.approx(loud, abs=0.02)


def test_an_adapter_leaves_no_trace_and_one_of_zeros_changes_nothing(chat, tuned):
    names = (None, "silent", "loud", None, "loud", "silent")
    alone = [chat.complete([replace(ASKED, adapter=name)])[0].text for name in names]
    base, loud = alone[0], alone[2]
    assert alone == [base, base, loud, base, loud, base]
    assert base != loud
    together = chat.complete([replace(ASKED, adapter=name) for name in names])
    assert [reply.text for reply in together] == alone


def test_llama_cpp_refuses_half_a_file(places, tuned, tmp_path):
    tiny_qwen2.write(tiny_qwen2.network(), tmp_path / "half.gguf")
    whole = (tmp_path / "half.gguf").read_bytes()
    (tmp_path / "half.gguf").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match=r"half\.gguf"):
        LlamaServer(tmp_path / "half.gguf", (), 2)


def test_memory_for_half_the_model_is_refused_before_anything_is_loaded(
    chat, tuned, places, monkeypatch
):
    row = tiny_qwen2.placed(tiny_qwen2.network(), places)
    monkeypatch.setattr(server, "free_memory", lambda: row.bytes // 2 // 10**6)
    with pytest.raises(ModelError, match=r"takes \d+ MB of memory"):
        LlamaCppChat(row, places)
    assert chat.complete([ASKED])[0].tokens > 0, "what is loaded goes on answering"


def test_a_file_that_is_cut_off_is_refused_though_its_size_is_right(places, tuned, tmp_path):
    row = tiny_qwen2.placed(tiny_qwen2.network(), replace(places, cache=tmp_path))
    path = single.place(row, replace(places, cache=tmp_path))
    whole = path.read_bytes()
    for content in (whole[: len(whole) // 2], whole[: len(whole) // 2].ljust(len(whole), b"\0")):
        path.write_bytes(content)
        with pytest.raises(ModelError, match=r"is not here|not the published one"):
            LlamaCppChat(row, replace(places, cache=tmp_path))
