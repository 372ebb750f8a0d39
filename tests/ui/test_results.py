"""Shared results: stored when they are shared, read by their id, and forgotten in time."""

from __future__ import annotations

import os
import time

import pytest

from samovar.ui.history import results
from samovar.ui.history.results import Result, Results

CARD = Result(
    "search", "ru", "?tool=search&v=1&query=a", "<section>ответ</section>", {"turns": [1]}
)


@pytest.fixture
def store(tmp_path):
    return Results(tmp_path / "shared")


def test_only_what_is_shared_is_stored_and_it_comes_back_whole(store, tmp_path):
    store.hold("a", "search", CARD)
    assert not (tmp_path / "shared").exists()
    name = store.share("a", "search")
    back = store.read(name)
    assert back.at == pytest.approx(time.time(), abs=60)
    assert (back.slug, back.link, back.card, back.memory) == (
        CARD.slug,
        CARD.link,
        CARD.card,
        CARD.memory,
    )
    assert Results(tmp_path / "shared").read(name) == back


def test_nobody_shares_what_another_visitor_was_shown(store):
    store.hold("a", "search", CARD)
    assert store.share("b", "search") == store.share("a", "ner") == ""


@pytest.mark.parametrize("name", ["", "x", "../../etc/passwd", "a" * 16, "..%2f..%2f..%2fetc"])
def test_what_is_no_id_opens_nothing(store, name):
    assert store.read(name) is None


def test_a_result_expires_and_its_file_goes(store, tmp_path):
    store.hold("a", "search", CARD)
    old = store.share("a", "search")
    path = tmp_path / "shared" / f"{old}.json"
    past = time.time() - (results.DAYS + 1) * 24 * 3600
    os.utime(path, (past, past))
    assert store.read(old) is None
    store.share("a", "search")
    assert not path.exists()


def test_a_damaged_file_is_as_none(store, tmp_path):
    store.hold("a", "search", CARD)
    name = store.share("a", "search")
    (tmp_path / "shared" / f"{name}.json").write_text('{"slug": "search"')
    assert store.read(name) is None


def test_a_result_too_large_and_a_place_without_disk_store_nothing(store, tmp_path):
    store.hold("a", "search", Result("search", "en", "", "x" * (results.LARGEST + 1)))
    assert store.share("a", "search") == ""
    (tmp_path / "file").write_text("")
    for nowhere in (Results(None), Results(tmp_path / "file")):
        nowhere.hold("a", "search", CARD)
        assert nowhere.share("a", "search") == ""


def test_the_oldest_leave_where_room_is_short(store, tmp_path, monkeypatch):
    monkeypatch.setattr(results, "STORED", 600)
    store.hold("a", "search", CARD)
    names = []
    for at in range(8):
        names.append(store.share("a", "search"))
        path = tmp_path / "shared" / f"{names[-1]}.json"
        os.utime(path, (time.time() - 100 + at,) * 2)
    assert store.read(names[0]) is None and store.read(names[-1])


def test_few_last_results_are_held_in_memory(store, monkeypatch):
    monkeypatch.setattr(results, "HELD", 3 * len(CARD.card))
    for at in range(6):
        store.hold(f"{at}", "search", CARD)
    assert [bool(store.share(f"{at}", "search")) for at in range(6)] == [False] * 3 + [True] * 3
