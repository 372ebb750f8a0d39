"""What `--store` takes."""

from __future__ import annotations

import pytest

from samovar.errors import InputError
from samovar.search.stores import place


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("faiss", ("faiss", "", "")),
        ("faiss:hnsw", ("faiss", "", "hnsw")),
        ("http://host:19530/", ("milvus", "http://host:19530", "")),
        ("/data/v.db", ("milvus", "/data/v.db", "")),
    ],
)
def test_a_store_is_named(said: str, expected: tuple[str, str, str]) -> None:
    found = place.place(said)
    assert (found.kind, found.uri, found.structure) == expected


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("milvus", "`--store` has no value 'milvus'"),
        ("faiss:tree", "flat, hnsw, rabitq"),
        ("ftp://host/x.db", "`--store` has no value"),
        ("https://user:secret@host:19530", "must not hold a password"),
    ],
)
def test_an_unknown_store_is_refused(said: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as refused:
        place.place(said)
    assert "secret" not in str(refused.value)
