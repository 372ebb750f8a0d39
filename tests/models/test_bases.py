"""Which chat model answers a tool: a larger one where its file is here and memory allows."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from samovar import catalog
from samovar.catalog.tools import LARGER, Base
from samovar.errors import ModelError, StoreError
from samovar.models.bases import Memory, adapter, base
from samovar.models.files import single, weights
from samovar.models.hardware import Hardware
from samovar.models.shelf import RETRY, Shelf
from samovar.settings import Settings
from samovar.tool import SLUGS

LAPTOP = Hardware("x86_64", 2, False)
STATION = Hardware("x86_64", 16, True)
SMALL, LARGE = "smollm2-135m-instruct", "qwen2.5-coder-1.5b-instruct"
LARGEST = "qwen3-4b-instruct-2507"
PLENTY = 20_000


def memory(free: int, *loaded: str) -> Memory:
    return Memory(frozenset(loaded), {}, lambda: free)


def put(id: str, settings: Settings) -> None:
    """Write a file of the right size in the right place; nobody reads it here."""
    path = single.place(catalog.model(id), settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        out.truncate(catalog.model(id).bytes)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings.from_env({}), cache=tmp_path, offline=True)


@pytest.fixture
def fetched(settings: Settings) -> Settings:
    put(LARGE, settings)
    return settings


def test_tools_and_models_of_the_table_exist():
    assert set(LARGER) <= set(SLUGS)
    for rows in LARGER.values():
        for row in rows:
            model = catalog.model(row.model)
            assert model.source == "file" and model.memory_mb * 10**6 > model.bytes


@pytest.mark.parametrize(
    ("tool", "free", "answers", "why"),
    [
        ("character", PLENTY, LARGE, "on this machine and 20000 MB"),
        ("ner", PLENTY, SMALL, "profile embedded"),
        ("marketing", PLENTY, LARGE, "on this machine and 20000 MB"),
        ("character", 2000, SMALL, "needs 2500 MB of free memory, 2000 MB are free"),
        ("paraphrase", PLENTY, LARGE, "on this machine and 20000 MB"),
    ],
)
def test_a_larger_model_answers_where_memory_allows(fetched, tool, free, answers, why):
    chosen = base(tool, fetched, LAPTOP, memory(free))
    assert chosen.model.id == answers
    assert why in chosen.reason.en


def test_what_is_loaded_already_needs_no_room(fetched):
    chosen = base("character", fetched, LAPTOP, memory(100, LARGE))
    assert chosen.model.id == LARGE


def test_without_the_file_the_reason_names_the_line_that_gets_it(settings):
    chosen = base("character", settings, LAPTOP, memory(PLENTY))
    assert chosen.model.id == SMALL
    assert "samovar fetch qwen gets Qwen2.5-Coder-1.5B-Instruct, 1117 MB" in chosen.reason.en
    assert "samovar fetch qwen получит" in chosen.reason.ru


@pytest.mark.parametrize(
    "change",
    [
        {"light": True},
        {"chat_engine": "openvino"},
        {"chat_url": "http://127.0.0.1:9/v1"},
        {"profile": "gpu", "offline": False},
    ],
)
def test_a_setting_that_names_engine_server_or_profile_ends_the_choice(fetched, change):
    chosen = base("character", replace(fetched, **change), LAPTOP, memory(PLENTY))
    assert chosen.model.id != LARGE


@pytest.mark.parametrize("tool", ["", "paraphrase", "character"])
def test_in_the_profile_cpu_the_largest_answers_every_tool(fetched, tool):
    put(LARGEST, fetched)
    chosen = base(tool, replace(fetched, profile="cpu"), LAPTOP, memory(PLENTY))
    assert (chosen.model.id, chosen.engine, chosen.profile) == (LARGEST, "llamacpp", "cpu")
    assert chosen.reason.en.startswith("profile cpu, as set; ")
    assert (
        "Qwen3-4B-Instruct-2507 is on this machine and 20000 MB of memory are" in chosen.reason.en
    )


@pytest.mark.parametrize(
    ("change", "hardware", "here", "free", "why"),
    [
        ({}, LAPTOP, False, PLENTY, "samovar fetch qwen3 gets Qwen3-4B-Instruct-2507, 2497 MB"),
        ({}, LAPTOP, True, 4000, "needs 5000 MB of free memory, 4000 MB are free"),
        ({"light": True}, LAPTOP, True, PLENTY, "left out by SAMOVAR_LIGHT"),
        ({}, STATION, True, PLENTY, "No engine here can run Qwen3-4B-Instruct-2507"),
    ],
)
def test_where_the_largest_cannot_run_the_models_of_embedded_answer(
    fetched, change, hardware, here, free, why
):
    if here:
        put(LARGEST, fetched)
    settings = replace(fetched, profile="cpu", **change)
    usual = base("", settings, hardware, memory(free))
    assert usual.model.id == SMALL
    assert why in usual.reason.en
    assert usual.reason.ru.startswith("профиль cpu, как задано")
    larger = hardware is LAPTOP and not change
    chosen = base("character", settings, hardware, memory(free))
    assert chosen.model.id == (LARGE if larger else SMALL)


def test_an_adapter_of_the_table_is_used_where_it_is_here(settings, monkeypatch, caplog):
    """The table names another tool's adapter, which is on this machine."""
    rows = (
        Base(SMALL, "paraphrase-smollm2"),
        Base(LARGE, "paraphrase-smollm2"),
        Base(LARGEST, "absent"),
    )
    monkeypatch.setitem(LARGER, "character", rows)
    assert adapter("character", SMALL, settings) == "paraphrase-smollm2"
    assert adapter("character", LARGEST, settings) is None
    assert adapter("marketing", SMALL, settings) is None
    assert not caplog.records
    assert adapter("character", LARGE, settings) is None
    assert "belongs to smollm2-135m-instruct" in caplog.text


class Recording(Shelf):
    """Answers with the names of its models, except for files, which it loads."""

    def _chat(self, model_id: str) -> object:
        return super()._chat(model_id) if catalog.model(model_id).source == "file" else model_id


@pytest.mark.parametrize("profile", ["embedded", "cpu"])
def test_a_damaged_file_leaves_the_smaller_model_answering(fetched, caplog, profile):
    """The files have the right size and hold zeros."""
    put(LARGEST, fetched)
    shelf = Recording(replace(fetched, profile=profile), LAPTOP, lambda: PLENTY)
    assert shelf.base("character").model.source == "file"
    assert shelf.chat_of("character") == SMALL
    assert shelf.chat() == SMALL
    assert "is not the published one" in caplog.text
    said = shelf.base("character")
    assert said.model.id == SMALL
    assert "The file of Qwen2.5-Coder-1.5B-Instruct is not the published one" in said.reason.en


def test_a_file_that_was_mended_is_tried_again(fetched, monkeypatch):
    shelf = Recording(fetched, LAPTOP, lambda: PLENTY)
    shelf.chat_of("character")
    assert shelf.base("character").model.id == SMALL
    later = time.monotonic() + RETRY + 1
    monkeypatch.setattr("time.monotonic", lambda: later)
    assert shelf.base("character").model.id == LARGE


def test_a_model_that_is_named_is_not_loaded_without_the_memory_for_it(fetched):
    """As the HTTP server and the Models page name it; llama.cpp would end the whole program."""
    shelf = Recording(fetched, LAPTOP, lambda: 1200)
    said = r"needs 2500 MB of free memory, 1200 MB are free\. Choose a smaller model"
    with pytest.raises(ModelError, match=said):
        shelf.chat(LARGE)


def test_memory_that_is_gone_when_it_is_needed_leaves_the_smaller_model_answering(fetched):
    """Free when the model is chosen, taken by another program when it is loaded."""
    free = iter([PLENTY, 1000])
    shelf = Recording(fetched, LAPTOP, lambda: next(free, PLENTY))
    assert shelf.chat_of("character") == SMALL
    assert "needs 2500 MB of free memory, 1000 MB are free" in shelf.base("character").reason.en


def test_a_disk_that_is_full_when_the_model_is_loaded_leaves_the_smaller_one_answering(fetched):
    class Full(Recording):
        def _chat(self, model_id: str) -> object:
            if model_id == LARGE:
                raise StoreError(weights.NO_SPACE, path="/cache", why="No space left on device")
            return model_id

    shelf = Full(fetched, LAPTOP, lambda: PLENTY)
    assert shelf.chat_of("character") == SMALL
    assert "No space left on device" in shelf.base("character").reason.en
