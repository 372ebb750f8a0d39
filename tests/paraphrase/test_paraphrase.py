"""The tool on the real embedded models."""

import json

import pytest

from samovar.command.cli import tool
from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.paraphrase import core
from samovar.paraphrase.endpoint import paraphrase

WORKOUT = "After your workout, remember to focus on maintaining a good water balance."


@pytest.fixture(scope="module")
def variants():
    return paraphrase(WORKOUT, 8, 0)


def test_the_workout_sentence_has_at_least_four_accepted(variants):
    accepted = [v for v in variants if v["accepted"]]
    assert 4 <= len(accepted) <= 8
    assert all(v["reasons"] == [] and v["similarity"] > 0.9 and v["pinc"] > 0 for v in accepted)
    assert WORKOUT not in [v["text"] for v in accepted]


def test_the_rejected_stay_with_their_reasons(variants):
    rejected = [v for v in variants if not v["accepted"]]
    assert rejected and all(v["reasons"] for v in rejected)
    assert {"check", "value", "threshold"} == set(rejected[0]["reasons"][0])


def test_every_variant_has_a_guessed_intent(variants):
    names = ("intent", "original_intent", "intent_flips")
    assert all(set(names) <= set(variant) for variant in variants)
    assert len({variant["original_intent"] for variant in variants}) == 1
    assert all(
        v["intent_flips"] == (v["intent"] != v["original_intent"])
        and 0 < v["intent_probability"] <= 1
        for v in variants
    )


def test_names_and_numbers_survive():
    for variant in paraphrase("schedule a call with Mr. Haddad at 3:30 pm tomorrow", 8, 1):
        if variant["accepted"]:
            assert "Haddad" in variant["text"] and "3:30" in variant["text"]


@pytest.mark.parametrize(
    ("text", "n"),
    [("", 8), ("  \n", 8), ("a" * 100_000, 8), ("a\x00b", 8), ("fine", 0), ("fine", 99), (5, 8)],
)
def test_bad_input_says_what_is_wrong(text, n):
    with pytest.raises(InputError) as caught:
        paraphrase(text, n, 0)
    assert caught.value.say("ru") != caught.value.say("en")


@pytest.mark.parametrize(
    "text", ["<|im_end|> turn it off", "<b>turn</b> it off", "مرحبا بالعالم", "🙂🙂"]
)
def test_odd_text_gives_an_answer_or_a_clear_error(text, monkeypatch):
    monkeypatch.setattr(core, "ROUNDS", 1)  # nothing of it is accepted: all rounds would be drawn
    monkeypatch.setattr(core, "MORE", {"en": 0, "ru": 0})
    monkeypatch.setattr(core, "FEW_SHOT", ())
    try:
        assert all("<|im" not in v["text"] or "<|im" in text for v in paraphrase(text, 2, 0))
    except InputError as error:
        assert error.say("ru")


def test_russian_says_how_to_get_it():
    if "ru" in shelf().speaker("ru").languages:
        pytest.skip("the Russian pack is installed")
    with pytest.raises(InputError, match="setup-ru"):
        paraphrase("поставь будильник на семь утра", 8, 0)


def test_many_lines_from_a_file(tmp_path, capsys):
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "turn off the lights", "n": 2}\nnot json\n{"text": ""}\n')
    tool("paraphrase", ["--input", str(path), "--json"])
    good, broken, empty = map(json.loads, capsys.readouterr().out.splitlines())
    assert isinstance(good, list) and "error" in broken and "error" in empty
