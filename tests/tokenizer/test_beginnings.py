import pytest

from samovar.errors import InputError
from samovar.tokenizer.beginnings import beginnings, card
from samovar.tokenizer.core import compare
from samovar.tokenizer.vocabulary.embeddings import embeddings
from samovar.tokenizer.vocabulary.initial import INITIAL

TEXT = "Run kubectl in the pod. " * 6 + "A kubelet runs."


def test_every_term_begins_by_every_way() -> None:
    found = beginnings(TEXT, ["kubectl", "the", "kubelet"], False)
    assert [(row.term.term, row.way) for row in found.rows] == [
        (term, way) for term in ("kubectl", "kubelet") for way in INITIAL
    ]
    by_name = {(row.term.term, row.way): row for row in found.rows}
    (kubectl,) = compare("x", ["kubectl"], embeddings()).terms
    assert by_name["kubectl", "mean"].neighbours == kubectl.neighbours[:5]
    assert by_name["kubectl", "similar"].neighbours != kubectl.neighbours[:5]
    assert {key for key, row in by_name.items() if row.as_mean} == {("kubelet", "similar")}


def test_the_card_names_the_ways_and_escapes_the_terms() -> None:
    body = card(beginnings(TEXT, ["<b>kubectl"], False), "ru").body
    assert "среднее своих кусочков" in body and "случайные числа" in body
    assert "<b>kubectl" not in body


@pytest.mark.parametrize("terms", [[], ["the"]])
def test_without_a_new_term_nothing_begins(terms: list[str]) -> None:
    with pytest.raises(InputError, match="no new term"):
        beginnings(TEXT, terms, False)
