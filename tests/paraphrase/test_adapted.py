"""Samples of an adapted model: their prompt, their rounds, and which adapter is taken."""

import json
from dataclasses import replace

import pytest

from samovar.models.shelf import Shelf
from samovar.paraphrase import core
from samovar.paraphrase.act import act, before_order, message, same_act
from samovar.paraphrase.core import MORE, ROUNDS, paraphrase
from samovar.paraphrase.openings import OPENINGS_EN, openings
from samovar.paraphrase.generation.prompt import ADAPTED_SAMPLES, TASKS, adapted, samples
from samovar.paraphrase.service import installed
from samovar.paraphrase.speech import Act
from samovar.paraphrase.thresholds import Detector
from samovar.records import Entailment
from samovar.settings import Settings

TEXT = "dim the bedroom lamp"
GOOD = "Could you please dim the bedroom lamp?"
MOVED = "Could you please dim the lamp in the bedroom?"
OTHER = "I'd like you to dim the lamp in the bedroom."


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_prompt_is_the_task_and_the_text(language):
    system, user = adapted(TEXT, language)
    assert (system.role, system.text) == ("system", TASKS[language])
    assert (user.role, user.text) == ("user", TEXT)


def test_samples_differ_in_sampling_and_opening_alone():
    drawn = samples(TEXT, Act.COMMAND, 5, "en", "paraphrase-smollm2")
    assert len(drawn) == ADAPTED_SAMPLES
    assert {request.turns for request in drawn} == {adapted(TEXT, "en")}
    assert {request.adapter for request in drawn} == {"paraphrase-smollm2"}
    openings = [request.prefix for request in drawn]
    assert "Could you" in openings and openings.count("") >= 4
    assert len([one for one in openings if one]) == len({one for one in openings if one})
    again, other, later = (
        samples(TEXT, Act.COMMAND, *rest)
        for rest in (
            (5, "en", "paraphrase-smollm2"),
            (6, "en", "paraphrase-smollm2"),
            (5, "en", "paraphrase-smollm2", 1),
        )
    )
    assert drawn == again
    seeds = {request.sampling.seed for request in drawn}
    assert len(seeds) == ADAPTED_SAMPLES
    for others in (other, later):
        assert not seeds & {request.sampling.seed for request in others}
    assert drawn[0].sampling.temperature != later[0].sampling.temperature


@pytest.mark.parametrize("kind", list(Act))
def test_openings_suit_the_speech_act(kind):
    begun = {one.prefix for one in samples(TEXT, kind, 0, "en", "a")}
    assert begun == {*OPENINGS_EN[kind], ""}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("погаси свет", Act.COMMAND, "Не мог бы ты"),
        ("Погасите свет.", Act.COMMAND, "Не могли бы вы"),
        ("сколько времени", Act.QUESTION, "Подскажи, пожалуйста,"),
    ],
)
def test_russian_openings_say_ty_or_vy_as_the_text_does(text, kind, expected):
    begun = [one.prefix for one in samples(text, kind, 0, "ru", "a")]
    assert expected in begun and "" in begun
    for opening in filter(None, begun):
        said = f"{opening} {message(text, 'ru')}"
        assert message(said, "ru").rstrip(".") == message(text, "ru").rstrip("."), said


def test_one_round_is_enough_when_enough_are_accepted(models, chat):
    model = chat([GOOD, OTHER, "play song 5"], free=True)
    found = paraphrase(TEXT, 2, 0, "en", model, models, adapter="paraphrase-smollm2")
    assert {variant.text for variant in found.accepted} == {GOOD, OTHER}
    assert found.drawn == ADAPTED_SAMPLES
    assert {request.adapter for request in model.asked} == {"paraphrase-smollm2"}


def test_more_rounds_are_drawn_with_new_seeds_when_it_is_not(models, chat):
    model = chat([GOOD], free=True)
    found = paraphrase(
        TEXT, 8, 0, "en", model, models, adapter="paraphrase-smollm2", fall_back=False
    )
    assert [variant.text for variant in found.accepted] == [GOOD]
    assert found.drawn == ADAPTED_SAMPLES * ROUNDS
    assert len({request.sampling.seed for request in model.asked}) == ADAPTED_SAMPLES * ROUNDS


def test_the_base_model_helps_where_the_adapter_falls_short(models, chat):
    model = chat([GOOD], free=True)
    found = paraphrase(TEXT, 8, 0, "en", model, models, adapter="paraphrase-smollm2")
    adapters = [request.adapter for request in model.asked]
    own, last = ADAPTED_SAMPLES * ROUNDS, len(adapters) - ADAPTED_SAMPLES * MORE["en"]
    assert set(adapters[:own]) == {"paraphrase-smollm2"} and set(adapters[own:last]) == {None}
    assert found.drawn == len(adapters) and last > own


@pytest.mark.parametrize(
    ("drafts", "few", "rounds"),
    [
        ([GOOD, OTHER], 3, ROUNDS + MORE["en"]),
        ([GOOD, OTHER], 2, ROUNDS),
        (["play song 5"], 3, ROUNDS),
    ],
)
def test_the_adapter_goes_on_where_there_are_some_but_few(
    models, chat, monkeypatch, drafts, few, rounds
):
    monkeypatch.setattr(core, "FEW", few)
    model = chat(drafts, free=True)
    paraphrase(TEXT, 8, 0, "en", model, models, adapter="paraphrase-smollm2")
    own = [request for request in model.asked if request.adapter]
    assert len(own) == len({one.sampling.seed for one in own}) == ADAPTED_SAMPLES * rounds


def test_without_an_adapter_the_openings_are_asked_for(models, chat):
    model = chat(["dim the lamp in the bedroom"])
    found = paraphrase(TEXT, 2, 0, "en", model, models)
    assert {request.adapter for request in model.asked} == {None}
    assert any(request.prefix for request in model.asked)
    assert len(model.asked) == found.drawn


def test_both_directions_are_asked_in_one_call_and_shown(models, chat, entailing):
    weak = Entailment(0.2, 0.7, 0.1)
    core = {
        text: message(text, "en") for text in (TEXT, MOVED, OTHER)
    }  # the model does not read "could you"
    model = entailing({(core[TEXT], core[MOVED]): weak})
    detector = Detector(0.0, {"forward": 1.0}, 0.5)
    own = replace(models, entailment=model, detector=detector)
    found = paraphrase(TEXT, 2, 0, "en", chat([MOVED, OTHER], free=True), own, adapter="a")
    both = [(TEXT, MOVED), (TEXT, OTHER), (MOVED, TEXT), (OTHER, TEXT)]
    assert sorted(model.calls[0]) == sorted((core[one], core[two]) for one, two in both)
    by_text = {variant.text: variant for variant in found.variants}
    assert by_text[MOVED].forward == weak and by_text[MOVED].backward.entailment == 0.95
    [reason] = by_text[MOVED].reasons
    assert (reason.check, reason.value, reason.threshold) == ("entailment", "forward 0.20", "≥ 0.5")
    assert by_text[OTHER].accepted and by_text[OTHER].score > by_text[MOVED].score


def test_without_the_entailment_model_its_columns_are_empty(models, chat):
    found = paraphrase(TEXT, 1, 0, "en", chat([GOOD], free=True), models, adapter="a")
    variant = found.variants[0]
    assert (variant.forward, variant.backward, variant.score) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "role", "expected"),
    [
        ("paraphrase-smollm2", "chat", "paraphrase-smollm2"),
        ("paraphrase-gemma3", "chat", None),
        ("paraphrase-smollm2", "entailment", None),
    ],
)
def test_auto_takes_the_adapter_of_the_model_in_use(tmp_path, chat, name, role, expected):
    folder = tmp_path / "adapters" / name
    folder.mkdir(parents=True)
    (folder / "samovar.json").write_text(json.dumps({"role": role}))
    assert installed(chat(["x"]), Shelf(Settings(assets=tmp_path))) == expected


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("I'm cold, close the window", "I'm cold"),
        ("My bag was stolen in Rome, so call the police!", "My bag was stolen in Rome"),
        ("The hall is dark. Switch on a lamp.", "The hall is dark"),
        ("We need milk, eggs and butter", None),
        ("The train was late, as always", None),
        ("stop the music, the baby sleeps", None),
    ],
)
def test_an_order_behind_a_statement_gets_its_opening_in_the_middle(text, statement):
    assert before_order(text, "en") == statement
    if statement:
        begun = openings(text, act(text, "en"), "en")
        assert f"{statement}, could you" in begun and f"{statement}, I'd like you to" in begun


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("I'm cold, could you close the window?", True),
        ("I'm cold. Please close the window.", True),
        ("please close the window, I'm cold", True),
        ("Am I cold, should I close the window?", False),
    ],
)
def test_an_order_behind_a_statement_stays_one(text, same):
    assert same_act("I'm cold, close the window", text, "en") is same
