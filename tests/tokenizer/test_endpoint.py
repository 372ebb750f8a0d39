import json

import pytest

from samovar.errors import InputError
from samovar.settings import Settings
from samovar.tokenizer.endpoint import lines, tokenizer
from samovar.tokenizer.result import LIMIT
from samovar.tokenizer.texts.box import typed
from samovar.tokenizer.texts.terms import LISTS, LONGEST, MOST, shipped


def test_the_answer_is_json_of_the_promised_shape() -> None:
    answer = json.loads(json.dumps(tokenizer("Run kubectl now", ["kubectl"])))
    assert set(answer) == {
        *("before", "after", "counts", "terms"),
        *("characters", "words", "candidates", "tokenizers"),
    }
    assert (answer["characters"], answer["words"], answer["tokenizers"]) == (15, 3, [])
    assert answer["after"][1] == {"piece": " kubectl", "id": 49152, "start": 3, "end": 11}
    assert answer["counts"] == {"before": 6, "after": 3, "saved": 3, "saved_percent": 50.0}
    assert {"piece", "id", "cosine"} <= set(answer["terms"][0]["neighbours"][0])


def test_without_terms_both_sides_are_the_same() -> None:
    answer = tokenizer("Run kubectl now")
    assert answer["before"] == answer["after"]
    assert answer["terms"] == [] and answer["counts"]["saved"] == 0


def test_duplicates_and_white_space_are_one_term() -> None:
    answer = tokenizer("x", ["smart contract", " smart  contract ", "smart contract"])
    assert [term["term"] for term in answer["terms"]] == ["smart contract"]


@pytest.mark.parametrize(
    ("text", "terms", "said"),
    [
        ("", None, "empty"),
        ("x" * (LIMIT + 1), None, "20,001"),
        ("a\x07", None, "U+0007"),
        (None, None, "must be a text"),
        ("x", "kubectl", "list of texts"),
        ("x", ["ok", "  "], "empty"),
        ("x", [5], "must be a text"),
        ("x", ["y" * (LONGEST + 1)], "65"),
        ("x", ["t"] * (MOST + 1), "201"),
        ("x", ["<|im_end|>"], "control token"),
        ("x", ["a <|im_start|> b"], "control token"),
        ("x", ["a\x00"], "U+0000"),
    ],
)
def test_bad_input_is_refused_with_the_rule_and_the_way_out(
    text: object, terms: object, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        tokenizer(text, terms)  # type: ignore[arg-type]
    assert said in str(caught.value)
    assert any("а" <= letter <= "я" for letter in caught.value.say("ru"))


@pytest.mark.parametrize("name", LISTS)
def test_every_shipped_list_saves_tokens_on_its_sample(name: str) -> None:
    ready = shipped(name, Settings())
    answer = tokenizer(ready.sample, list(ready.terms))
    assert len(ready.terms) >= 20
    assert answer["counts"]["saved_percent"] >= 10
    used = {piece["id"] for piece in answer["after"]}
    spelled = [{one["id"] for one in term["spellings"]} for term in answer["terms"]]
    assert sum(bool(ids & used) for ids in spelled) >= 10


def test_the_largest_request_is_answered() -> None:
    terms = [f"term{n}x" for n in range(MOST)]
    answer = tokenizer("term7x 🍕 " * (LIMIT // 9), terms)
    assert answer["counts"]["after"] < answer["counts"]["before"]


def test_an_unknown_list_is_refused() -> None:
    with pytest.raises(InputError, match="kubernetes"):
        shipped("../characters/house/facts", Settings())


@pytest.mark.parametrize(
    ("box", "terms"),
    [
        ("kubectl, smart contract\n\nEVM;", ["kubectl", "smart contract", "EVM"]),
        ("", []),
        (" , \n ", []),
    ],
)
def test_terms_typed_into_the_box(box: str, terms: list[str]) -> None:
    assert typed(box) == terms


def test_lines_show_pieces_and_saving() -> None:
    before, after, term, offered = lines(tokenizer("Run kubectl now", ["kubectl"]))
    assert "Run| k|ub|ect|l| now" in before
    assert "Run| kubectl| now" in after and "50.0 %" in after
    assert term.startswith("kubectl = ") and offered == "candidates: kubectl 1×4"
