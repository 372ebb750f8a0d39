"""Who writes in which language on this machine, and under which adapter."""

from __future__ import annotations

import json

import pytest
from told_models import ADAPTER, ToldChat

from samovar.errors import InputError
from samovar.models.shelf import Shelf
from samovar.paraphrase.generation.larger import Larger
from samovar.paraphrase.generation.writers import LargerWriter, SmallWriter
from samovar.paraphrase.service import installed, named, writers
from samovar.settings import Settings


class EnglishChat(ToldChat):
    languages = ("en",)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """`place(chat)` is a shelf whose only small chat model is `chat`, without adapters."""

    def made(chat):
        own = Shelf(Settings(assets=tmp_path))
        monkeypatch.setattr(own, "speaker", lambda language: chat)
        return own

    return made


@pytest.mark.parametrize(
    ("name", "role", "expected"),
    [
        ("paraphrase-smollm2", "chat", "paraphrase-smollm2"),
        ("paraphrase-gemma3", "chat", None),
        ("paraphrase-smollm2", "entailment", None),
    ],
)
def test_the_adapter_of_the_model_in_use_is_taken(tmp_path, name, role, expected):
    folder = tmp_path / "adapters" / name
    folder.mkdir(parents=True)
    (folder / "samovar.json").write_text(json.dumps({"role": role}))
    assert installed(ToldChat(), Shelf(Settings(assets=tmp_path))) == expected


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_small_model_writes_first_and_the_larger_one_fills_up(place, language):
    larger = Larger(ToldChat(), ADAPTER)
    found = writers(place(ToldChat()), language, larger)
    assert [type(one) for one in found] == [SmallWriter, LargerWriter]


def test_without_the_larger_model_the_small_one_writes_alone(place):
    [writer] = writers(place(ToldChat()), "ru", None)
    assert isinstance(writer, SmallWriter) and writer.adapter is None


def test_the_larger_model_writes_alone_what_the_small_one_does_not_speak(place):
    larger = Larger(ToldChat(), ADAPTER)
    [writer] = writers(place(EnglishChat()), "ru", larger)
    assert isinstance(writer, LargerWriter) and writer.chat is larger.chat


def test_a_language_that_nobody_speaks_is_refused_with_a_way_out(place):
    with pytest.raises(InputError, match="setup-ru") as caught:
        writers(place(EnglishChat()), "ru", None)
    assert "samovar fetch qwen" in caught.value.say("ru")


def test_the_base_model_writes_without_its_adapter(tmp_path, place):
    folder = tmp_path / "adapters" / "paraphrase-smollm2"
    folder.mkdir(parents=True)
    (folder / "samovar.json").write_text(json.dumps({"role": "chat"}))
    own = place(ToldChat())
    [adapted], [base] = (writers(own, "en", None, base=base) for base in (False, True))
    assert (adapted.adapter, base.adapter) == ("paraphrase-smollm2", None)


def test_the_small_print_names_each_writer_and_each_engine_once():
    larger = LargerWriter(Larger(ToldChat(), ADAPTER), 4, 3)
    titles, engines = named([SmallWriter(ToldChat(), None, 3), larger])
    assert titles.count(" · ") == 1 and engines == "told"
