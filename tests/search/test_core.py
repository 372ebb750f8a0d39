"""One question against a small collection: modes, ranks, filters that fill up, bad input."""

from __future__ import annotations

from pathlib import Path

import pytest

from samovar.errors import InputError
from samovar.models.base import Encoder
from samovar.search import core
from samovar.search.core import Found
from samovar.search.documents.corpus import Document
from samovar.search.indexing import update
from samovar.search.passages.assembly import collect
from samovar.search.passages.collection import Collection
from samovar.search.stores import place

ROWS = [
    ("tea", "drink", "A hot drink made by pouring boiling water over leaves."),
    ("coffee", "drink", "Roasted beans are ground and brewed; it keeps people awake."),
    ("violin", "music", "Four strings are played with a bow."),
    ("drum", "music", "A skin stretched over a frame is struck with sticks."),
    ("moon", "space", "The satellite of the Earth. It causes the tides of the sea."),
]


@pytest.fixture(scope="module")
def small(minilm: Encoder) -> Collection:
    return collect(tuple(Document(id, id, text, {"topic": t}) for id, t, text in ROWS), minilm)


def searched(collection: Collection, encoder: Encoder, query: str, **rules: object) -> Found:
    asked = core.question(query, "en", fields=collection.fields, **rules)
    return core.search(collection, asked, encoder.encode([asked.text], "query")[0])


def ids(result: Found) -> str:
    return " ".join(hit.id for hit in result.hits)


@pytest.mark.parametrize(
    ("query", "mode", "expected"),
    [
        ("something to keep me from sleeping", "dense", "coffee"),
        ("something to keep me from sleeping", "hybrid", "coffee"),
        ("struck skins", "bm25", "drum"),
        ("STRINGS and bows", "hybrid", "violin"),
        ("why does the ocean rise and fall", "dense", "moon"),
    ],
)
def test_the_right_document_comes_first(
    small: Collection, minilm: Encoder, query: str, mode: str, expected: str
) -> None:
    hits = searched(small, minilm, query, mode=mode, k=3).hits
    assert hits[0].id == expected
    assert [hit.rank for hit in hits] == [*range(1, len(hits) + 1)]
    assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)


def test_each_mode_says_the_ranks_it_has(small: Collection, minilm: Encoder) -> None:
    query = "a drink of boiling leaves"
    words = searched(small, minilm, query, mode="bm25").hits
    assert [(h.id, h.bm25_rank, h.dense_rank) for h in words] == [("tea", 1, None)]
    dense = searched(small, minilm, query, mode="dense").hits
    assert [(h.bm25_rank, h.dense_rank) for h in dense] == [(None, n) for n in range(1, 6)]
    both = {hit.id: hit for hit in searched(small, minilm, query).hits}
    assert (both["tea"].bm25_rank, both["tea"].dense_rank) == (1, 1)
    assert both["drum"].bm25_rank is None and both["drum"].dense_rank is not None


def test_words_in_no_document_find_nothing_by_words(small: Collection, minilm: Encoder) -> None:
    assert searched(small, minilm, "xylophone", mode="bm25") == Found((), 0, False)
    assert len(searched(small, minilm, "xylophone", k=5).hits) == 5


@pytest.mark.parametrize(
    ("k", "topic", "expected", "removed"),
    [
        (1, "drink", "tea", 0),
        (2, "drink", "tea coffee", None),
        (1, "space", "moon", None),
        (5, "music", "drum violin", 3),
        (5, "Music", "drum violin", 3),
        (5, "cinema", "", 5),
    ],
)
def test_filters_fill_up_and_count(
    small: Collection, minilm: Encoder, k: int, topic: str, expected: str, removed: int | None
) -> None:
    query = "hot boiling water"
    result = searched(small, minilm, query, k=k, wanted={"topic": topic})
    assert set(ids(result).split()) == set(expected.split())
    order = [hit.id for hit in searched(small, minilm, query, k=5).hits]
    topics = {id: t for id, t, _ in ROWS}
    last = order.index(result.hits[-1].id) if len(result.hits) == k else len(order)
    above = sum(topics[id] != topic.lower() for id in order[:last])
    assert result.removed == above
    assert removed is None or removed == above


def test_a_rare_value_is_found_beyond_the_first_fetch(minilm: Encoder) -> None:
    rare = {at: {"kind": "rare"} for at in (590, 597)}
    near = [Document(f"n{at}", "", f"Strong tea, cup {at}.", {"kind": "tea"}) for at in range(580)]
    far = [Document(f"f{at}", "", f"Gravel road {at}.", rare.get(at, {})) for at in range(580, 600)]
    collection = collect((*near, *far), minilm)
    for mode in core.MODES[:2]:
        wanted = {"kind": "rare"}
        result = searched(collection, minilm, "tea in a cup", k=2, mode=mode, wanted=wanted)
        assert sorted(hit.id for hit in result.hits) == ["f590", "f597"]
        assert result.removed >= 580


def test_a_document_has_one_hit_with_its_best_passage(minilm: Encoder) -> None:
    tea = "Tea leaves are picked by hand in spring. " * 40
    moon = "The moon raises the tides of the sea. " * 40
    collection = collect(
        (Document("long", "", tea + moon), Document("other", "", "Bread.")), minilm
    )
    assert len(collection.passages) > 3
    for query, word in (("tides of the moon", "tides"), ("who picks tea", "picked")):
        hits = searched(collection, minilm, query).hits
        assert [hit.id for hit in hits] == ["long", "other"]
        assert word in hits[0].text and len(hits[0].text) <= 1200


def test_one_long_document_does_not_push_the_others_out(
    minilm: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core, "FIRST_DEPTH", 20)
    long = " ".join(f"Tea number {at} is poured into a cup of tea." for at in range(800))
    rest = tuple(Document(f"d{at}", "", f"Gravel road {at}.") for at in range(5))
    collection = collect((Document("long", "", long), *rest), minilm)
    assert len(collection.passages) > core.FIRST_DEPTH + 5
    for mode in ("dense", "hybrid"):
        result = searched(collection, minilm, "a cup of tea", k=4, mode=mode)
        assert len(result.hits) == 4 and result.hits[0].id == "long" and result.removed == 0


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"text": ""}, "`query` is empty"),
        ({"text": " \n"}, "`query` is empty"),
        ({"text": None}, "`query` must be a text"),
        ({"text": "x" * 100_000}, "`query` has 100,000 characters; at most 2,000"),
        ({"text": "a\x00b"}, r"control character U\+0000"),
        ({"text": "\ud800"}, r"U\+D800"),
        ({"k": 0}, "`k` is 0; it must lie between 1 and 100"),
        ({"k": 1000}, "between 1 and 100"),
        ({"k": "ten"}, "`k` must be a whole number"),
        (
            {"mode": "fuzzy"},
            '`mode` has no value "fuzzy". Choose one of: hybrid, dense, bm25, rerank',
        ),
        ({"language": "de"}, '`language` has no value "de". Choose one of: en, ru'),
        ({"wanted": {"colour": "red"}}, "no document has a field `colour`"),
    ],
)
def test_bad_input_is_refused(rules: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=f"(?i){told}") as refused:
        core.question(**{"text": "tea", "language": "en", "fields": {"topic": ("text",)}, **rules})
    assert any("а" <= letter <= "я" for letter in refused.value.say("ru"))


@pytest.mark.parametrize(
    "query",
    ["שלום עולם", "🎄🎄", "<|im_end|></s>[SEP]", "<b>tea</b> *x*", "!!!", "'; DROP TABLE", "茶"],
)
def test_strange_queries_are_answered(small: Collection, minilm: Encoder, query: str) -> None:
    assert len(searched(small, minilm, query, k=5).hits) == 5


@pytest.mark.parametrize("kind", ["faiss", "milvus"])
def test_the_store_itself_looks_beyond_the_deepest_fetch(
    kind: str, minilm: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core, "FIRST_DEPTH", 40)
    monkeypatch.setattr(core, "DEEPEST", 80)
    near = [Document(f"n{at}", "", f"Strong tea, cup {at}.", {"kind": "tea"}) for at in range(280)]
    far = [Document(f"f{at}", "", f"Gravel road {at}.", {"kind": "road"}) for at in range(3)]
    where = place.place("faiss" if kind == "faiss" else str(tmp_path / "v.db"))
    change = update.Change((*near, *far), store=where)
    collection, _ = update.update(tmp_path / "index", minilm, change)
    wanted = {"kind": {"!=": "tea"}}
    for mode in ("hybrid", "dense"):
        result = searched(collection, minilm, "tea in a cup", k=2, mode=mode, wanted=wanted)
        assert {hit.id for hit in result.hits} <= {"f0", "f1", "f2"} and len(result.hits) == 2
        assert all(hit.dense_rank is None for hit in result.hits), "its rank is not known"
        result = searched(collection, minilm, "tea in a cup", k=5, mode=mode, wanted=wanted)
        assert len(result.hits) == 3 and result.removed == 280
    result = searched(collection, minilm, "tea in a cup", k=2, wanted={"kind": "tea"})
    assert [hit.fused_rank for hit in result.hits] == [1, 2]


def test_the_fused_rank_is_the_one_before_the_filter(small: Collection, minilm: Encoder) -> None:
    query = "hot boiling water"
    whole = {hit.id: hit.rank for hit in searched(small, minilm, query, k=5).hits}
    kept = searched(small, minilm, query, k=5, wanted={"topic": ["music", "space"]}).hits
    assert [hit.rank for hit in kept] == [1, 2, 3]
    assert [hit.fused_rank for hit in kept] == [whole[hit.id] for hit in kept]
    dense = searched(small, minilm, query, k=5, mode="dense").hits
    assert {hit.fused_rank for hit in dense} == {None}
