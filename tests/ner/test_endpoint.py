import json

import pytest

from samovar.errors import InputError
from samovar.ner.endpoint import LIMIT, checked, lines, ner
from samovar.ner.tagging.taggers import TAGGERS, defaults

EN = "Angela Merkel met Tim Cook of Apple in Paris."
RU = "Маша живёт в Твери и работает в Яндексе."


def test_the_answer_is_json_with_offsets_of_the_text_as_given() -> None:
    text = f"  \n{EN}  "
    answer = json.loads(json.dumps(ner(text, ["spacy"])))
    assert list(answer) == ["spacy"]
    assert set(answer["spacy"]) == {"spans", "milliseconds", "invented", "parsed"}
    spans = answer["spacy"]["spans"]
    assert [(s["text"], s["label"]) for s in spans] == [
        ("Angela Merkel", "PER"),
        ("Tim Cook", "PER"),
        ("Apple", "ORG"),
        ("Paris", "LOC"),
    ]
    assert all(text[s["start"] : s["end"]] == s["text"] for s in spans)


def test_russian_text_goes_to_natasha_by_default() -> None:
    answer = ner(RU)
    assert [s["label"] for s in answer["natasha"]["spans"]] == ["PER", "LOC", "ORG"]
    assert "spacy" not in answer


def test_taggers_by_default_are_those_made_for_the_language() -> None:
    there = [name for name, row in TAGGERS.items() if row.present()]
    fast = [name for name in there if TAGGERS[name].by_default]
    assert defaults("en") == [name for name in fast if "en" in TAGGERS[name].languages]
    assert defaults("en")[0] == "crf" and "natasha" not in defaults("en")
    assert "natasha" in defaults("ru") and "spacy" not in defaults("ru")
    assert defaults("en", "ru") == fast


def test_no_chat_model_answers_unless_it_is_chosen() -> None:
    assert not [name for name in defaults("en", "ru") if TAGGERS[name].kind == "chat"]
    assert checked(EN, ["llm"]).taggers == ("llm",)


def test_a_text_in_two_languages_gets_the_taggers_of_both() -> None:
    assert {"spacy", "natasha"} <= set(checked(f"{EN} {RU}").taggers)
    assert "natasha" not in checked(f"{EN} {RU}", None, "en").taggers


def test_a_tagger_named_runs_on_any_text() -> None:
    assert checked(EN, ["natasha", "natasha"]).taggers == ("natasha",)
    assert checked("שלום", ["spacy"]).taggers == ("spacy",)
    assert checked("שלום", None, "en").language == "en"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": ""}, "empty"),
        ({"text": " \n\t"}, "empty"),
        ({"text": "x" * (LIMIT + 1)}, "20,001"),
        ({"text": "x" * 100_000}, "100,000"),
        ({"text": "a\x00b"}, "U+0000"),
        ({"text": "\ud800"}, "U+D800"),
        ({"text": 5}, "must be a text"),
        ({"text": None}, "must be a text"),
        ({"text": "שלום עולם"}, "neither English nor Russian"),
        ({"text": "🍕 12:30"}, "neither English nor Russian"),
        ({"text": EN, "taggers": ["flair"]}, "crf, spacy-own, spacy, natasha"),
        ({"text": EN, "taggers": "spacy"}, "Choose one of"),
        ({"text": EN, "taggers": []}, "`taggers` is empty"),
        ({"text": EN, "taggers": [["spacy"]]}, "Choose one of"),
        ({"text": EN, "language": "de"}, "auto, en, ru"),
        ({"text": EN, "language": None}, "auto, en, ru"),
    ],
)
def test_bad_input_is_refused_with_the_rule_and_the_way_out(
    arguments: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        ner(**arguments)  # type: ignore[arg-type]
    assert said in str(caught.value)
    assert any("а" <= letter <= "я" for letter in caught.value.say("ru"))


def test_lines_name_every_span() -> None:
    said = lines(ner(EN, ["spacy"]))
    assert said[0].startswith("spacy")
    assert any("Paris" in line and "LOC" in line for line in said)
