"""The parsers on real weights: trees of orders, offsets, one pipeline for two models, threads."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from samovar.models.shelf import shelf


def arcs(language: str, text: str) -> str:
    """Return `word<head:relation` of every word that is no article, sign or preposition."""
    (tokens,) = shelf().parser(language).parse([text])
    for token in tokens:
        assert text[token.start : token.end] == token.text
    skipped = ("det", "punct", "case", "root")
    return " ".join(
        f"{one.text}<{tokens[one.head].text}:{one.relation}"
        for one in tokens
        if one.relation not in skipped
    )


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Lend the bike to Kate", "bike<Lend:obj Kate<Lend:obl"),
        ("en", "Turn off the lamp", "off<Turn:compound:prt lamp<Turn:obj"),
        ("en", "Find Karen's door", "Karen<door:nmod:poss door<Find:obj"),
        ("en", "Book a table on Friday", "table<Book:obj Friday<Book:obl"),
        (
            "en",
            "Only forward emails to Karen",
            "Only<forward:advmod emails<forward:obj Karen<emails:nmod",
        ),
        ("en", "The door was opened", "door<opened:nsubj:pass was<opened:aux:pass"),
        ("ru", "Выключи свет на кухне", "свет<Выключи:obj кухне<Выключи:obl"),
        ("ru", "Напомни Павлу позвонить", "Павлу<Напомни:iobj позвонить<Напомни:xcomp"),
        ("ru", "Не открывай дверь", "Не<открывай:advmod дверь<открывай:obj"),
    ],
)
def test_trees_of_orders(language, text, expected):
    assert arcs(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "lemmas"),
    [
        ("en", "Send photos", "send photo"),
        ("ru", "Перенеси встречи", "перенести встреча"),
        ("ru", "Позвони Марте", "позвонить марта"),
        ("ru", "Пришлите ещё ключей", "прислать еще ключ"),
    ],
)
def test_lemmas(language, text, lemmas):
    (tokens,) = shelf().parser(language).parse([text])
    assert " ".join(token.lemma for token in tokens) == lemmas


def test_a_russian_order_says_so_and_keeps_its_own_word():
    (tokens,) = shelf().parser("ru").parse(["Закажите столик"])
    first = tokens[0]
    assert (first.text, first.pos, first.features["Mood"], first.features["Number"]) == (
        "Закажите",
        "VERB",
        "Imp",
        "Plur",
    )


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "text", ["", "  \n", "🍕🍕", "a\u0301" * 40, "\n Book a  table\r\n now ", "x" * 3000]
)
def test_any_text_has_a_tree_within_itself(language, text):
    (tokens,) = shelf().parser(language).parse([text])
    assert all(text[one.start : one.end] == one.text for one in tokens)
    assert all(0 <= one.head < len(tokens) for one in tokens)


def test_parser_and_tagger_share_what_they_load():
    assert shelf().tagger("en-core-web-sm")._pipeline is shelf().parser("en")._shared.pipeline
    assert shelf().tagger("natasha")._network is shelf().parser("ru")._names


@pytest.mark.parametrize(("language", "text"), [("en", "Book a table"), ("ru", "Закажи столик")])
def test_many_threads_read_the_same(language, text):
    texts = [text, f"{text} {text}"] * 12
    alone = [arcs(language, one) for one in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda one: arcs(language, one), texts)) == alone
