"""Numbers, codes, quotes and rare words: what is asked for, what holds it, and what comes first."""

from __future__ import annotations

import pytest

from samovar.models.base import Encoder
from samovar.search import core
from samovar.search.core import Found
from samovar.search.documents.corpus import Document
from samovar.search.exact.exactness import exactness, rarity
from samovar.search.exact.wanted import literal, wanted
from samovar.search.passages.assembly import collect
from samovar.search.passages.collection import Collection


@pytest.mark.parametrize(
    ("question", "choices"),
    [  # one thing a "|", the ways to read it from the longest to the shortest
        ("who sold Alaska to America", ""),
        ("1928", "1928"),
        ("what happened in 1347", "1347"),
        ("error E-4471", "error E-4471, E-4471"),
        ("ISO-9001 and v2.3.1", "ISO-9001 | v2.3.1"),
        ("KX 730 D", "KX 730 D, KX 730, 730 D, 730 | 730 D"),
        ("What are the 3 laws of motion?", "3 laws"),
        ("Saturn V engines", "Saturn V"),
        ("the card I lost", ""),
        ("C++ or F#", "C++ | F#"),
        ("статья 14", "статья 14"),
        ("write to j.meyer@arvex.example", "j.meyer@arvex.example"),
        ("the “Golden Horn” of 1453", "Golden Horn | 1453"),
        ("«Дорога жизни» по льду", "Дорога жизни"),
        ("an unclosed \"quote", ""),
        ("И.О. Петров", ""),
    ],
)  # fmt: skip
def test_what_is_asked_for_literally(question: str, choices: str) -> None:
    found = [", ".join(way.said for way in choice) for choice in wanted(question)]
    assert " | ".join(found) == choices


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("E-4471", "The panel shows E-4471.", "E-4471"),
        ("e4471", "The panel shows E-4471.", "E-4471"),
        ("E 4471", "The panel shows E4471.", "E4471"),
        ("E-4471", "The panel shows E-4472.", ""),
        ("E-4471", "The panel shows E-44710, XE-4471 or E-4471-B.", ""),
        ("TX-40", "Not the TX-40S, nor the TX-400: the TX-40!", "TX-40"),
        ("v2.1", "Version v2.10 follows 2.1.", "2.1"),
        ("12 480", "It costs 12\u00a0480 roubles.", "12\u00a0480"),
        ("1499", "For EUR 1,499 it is yours.", "1,499"),
        ("480", "It costs 12 480 roubles.", ""),
        ("1928", "В 1928-м году; в 1928-го", "1928-м 1928-го"),
        ("1918", "The war of 1914-1918 and of 1914–1918.", "1918 1918"),
        ("1928", "Call 19281 or 555-1928.", ""),
        ("ISO 9001", "Certified by ISO 9001:2015.", "ISO 9001:2015"),
        ("14:05", "It leaves at 14:05, not at 14:50.", "14:05"),
        ("C++", "We write C++, C# and C.", "C++"),
        ("АВ-315", "Горит AB-315.", "AB-315"),  # the text has Latin letters
        ("статья 14", "Согласно статье 14 и статье 114", "статье 14"),
        ("радий-226", "распад радия-226", "радия-226"),
        ("/etc/frost/server.conf", "see /etc/frost/servers.conf", ""),
        (
            '"door not locked"',
            "It says “Door not closed”, then Door not locked.",
            "Door not locked",
        ),
        ("«атом мирный»", "лозунг «Мирный атом»", ""),
        ('"cafe\u0301 noir"', "le café noir", "café noir"),
        ("192.168.10.5", "192.168.10.55 and 192.168.10.5", "192.168.10.5"),
    ],
)
def test_what_holds_it(question: str, text: str, held: str) -> None:
    assert " ".join(text[start:end] for start, end in sorted({*literal(text, question)})) == held


ROWS = [
    ("e1", "The press stops and the panel shows E-4472. Call the fitter."),
    ("e2", "The press stops and the panel shows E-4471. Call the fitter."),
    ("moon", "The Moon raises the tides. A Saturn V brought people there in 1969."),
    ("ru", "Самовар кипятил воду. В 1969 году завод в Туле выпустил новый."),
    ("tea", "Tea is a hot drink. The leaves are picked by hand."),
]


@pytest.fixture(scope="module")
def small(minilm: Encoder) -> Collection:
    return collect(tuple(Document(id, "", text) for id, text in ROWS), minilm)


def searched(collection: Collection, encoder: Encoder, text: str, mode: str = "hybrid") -> Found:
    asked = core.question(text, "en", 5, mode)
    return core.search(collection, asked, encoder.encode([text], "query")[0])


@pytest.mark.parametrize("mode", ["hybrid", "dense", "bm25"])
@pytest.mark.parametrize(
    ("query", "first"),
    [("E-4471", "e2"), ("e4472", "e1"), ("E 4471 press", "e2"), ("saturn V", "moon")],
)
def test_what_holds_it_comes_first(
    small: Collection, minilm: Encoder, mode: str, query: str, first: str
) -> None:
    hits = searched(small, minilm, query, mode).hits
    assert hits[0].id == first and len(hits[0].exact) == 1 and not hits[0].missing
    assert all(hit.missing and not hit.exact for hit in hits[1:])
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_number_is_found_in_every_language(small: Collection, minilm: Encoder) -> None:
    hits = searched(small, minilm, "1969").hits
    assert {hits[0].id, hits[1].id} == {"moon", "ru"}
    assert [hit.exact for hit in hits] == [("1969",), ("1969",), (), (), ()]


@pytest.mark.parametrize(
    ("query", "good"),
    [("E-4471", True), ("E-9999", False), ('"hot milk"', False), ('"hot drink"', True)],
)
def test_what_is_nowhere_is_told(
    small: Collection, minilm: Encoder, query: str, good: bool
) -> None:
    found = searched(small, minilm, query)
    assert found.good is good and len(found.hits) == 5, "the nearest are shown all the same"
    if not good:
        assert all(hit.missing == (query.strip('"'),) for hit in found.hits)


def test_of_an_unknown_encoder_it_is_not_known(small: Collection, minilm: Encoder) -> None:
    assert searched(small, minilm, "what makes the sea rise and fall").good is None
    assert searched(small, minilm, "zebra", "bm25").good is False, "no text shares a word"


def test_the_passage_that_holds_it_is_shown(minilm: Encoder) -> None:
    tea = "Tea leaves are picked by hand in spring. " * 40
    collection = collect((Document("long", "", f"{tea}Order it as TX-40S. {tea}"),), minilm)
    (hit,) = searched(collection, minilm, "tea leaves TX40S").hits
    assert "TX-40S" in hit.text and len(hit.text) <= 1200


def test_a_rare_word_counts_among_many_documents_only(minilm: Encoder) -> None:
    texts = [f"Gravel road number {at}." for at in range(299)] + ["Fog lies over the chankonabe."]
    many = collect(tuple(Document(str(at), "", text) for at, text in enumerate(texts)), minilm)
    few = collect(many.documents[-20:], minilm)
    assert exactness(many, "chankonabe").gain(299) > 0 == exactness(few, "chankonabe").gain(19)
    assert exactness(many, "chankonabe").held(299) == ("chankonabe",)
    assert exactness(many, "chankonabe").missing(5) == ("chankonabe",)
    assert exactness(few, "chankonabe").held(19) == ()
    long = exactness(many, "who eats chankonabe before fights")
    assert long.gain(299) == 0, "a longer question is about more than one word of it"


def test_a_russian_name_is_found_in_another_case(minilm: Encoder) -> None:
    documents = (Document("t", "", "Игру придумал Пажитнов."), Document("b", "", "Хлеб пекут."))
    collection = collect(documents, minilm)
    (name,) = exactness(collection, "Пажитнову").words
    assert name.said(0) == "Пажитнову" and name.said(1) is None


def test_what_many_hold_counts_nothing() -> None:
    assert rarity(0, 10) == rarity(1, 1) == rarity(2, 2) == rarity(11, 100) == 0
    assert rarity(1, 2) == 1 > rarity(2, 3) > 0
