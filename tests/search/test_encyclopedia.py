"""The shipped encyclopedia through the public endpoint, with the default encoder."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import gradio as gr
import pytest

from samovar.errors import InputError
from samovar.examples import read
from samovar.models.base import Encoder
from samovar.models.shelf import Shelf, shelf
from samovar.phrases import LANGUAGES, Language
from samovar.search import encyclopedia, tab
from samovar.search.answer import Answered, answered
from samovar.search.card import card, marked
from samovar.search.endpoint import lines, search
from samovar.search.indexing import folder
from samovar.tool import Visit

CROSSING = """
who sold Alaska to America → ru-prodazha-alyaski
first person to walk in open space → ru-pervyi-vyhod-v-otkrytyi-kosmos
the chess match between Karpov and Kasparov → ru-match-karpova-i-kasparova
three-string folk instrument of Russia → ru-balalaika
siege of the city on the Neva during the war → ru-blokada-leningrada
the rover that drove on the Moon → ru-lunohod-1
salad served at New Year in Russia → ru-salat-olive
How did a sea in Central Asia disappear? → ru-vysyhanie-aralskogo-morya
кто первым доказал, что врачам надо мыть руки → en-handwashing-and-semmelweis
почему вымерла птица додо → en-dodo
откуда взялась застёжка-липучка → en-velcro
вышитое полотно о битве при Гастингсе → en-bayeux-tapestry
как в Японии чинят разбитую посуду золотом → en-kintsugi
печатный станок Гутенберга → en-printing-press
кто расшифровал египетские иероглифы → en-rosetta-stone
чайный протест в Бостоне → en-boston-tea-party
"""
WITHIN = """
metal that is lighter than steel → en-aluminium
Why did sailors lose their teeth on long voyages? → en-scurvy-and-james-lind
What is drunk from a metal urn with a pipe inside? → en-samovar
самая глубокая впадина океана → ru-marianskaya-vpadina
Почему высохло море в Средней Азии? → ru-vysyhanie-aralskogo-morya
как пчёлы рассказывают друг другу о цветах → ru-tanec-pchyol
"""


def places(cases: str, mode: str = "hybrid") -> list[int]:
    """Return the rank of each expected article; 99 when it is not among ten."""
    found = []
    for query, expected in (line.split(" → ") for line in cases.strip().splitlines()):
        ids = [hit["id"] for hit in search(query, 10, mode=mode)]
        found.append(ids.index(expected) + 1 if expected in ids else 99)
    return found


def test_a_question_finds_articles_of_the_other_language() -> None:
    ranks = places(CROSSING)
    assert sum(rank <= 3 for rank in ranks) >= 14, ranks
    assert max(places(CROSSING, "bm25")) == 99


def test_a_question_finds_articles_of_its_own_language() -> None:
    ranks = places(WITHIN)
    assert max(ranks) <= 3 and ranks.count(1) >= len(ranks) - 1, ranks


@pytest.mark.parametrize("mode", ["hybrid", "dense", "bm25"])
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("1928", "en-sandwich en-penicillin ru-penicillin ru-cinga"),
        ("Saturn V", "en-apollo-11"),
        ("saturn v", "en-apollo-11"),
        ("ракета Р-7", "ru-sputnik-1"),
        ("«радиевые девушки»", "ru-radii"),
        ("peruggia", "en-mona-lisa"),
        ("Элиасберга", "ru-leningradskaya-simfoniya-shostakovicha"),
    ],
)
def test_an_exact_word_comes_first(query: str, first: str, mode: str) -> None:
    hits = search(query, 10, mode=mode)
    count = len(first.split())
    assert {hit["id"] for hit in hits[:count]} == set(first.split())
    assert all(hit["exact"] for hit in hits[:count]) and not any(h["exact"] for h in hits[count:])
    told = [line for line in lines(hits[:1]) if "exact: " in line]
    assert len(told) == 1, "the command line says so, too"


@pytest.mark.parametrize(
    ("query", "good"),
    [
        ("How do bees tell each other where flowers are?", True),
        ("почему вымерла птица додо", True),
        ("1928", True),
        ("E-4471", False),
        ("How do I reset the password of my router?", False),
        ("Как вернуть деньги за отменённый рейс?", False),
    ],
)
def test_what_the_encyclopedia_does_not_answer_is_told(query: str, good: bool) -> None:
    found = answered(query, 3, "en")
    assert found.good is good and len(found.hits) == 3
    assert (found.documents, found.passages) == (384, 384)
    assert len(found.nearest) == 3 and all(
        near in hit.text for near, hit in zip(found.nearest, found.hits, strict=True)
    )
    told = card(found, "en").body
    assert ("No good match." in told) is not good and "3 of 384 documents, 384 passages" in told
    assert ("Хорошего совпадения нет." in card(found, "ru").body) is not good


def test_every_article_is_found_by_its_title() -> None:
    documents = encyclopedia.encyclopedia().documents
    assert len(documents) >= 360
    missed = [d.id for d in documents[::12] if d.id not in [h["id"] for h in search(d.title, 3)]]
    assert not missed


def test_the_endpoint_returns_plain_json() -> None:
    hits = search("чай из самовара", k=3, language="ru", filters={"language": "ru"})
    assert json.loads(json.dumps(hits)) == hits
    assert list(hits[0]) == [
        "rank", "score", "id", "title", "text", "metadata",
        "bm25_rank", "dense_rank", "fused_rank", "rerank_rank", "exact", "missing",
    ]  # fmt: skip
    assert hits[0]["id"] == "ru-samovar" and hits[0]["bm25_rank"] == 1
    assert {hit["metadata"]["language"] for hit in hits} == {"ru"}
    assert " 1. Самовар" in lines(hits)[0]


def test_filters_restrict_and_combine() -> None:
    hits = search("discovery", filters={"topic": "space", "language": "en"})
    assert len(hits) == 10
    assert {(h["metadata"]["topic"], h["metadata"]["language"]) for h in hits} == {("space", "en")}
    assert {h["metadata"]["year"] for h in search("space race", filters={"year": "1957"})} == {1957}
    with pytest.raises(
        InputError, match=r"The fields are: language \(texts\), topic \(texts\), year \(numbers\)"
    ):
        search("tea", filters={"colour": "red"})


def test_the_index_is_built_once_and_again_when_a_text_changes(
    tmp_path: Path, minilm: Encoder
) -> None:
    settings = replace(shelf().settings, data=tmp_path, cache=tmp_path / "cache")
    source = shelf().settings.data / "encyclopedia" / "en-food.jsonl"
    shutil.copytree(source.parent, tmp_path / "encyclopedia", ignore=lambda _, names: names[2:])
    built: list[int] = []

    class Known(Shelf):
        def retriever(self, model_id: str = "") -> Encoder:
            return minilm

    def count_if_built() -> int:
        built.clear()
        known = Known(settings)
        count = len(
            encyclopedia.indexed_encyclopedia(
                known, lambda done, total: built.append(total)
            ).documents
        )
        return count if built else -count

    first = count_if_built()
    assert first > 0, "built"
    assert count_if_built() == -first, "read"
    added = tmp_path / "encyclopedia" / "new.jsonl"
    added.write_text('{"id": "new", "text": "A new article."}\n')
    assert count_if_built() == first + 1, "built anew"
    index = tmp_path / "cache" / "search" / f"encyclopedia-{minilm.name}"
    next(index.rglob("0.faiss")).write_bytes(b"")
    assert count_if_built() == first + 1, "a damaged index is replaced"
    assert folder.load(index, minilm)
    shutil.rmtree(index)
    index.write_text("a file where the index should be")
    assert count_if_built() == first + 1, "a cache that cannot be written stops nobody"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_example_is_what_the_tool_answers(language: Language) -> None:
    shipped = read(shelf().settings, "search", language, Answered)
    now = answered(shipped.query, len(shipped.hits), language)
    assert [hit.id for hit in now.hits[:2]] == [hit.id for hit in shipped.hits[:2]]
    assert now.hits[0].text == shipped.hits[0].text
    with gr.Blocks():
        first = tab.draw(language).samples[0]
    assert shipped.query == first["query"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sample_of_the_page_finds_something(language: Language) -> None:
    with gr.Blocks():
        drawn = tab.draw(language)
    for sample in drawn.samples:
        assert set(sample) == set(drawn.inputs) - set(drawn.unlinked)
        body = tab.answer(Visit(language), **sample).body
        assert '<ol class="hits">' in body, sample


def test_the_card_escapes_everything_and_marks_shared_words() -> None:
    shown = read(shelf().settings, "search", "en", Answered)
    evil = '<script>alert("x")</script>'
    hit = replace(shown.hits[0], title=evil, text=f"{evil} sailors", metadata={evil: evil})
    shown = replace(shown, query="the sailor <b>", hits=(hit,), removed=7)
    drawn = card(shown, "en")
    assert "<script>" not in drawn.body and "&lt;script&gt;" in drawn.body
    assert "<mark>sailors</mark>" in drawn.body
    assert "The filter removed 7." in drawn.body
    assert "BM25 #2 · dense #1" in drawn.body
    assert [file.name for file in drawn.downloads] == ["samovar-search.jsonl", "samovar-search.csv"]
    assert "Фильтр убрал: 7." in card(shown, "ru").body
    nothing = replace(shown, hits=())
    assert "Nothing passed the filter" in card(nothing, "en").body
    assert "search by meaning" in card(replace(nothing, removed=0, mode="bm25"), "en").body


def test_a_hit_says_what_it_holds_and_where() -> None:
    shown = read(shelf().settings, "search", "en", Answered)
    text = "It stops. <b>The panel</b> shows E-4471. Call us."
    hit = replace(shown.hits[0], text=text, exact=("E4471",), missing=("«x»",))
    near = ("<b>The panel</b> shows E-4471.",)
    drawn = card(replace(shown, query="E4471 «x»", hits=(hit,), nearest=near, good=False), "en")
    sentence = "&lt;b&gt;The panel&lt;/b&gt; shows <mark>E-4471</mark>."
    assert f'title="Nearest sentence">{sentence}</em> Call us.' in drawn.body
    assert "exact: E4471" in drawn.body and "without “«x»”" in drawn.body
    assert "Nothing here holds “«x»” literally. Below is what lies nearest." in drawn.body
    gone = replace(shown, hits=(hit,), nearest=("Another text.",))
    assert "</em>" not in card(gone, "en").body, "a sentence that is not there marks nothing"


def test_words_are_marked_in_another_form() -> None:
    assert marked("Моряки плыли", "у моряка <i>") == "<mark>Моряки</mark> плыли"
