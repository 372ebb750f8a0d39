"""The ways to ask: what is written reads back, follows its schema, and free text is not trusted."""

import json

import jsonschema
import pytest
from notation import read, write

from samovar.ner.tagging.alignment import Entity, align
from samovar.ner.tagging.forms import FORMS, TUNED, tuned

TEXTS = [
    "[Ann Lee]PER of [Acme]ORG left [Rome]LOC for [Rome]LOC",
    "nothing here",
    "[Маша]PER любит «[Чайку]MISC»",
]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("marked", TEXTS)
def test_what_is_written_reads_back(name: str, marked: str) -> None:
    text, spans = read(marked)
    form = FORMS[name]
    reply = form.write(text, [Entity(s.text, s.label) for s in spans])
    if form.schema:
        jsonschema.validate(json.loads(reply), dict(form.schema))
    found = form.read(reply, text)
    assert found is not None
    assert write(text, align(text, found).spans) == marked


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("[Ann|person] left", [("Ann", "PER")]),
        ("[Ann|dragon] left", []),
        ("Ann  left", []),
        ("[Ann|person] left Rome", None),
        ("Ann", None),
        ("", None),
    ],
)
def test_an_inline_reply_must_repeat_the_text(reply: str, said: list[tuple[str, str]]) -> None:
    found = FORMS["inline"].read(reply, "Ann left")
    assert found == (None if said is None else tuple(Entity(*one) for one in said))


@pytest.mark.parametrize("reply", ["", "[]", '{"person": ["Ann"]}', '{"person": 1}', "[" * 100_000])
def test_a_reply_in_groups_that_breaks_the_schema_is_not_read(reply: str) -> None:
    assert FORMS["groups"].read(reply, "Ann") is None


def test_forms_without_examples_ask_once() -> None:
    for name, form in FORMS.items():
        turns = form.request("Ann", "ru").turns
        assert (len(turns) == 2) == name.endswith("-zero")
        assert turns[-1].text == "Ann"


def test_the_adapter_is_asked_as_it_was_taught() -> None:
    assert tuned("Ann left", "en") == TUNED.request("Ann left", "en", "ner-smollm2").turns
