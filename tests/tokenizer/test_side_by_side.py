from dataclasses import replace

import pytest

from samovar.errors import InputError, ModelError, SamovarError
from samovar.models.shelf import shelf
from samovar.tokenizer.beside import vocabularies
from samovar.tokenizer.beside.side import Side
from samovar.tokenizer.endpoint import tokenizer
from samovar.tokenizer.shown.table import table
from samovar.tokenizer.side_by_side import side_by_side

ALWAYS = ["smollm2-135m-instruct", "multilingual-e5-small", "all-minilm-l6-v2"]
"""The tokenizers of the default installation."""


def by_name(sides: tuple[Side, ...]) -> dict[str, Side]:
    return {side.id + " grown" * side.grown: side for side in sides}


def test_each_vocabulary_cuts_the_text_its_own_way() -> None:
    text = "Run kubectl. Привет 🍕"
    found = side_by_side(text, ALWAYS, ["kubectl"])
    sides = by_name(found.sides)
    assert list(sides) == [ALWAYS[0], f"{ALWAYS[0]} grown", *ALWAYS[1:]]
    assert {name: side.terms for name, side in sides.items()} == {
        "smollm2-135m-instruct": (4,),
        "smollm2-135m-instruct grown": (1,),
        "multilingual-e5-small": (3,),
        "all-minilm-l6-v2": (4,),
    }
    plain, larger = sides[ALWAYS[0]], sides[f"{ALWAYS[0]} grown"]
    assert (larger.size - plain.size, plain.tokens - larger.tokens) == (2, 3)
    assert sides["all-minilm-l6-v2"].unknown == 1  # the emoji
    assert sides["multilingual-e5-small"].unknown == 0
    assert (found.characters, found.words) == (len(text), 4)
    for side in found.sides:
        assert len(side.pieces) == side.tokens


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["smollm2-135m-instruct"], "1 tokenizers"),
        (["smollm2-135m-instruct"] * 3, "1 tokenizers"),
        ([f"owner/model{n}" for n in range(7)], "7 tokenizers"),
        (["smollm2-135m-instruct", "../secrets"], "owner/name"),
        (["smollm2-135m-instruct", "qwen"], "owner/name"),
        ("smollm2-135m-instruct", "list of names"),
        ([1, 2], "list of names"),
    ],
)
def test_bad_names_are_refused(names: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        side_by_side("x", names)


def test_without_a_hub_its_tokenizers_are_refused_with_the_way_out() -> None:
    offline = replace(shelf().settings, offline=True)
    with pytest.raises(ModelError) as caught:
        vocabularies.loaded("nobody/nothing", offline)
    assert "works offline" in str(caught.value) and ALWAYS[2] in str(caught.value)
    assert "без сети" in caught.value.say("ru")


def test_the_endpoint_compares_too() -> None:
    answer = tokenizer("Run kubectl", tokenizers=ALWAYS[:2])
    assert [(one["id"], one["grown"]) for one in answer["tokenizers"]] == [
        (name, False) for name in ALWAYS[:2]
    ]
    with pytest.raises(SamovarError):
        tokenizer("Run kubectl", tokenizers=ALWAYS[:1])


def test_the_card_marks_the_fewest_tokens_and_escapes() -> None:
    body = table(side_by_side("<b>kubectl</b> kubectl", ALWAYS, ["kubectl"]), "ru").body
    assert body.count("меньше всех") == 1
    assert "SmolLM2-135M-Instruct с вашими терминами" in body
    assert "<b>kubectl" not in body
