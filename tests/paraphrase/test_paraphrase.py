"""The tool on the real embedded models."""

import json
from functools import partial

import pytest

from samovar.command.cli import tool
from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.paraphrase import service
from samovar.paraphrase.endpoint import lines, paraphrase
from samovar.paraphrase.generation.larger import Larger

WORKOUT = "After your workout, remember to focus on maintaining a good water balance."


FIELDS = (
    "text accepted reasons similarity pinc new_core score styles intent intent_probability "
    "original_intent original_intent_probability intent_flips"
).split()


@pytest.fixture(scope="module")
def variants():
    """Without the limit of seconds: other tests may hold the cores."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "run", partial(service.run, seconds=600))
        yield paraphrase(WORKOUT, 8, 0)


@pytest.fixture(scope="module")
def verified():
    """A verifier is on this machine: its adapter ships with the project."""
    return shelf().verifier() is not None or Larger.found(shelf()) is not None


def test_the_workout_sentence_is_reworded(variants, verified):
    accepted = [v for v in variants if v["accepted"]]
    assert (2 if verified else 0) <= len(accepted) <= (8 if verified else 0)
    assert all(v["reasons"] == [] and v["pinc"] > 0 and v["score"] > 0 for v in accepted)
    assert WORKOUT not in [v["text"] for v in accepted]
    assert any(v["new_core"] for v in accepted) == verified


def test_every_field_is_documented(variants):
    """And no other is there: programs read these names."""
    said = " ".join(paraphrase.__doc__.split())
    assert all(list(v) == FIELDS for v in variants)
    named = (*FIELDS, "check", "value", "threshold")
    assert [name for name in named if f"`{name}`" not in said] == []


def test_lines_of_the_terminal_say_the_reasons():
    reasons = [{"check": "copy", "value": 1.0, "threshold": "other words"}]
    rows = [{"text": "a", "accepted": True, "reasons": []}]
    rows.append({"text": "b", "accepted": False, "reasons": reasons})
    assert lines(rows) == ["+ a", "- b   (copy: 1.0)"]


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
    monkeypatch.setattr(service, "ROUNDS", 1)  # nothing of it is accepted: all would be drawn
    monkeypatch.setattr(service, "LARGER_ROUNDS", 1)
    try:
        assert all("<|im" not in v["text"] or "<|im" in text for v in paraphrase(text, 2, 0))
    except InputError as error:
        assert error.say("ru")


def test_russian_says_how_to_get_it():
    if "ru" in shelf().speaker("ru").languages or Larger.found(shelf()):
        pytest.skip("a model here speaks Russian")
    with pytest.raises(InputError, match="setup-ru"):
        paraphrase("поставь будильник на семь утра", 8, 0)


def test_many_lines_from_a_file(tmp_path, capsys):
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "turn off the lights", "n": 2}\nnot json\n{"text": ""}\n')
    tool("paraphrase", ["--input", str(path), "--json"])
    good, broken, empty = map(json.loads, capsys.readouterr().out.splitlines())
    assert isinstance(good, list) and "error" in broken and "error" in empty
