"""Which chat model answers a tool: a larger one where its file is here and memory allows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from samovar import catalog
from samovar.catalog.tools import LARGER
from samovar.models.bases import base
from samovar.models.files import single
from samovar.models.hardware import Hardware
from samovar.models.shelf import Shelf
from samovar.settings import Settings
from samovar.tool import SLUGS

LAPTOP = Hardware("x86_64", 2, False)
SMALL, LARGE = "smollm2-135m-instruct", "qwen2.5-coder-1.5b-instruct"
PLENTY = 20_000


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings.from_env({}), cache=tmp_path, offline=True)


@pytest.fixture
def fetched(settings: Settings) -> Settings:
    """A file of the right size in the right place; nobody reads it here."""
    path = single.place(catalog.model(LARGE), settings)
    path.parent.mkdir(parents=True)
    with path.open("wb") as out:
        out.truncate(catalog.model(LARGE).bytes)
    return settings


def test_tools_and_models_of_the_table_exist():
    assert set(LARGER) <= set(SLUGS)
    for models in LARGER.values():
        for id in models:
            row = catalog.model(id)
            assert row.source == "file" and row.memory_mb * 10**6 > row.bytes


@pytest.mark.parametrize(
    ("tool", "free", "answers", "why"),
    [
        ("character", PLENTY, LARGE, "on this machine and 20000 MB"),
        ("marketing", PLENTY, SMALL, "profile embedded"),
        ("character", 2000, SMALL, "needs 2500 MB of free memory, 2000 MB are free"),
        ("paraphrase", PLENTY, SMALL, "profile embedded"),
    ],
)
def test_a_larger_model_answers_where_memory_allows(fetched, tool, free, answers, why):
    chosen = base(tool, fetched, LAPTOP, frozenset(), lambda: free)
    assert chosen.model.id == answers
    assert why in chosen.reason.en


def test_what_is_loaded_already_needs_no_room(fetched):
    chosen = base("character", fetched, LAPTOP, frozenset({LARGE}), lambda: 100)
    assert chosen.model.id == LARGE


def test_without_the_file_the_reason_names_the_line_that_gets_it(settings):
    chosen = base("character", settings, LAPTOP, frozenset(), lambda: PLENTY)
    assert chosen.model.id == SMALL
    assert "samovar fetch qwen gets Qwen2.5-Coder-1.5B-Instruct, 1117 MB" in chosen.reason.en
    assert "samovar fetch qwen получит" in chosen.reason.ru


@pytest.mark.parametrize(
    "change",
    [
        {"light": True},
        {"chat_engine": "openvino"},
        {"chat_url": "http://127.0.0.1:9/v1"},
        {"profile": "cpu", "offline": False},
    ],
)
def test_a_setting_that_names_engine_server_or_profile_ends_the_choice(fetched, change):
    chosen = base("character", replace(fetched, **change), LAPTOP, frozenset(), lambda: PLENTY)
    assert chosen.model.id != LARGE


def test_a_damaged_file_leaves_the_smaller_model_answering(fetched, caplog):
    """The file has the right size and holds zeros."""

    class Recording(Shelf):
        def chat(self, model_id: str = "") -> object:
            return super().chat(model_id) if model_id else "the profile's model"

    shelf = Recording(fetched, LAPTOP, lambda: PLENTY)
    assert shelf.base("character").model.id == LARGE
    assert shelf.chat_of("character") == "the profile's model"
    assert "is not the published one" in caplog.text
