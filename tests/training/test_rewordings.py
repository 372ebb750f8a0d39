"""Rewordings by a larger model: which commands are asked, what is written, and where a run goes on."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path

import few_requests
import numpy as np
import pytest

from samovar.errors import ModelError
from samovar.paraphrase.generation import verdict
from samovar.records import ChatRequest, Completion
from training import rewordings
from training.corpora import requests

ALARMS = ["wake me at seven tomorrow", "set an alarm", "hi"]


class Chat:
    """Answer with the last turn and the seed; what ends in 1 is surely the same."""

    name, engine, languages = "larger", "test", ("en", "ru")

    def __init__(self, most: int = 10**6) -> None:
        self.asked: list[str] = []
        self._most = most

    def complete(self, asked: Sequence[ChatRequest], stop: object = None) -> list[Completion]:
        if len(self.asked) == self._most:
            raise KeyboardInterrupt
        self.asked.append(asked[0].turns[-1].text)
        assert {one.adapter for one in asked} == {"requests-qwen"}
        return [
            Completion(f"{one.turns[-1].text} {one.sampling.seed // 1000 % 3}", "stop", 1, 1, 1.0)
            for one in asked
        ]

    def weigh(self, asked: ChatRequest, words: Sequence[str], stop: object = None) -> np.ndarray:
        assert tuple(words) == (verdict.SAME, verdict.OTHER)
        yes = 0.9 if asked.prefix.endswith("1\n") else 0.2
        return np.array([yes, 1 - yes])


class Lender:
    """Lend one chat model as the larger one."""

    def __init__(self, chat: Chat, adapter: str | None = "requests-qwen") -> None:
        self._chat, self._adapter = chat, adapter

    def chat_of(self, tool: str) -> Chat:
        return self._chat

    def adapter(self, tool: str, chat: Chat) -> str | None:
        return self._adapter

    def fitting(self, name: str, chat: Chat) -> str | None:
        return None


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small data sets of commands."""
    monkeypatch.setattr(requests, "FOLDER", few_requests.put(tmp_path / "requests"))
    monkeypatch.setattr(rewordings, "basket", lambda language: {"stop the fan"})
    folder = tmp_path / "sets"
    spoken = [[text, "alarm"] for text in ALARMS] + [["hello my dear friend", "greeting"]]
    packed = {
        "clinc150/clinc150_train_val.json.gz": json.dumps({"train": spoken}),
        "snips/snips_train.jsonl.gz": "",
        "hwu64/hwu64_train.csv.gz": "answerid,scenario,intent,annotation,text\n",
    }
    for path, text in packed.items():
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(gzip.compress(text.encode()))
    (folder / "banking77").mkdir()
    (folder / "banking77" / "train.csv").write_text("text,category\n")
    return folder


def built(data: Path, out: Path, chat: Chat, *more: str) -> list[dict[str, object]]:
    given = rewordings.arguments(["--data-dir", str(data), "--out", str(out), *more])
    assert rewordings.build(given, Lender(chat), io.StringIO()) == 0
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_commands_of_a_fitting_length_are_asked_each_once(data):
    found = {row["source"]: row["origin"] for row in rewordings.asked(data, "en", 99)}
    assert found["wake me at seven tomorrow"] == "clinc150" and found["stop the lamp"] == "samovar"
    assert found.keys() & {"hi", "hello my dear friend", "stop the fan"} == set()
    assert len(rewordings.asked(data, "en", 4)) == 4
    russian = rewordings.asked(data, "ru", 99)
    assert all(row["origin"] == "samovar" for row in russian)


def test_a_line_holds_each_rewording_with_its_probability(data, tmp_path):
    rows = built(data, tmp_path / "runs" / "en.jsonl", Chat())
    assert len(rows) == len(rewordings.asked(data, "en", 99))
    [row] = [row for row in rows if row["source"] == "stop the lamp"]
    assert row == {
        "source": "stop the lamp",
        "origin": "samovar",
        "language": "en",
        "rewordings": [
            {"text": f"stop the lamp {at}", "probability": pytest.approx(0.9 if at == 1 else 0.2)}
            for at in range(3)
        ],
    }


def test_a_stopped_run_goes_on(data, tmp_path):
    whole = built(data, tmp_path / "whole.jsonl", Chat())
    torn, first, second = tmp_path / "torn.jsonl", Chat(4), Chat()
    with pytest.raises(KeyboardInterrupt):
        built(data, torn, first)
    with torn.open("a", encoding="utf-8") as file:
        file.write('{"source": "stop th')  # killed while it wrote
    assert built(data, torn, second) == whole
    assert len(first.asked) == 4 and not set(first.asked) & set(second.asked)
    third = Chat()
    assert built(data, torn, third) == whole and third.asked == []


def test_without_a_larger_model_nothing_is_asked(data, tmp_path):
    given = rewordings.arguments(["--data-dir", str(data), "--out", str(tmp_path / "en.jsonl")])
    with pytest.raises(ModelError, match="samovar fetch qwen"):
        rewordings.build(given, Lender(Chat(), None), io.StringIO())
