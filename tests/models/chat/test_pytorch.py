"""transformers: replies that join and leave a batch, stop strings, draws."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from samovar import catalog
from samovar.errors import InputError, ModelError
from samovar.models.chat.pytorch import engine
from samovar.models.chat.pytorch.engine import TransformersChat
from samovar.models.chat.pytorch.group import SLACK, Group
from samovar.models.chat.reply_text import ReplyText
from samovar.models.chat.sampling import Draw
from samovar.records import ChatRequest, Sampling, Turn
from samovar.settings import Settings

MODEL = catalog.model("smollm2-135m-instruct")


@pytest.fixture(scope="module")
def chat(settings: Settings) -> Iterator[TransformersChat]:
    model = TransformersChat(MODEL, settings)
    yield model
    model.close()


def counting(start: int, tokens: int, before: str = "") -> ChatRequest:
    prefix = f"{start}, {start + 1}, {start + 2},"
    return ChatRequest(
        (Turn("user", f"{before}Count."),), Sampling(max_tokens=tokens), prefix=prefix
    )


def rows_of(chat: TransformersChat, *requests: ChatRequest):
    import threading

    return [chat._row(request, lambda piece: None, threading.Event()) for request in requests]


def test_a_reply_that_joins_a_running_batch_is_the_same_as_alone(chat):
    early, late = counting(10, 14), counting(60, 6, "Dear machine, " * 10)
    alone = [chat.complete([one])[0].text for one in (early, late)]
    [first], [second] = rows_of(chat, early), rows_of(chat, late)
    with torch.inference_mode():
        group = Group(chat._torch, [first], chat._ends)
        for _ in range(5):
            group.step()
        assert group.absorb(Group(chat._torch, [second], chat._ends))
        assert len(group.rows) == 2
        while group.rows:
            group.step()
    assert [first.result.result().text, second.result.result().text] == alone


def test_padding_is_cut_off_when_the_longest_prompt_leaves(chat):
    short, long = counting(10, 8), counting(60, 2, "Dear machine, " * 30)
    [first, second] = rows_of(chat, short, long)
    with torch.inference_mode():
        group = Group(chat._torch, [first, second], chat._ends)
        wide = group._mask.shape[1]
        group.step()
        group.step()
        assert second.result.done()
        assert group._mask.shape[1] <= wide - SLACK
        while group.rows:
            group.step()
    assert first.result.result().text == chat.complete([short])[0].text


def test_other_adapters_do_not_join(chat, trained, settings):
    [base], [tuned] = (
        rows_of(chat, counting(1, 2)),
        rows_of(
            chat,
            ChatRequest((Turn("user", "Hi"),), Sampling(max_tokens=2), adapter=next(iter(trained))),
        ),
    )
    with torch.inference_mode():
        assert not Group(chat._torch, [base], chat._ends).absorb(
            Group(chat._torch, [tuned], chat._ends)
        )


def test_a_failure_ends_its_own_request_only(chat):
    [bad] = rows_of(chat, counting(1, 4))
    bad.prompt[0] = 10**9  # no such token
    chat._submit([bad])
    with pytest.raises(ModelError, match="engine failed"):
        bad.result.result(60)
    assert chat.complete([counting(1, 4)])[0].text.startswith(" 4,")


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (ValueError("please use a version >= 0.22.0"), r"peft \d.*: please use.*make setup"),
        (
            ImportError("No module named 'peft'"),
            r"cannot load the adapter test-tea: No module named.*make setup",
        ),
        (MemoryError("8 GB"), r"^The engine failed: 8 GB\. Try a shorter text\.$"),
    ],
)
def test_a_library_that_refuses_an_adapter_is_not_taken_for_a_long_text(
    chat, trained, monkeypatch, raised: Exception, said: str
):
    def refuse(*_, **__):
        raise raised

    monkeypatch.setattr(chat._torch, "load_adapter", refuse)
    request = ChatRequest((Turn("user", "Hello!"),), Sampling(max_tokens=2), adapter="test-tea")
    with pytest.raises(ModelError, match=said):
        chat.complete([request])


def test_a_hundred_requests_of_one_caller_leave_room_for_another(chat):
    with ThreadPoolExecutor(1) as threads:
        many = threads.submit(chat.complete, [counting(n, 3) for n in range(40)])
        text = chat.complete([counting(7, 3)])[0].text
        assert not many.done()
        assert text.startswith(" 10")
        assert len(many.result()) == 40


def test_a_schema_that_is_none_is_refused(chat):
    with pytest.raises(InputError, match="schema"):
        chat.complete([ChatRequest((Turn("user", "Hi"),), schema={"type": "nonsense"})])


@pytest.mark.parametrize(
    ("text", "stop", "expected"),
    [
        ("one two END three", ("END",), "one two "),
        ("one two EN three", ("END",), "one two EN three"),
        ("ends with EN", ("END",), "ends with EN"),
        ("a b c", ("c", "b"), "a "),
        ("привет, мир!", ("мир",), "привет, "),
        ("🫖 tea", ("",), "🫖 tea"),
    ],
)
def test_stop_strings(chat, text: str, stop: tuple[str, ...], expected: str):
    tokenizer: Tokenizer = chat._vocabulary.tokenizer
    reply = ReplyText(tokenizer, stop)
    pieces = []
    for token in tokenizer.encode(text, add_special_tokens=False).ids:
        pieces.append(reply.add(token))
        assert "\ufffd" not in pieces[-1]
        if reply.stopped:
            break
    assert "".join([*pieces, reply.rest()]) == expected


@pytest.mark.skipif(torch.cuda.is_available(), reason="about the CPU")
@pytest.mark.parametrize(
    ("source", "has_bf16", "expected"),
    [
        ("hub", True, torch.bfloat16),
        ("hub", False, torch.float32),
        ("pypi", True, torch.float32),
    ],
)
def test_the_cpu_is_asked_before_weights_become_bfloat16(monkeypatch, source, has_bf16, expected):
    asked = {}

    def record(folder, **options):
        asked.update(options)
        return torch.nn.Identity()

    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda: has_bf16)
    monkeypatch.setattr(engine.AutoModelForCausalLM, "from_pretrained", record)
    engine._loaded(replace(MODEL, source=source), Path("somewhere"))
    assert asked["dtype"] == expected


def test_draws():
    logits = torch.tensor([0.0, 3.0, 2.9, -5.0])
    assert Draw(Sampling(), None).token([0], logits) == 1
    assert Draw(Sampling(repetition_penalty=1.5), None).token([1], logits) == 2
    hot = Sampling(temperature=1.0, top_k=2)
    drawn = {
        Draw(Sampling(temperature=1.0, top_k=2, seed=s), None).token([0], logits) for s in range(30)
    }
    assert drawn == {1, 2}
    assert Draw(hot, None).token([0], logits) == Draw(hot, None).token([0], logits)
    narrow = [
        Draw(Sampling(temperature=1.0, top_p=0.3, seed=s), None).token([0], logits)
        for s in range(9)
    ]
    assert set(narrow) == {1}
