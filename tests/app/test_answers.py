"""What each endpoint of the running app answers."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from samovar.endpoints import ENDPOINTS, description, example
from samovar.examples import example_path
from samovar.settings import Settings
from samovar.tool import SLUGS


def keys(answer: Any) -> set[str]:
    """Return the names of all fields of an answer, those inside the fields' values included."""
    if isinstance(answer, list):
        return set().union(*map(keys, answer))
    if not isinstance(answer, dict):
        return set()
    inside = {name: keys(value) for name, value in answer.items()}
    return set(inside).union(*inside.values())


@pytest.mark.parametrize("slug", SLUGS)
def test_the_example_runs_and_what_it_answers_is_described(client, slug):
    answer = client.predict(**example(slug, Settings()), api_name=f"/{ENDPOINTS[slug]}")
    assert answer
    rows = answer if isinstance(answer, list) else [answer]
    if slug == "ner":
        rows = list(answer.values())
    named = set(re.findall(r"`([a-z_0-9]+)`", description(slug).returns))
    for row in rows:
        assert set(row) <= named, set(row) - named


@pytest.mark.parametrize("slug", ["search", "tokenizer"])
def test_the_example_gives_the_shipped_answer(client, slug):
    answer = client.predict(**example(slug, Settings()), api_name=f"/{ENDPOINTS[slug]}")
    path = example_path(Settings(), slug)
    shipped = json.loads(path.read_text(encoding="utf-8"))["en"]["result"]
    if slug == "tokenizer":
        assert answer["counts"] == shipped["counts"]
    else:
        assert [hit["id"] for hit in answer] == [hit["id"] for hit in shipped["hits"]]


def test_paraphrase(client):
    variants = client.predict("Turn off the lights in the kitchen.", n=3, api_name="/paraphrase")
    assert variants
    for one in variants:
        assert isinstance(one["text"], str)
        assert isinstance(one["accepted"], bool)
        assert one["accepted"] == (not one["reasons"])
        assert {"similarity", "pinc", "new_core", "score", "styles"} <= set(one)
    assert sum(one["accepted"] for one in variants) <= 3


def test_search(client):
    hits = client.predict("why did the dodo die out", k=3, api_name="/search")
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert hits[0]["id"] == "en-dodo"
    keys = {"rank", "score", "id", "title", "text", "metadata", "bm25_rank", "dense_rank"}
    assert all(keys <= set(hit) for hit in hits)
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_search_with_a_filter(client):
    hits = client.predict("море", k=4, filters={"language": "ru"}, api_name="/search")
    assert [hit["metadata"]["language"] for hit in hits] == ["ru"] * 4


def test_ner(client):
    text = "Jordan met Ann Smith in Rome."
    found = client.predict(text, taggers=["spacy", "natasha"], api_name="/ner")
    assert list(found) == ["spacy", "natasha"]
    for markup in found.values():
        assert markup["milliseconds"] > 0
        for span in markup["spans"]:
            assert set(span) == {"start", "end", "label", "text"}
            assert text[span["start"] : span["end"]] == span["text"]
    assert "Rome" in [span["text"] for span in found["spacy"]["spans"]]


def test_tokenizer(client):
    text = "kubectl applies it"
    cut = client.predict(text, terms=["kubectl"], api_name="/tokenizer")
    for side in ("before", "after"):
        assert "".join(text[p["start"] : p["end"]] for p in cut[side]) == text
        assert all(set(p) >= {"piece", "id", "start", "end"} for p in cut[side])
    assert cut["after"][0]["piece"] == "kubectl"
    assert len(cut["after"]) < len(cut["before"])


def test_chat(client):
    said = client.predict("Why do you walk with a cane?", api_name="/chat")
    assert said["reply"].strip()
    assert any("cane" in fact["text"] for fact in said["facts"])
    again = client.predict("Why do you walk with a cane?", api_name="/chat")
    assert again["facts"] == said["facts"]  # replies drawn side by side may differ in rounding


def test_chat_without_retrieval_has_no_facts(client):
    history = [{"role": "user", "content": "Hi."}, {"role": "assistant", "content": "What?"}]
    said = client.predict("Is it lupus?", history=history, retrieval=False, api_name="/chat")
    assert said["reply"].strip()
    assert said["facts"] == []


def test_marketing(client, sheet):
    texts = client.predict(sheet, channel="post", n=2, api_name="/marketing")
    assert len(texts) == 2
    for one in texts:
        assert one["text"].strip()
        assert isinstance(one["problems"], list)
