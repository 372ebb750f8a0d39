"""The study of llama.cpp's options: its cases run, its tables say what was measured."""

from __future__ import annotations

import json
import math

import pytest
import tiny_qwen2

from eval import chat_engines, report
from eval.systems.llamacpp_likelihood import Place
from samovar.models.chat.llamacpp.engine import LlamaCppChat
from samovar.settings import Settings

MEDIANS = {
    "one_chat": 10.0,
    "eight_chats": 25.0,
    "one_copying": 14.5,
    "reading": 66.6,
    "first_seconds": 0.25,
}
ORIGIN = {
    "command": "python -m eval.chat_engines pace",
    "commit": "0",
    "seed": 0,
    "hardware": "a CPU",
    "libraries": {},
    "wall_seconds": 1.0,
}


def test_every_case_of_a_variant_is_measured_in_every_repeat(tmp_path):
    places = Settings(cache=tmp_path, assets=tmp_path, threads=2)
    row = tiny_qwen2.placed(tiny_qwen2.network(), places)
    chat = LlamaCppChat(row, places, chat_engines.VARIANTS["lookup"])
    values = chat_engines.paces(chat, 2, 4)
    chat.close()
    assert set(values) == set(MEDIANS)
    assert all(len(found) == 2 and min(found) > 0 for found in values.values())


def test_agreement_counts_the_places_that_the_engine_told():
    ours = [{1: Place(math.log(0.5), 7), 3: Place(math.log(0.5), 8)}]
    theirs = [{1: Place(math.log(0.25), 7), 2: Place(-99.0, 0), 3: Place(math.log(0.25), 9)}]
    found = chat_engines.agreement(ours, theirs)
    assert found == pytest.approx({"places": 2, "llamacpp": 2, "transformers": 4, "same_best": 0.5})


def test_the_texts_that_are_read_are_in_both_languages():
    texts = chat_engines.passages()
    assert len(texts) == 2 * chat_engines.PASSAGES
    assert "whale" in texts[0] and "тигр" in texts[chat_engines.PASSAGES]


def test_the_tables_show_every_variant_and_the_ratio(tmp_path):
    row = {"medians": MEDIANS, "memory": {"resident": 1470}}
    pace = {
        "model": "m",
        "tokens": 64,
        "repeats": 3,
        "rows": dict.fromkeys(chat_engines.VARIANTS, row),
        "origin": ORIGIN,
    }
    weights = {"model": "m", "places": 9, "texts": 2, "origin": ORIGIN}
    weights |= {"llamacpp": 19.3129, "transformers": 19.156, "same_best": 0.949}
    (tmp_path / "chat-pace.json").write_text(json.dumps(pace))
    (tmp_path / "chat-weights.json").write_text(json.dumps(weights))
    lines = report.TABLES["chat-pace"].lines(tmp_path)
    assert lines[2] == "| **as it serves** | 10.0 | 25.0 | 14.5 | 67 | 0.25 | 1470 |"
    assert len(lines) == 2 + len(chat_engines.VARIANTS) + 3
    assert "2.5 times" in lines[-2]
    assert "| llama.cpp, the file as it is | 19.313 | 94.9 % |" in report.TABLES[
        "chat-weights"
    ].lines(tmp_path)
