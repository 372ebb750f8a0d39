"""Samples of an adapted model: their prompt, their rounds, and which adapter is taken."""

import json
from dataclasses import replace

import pytest

from samovar.models.shelf import Shelf
from samovar.paraphrase.act import message
from samovar.paraphrase.core import ROUNDS, paraphrase
from samovar.paraphrase.endpoint import installed
from samovar.paraphrase.prompt import TASKS, adapted, samples
from samovar.paraphrase.thresholds import Detector
from samovar.records import Entailment
from samovar.settings import Settings

TEXT = "dim the bedroom lamp"
GOOD = "Could you please dim the bedroom lamp?"
OTHER = "I'd like you to dim the lamp in the bedroom."


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_prompt_is_the_task_and_the_text(language):
    system, user = adapted(TEXT, language)
    assert (system.role, system.text) == ("system", TASKS[language])
    assert (user.role, user.text) == ("user", TEXT)


def test_samples_differ_in_sampling_alone_and_have_no_opening():
    drawn = samples(TEXT, 5, "en", "paraphrase-smollm2", 9)
    assert len(drawn) == 9 and len(samples(TEXT, 5, "en", "a")) == 16
    assert {request.turns for request in drawn} == {adapted(TEXT, "en")}
    assert {request.prefix for request in drawn} == {""}
    assert {request.adapter for request in drawn} == {"paraphrase-smollm2"}
    seeds = {request.sampling.seed for request in drawn}
    assert len(seeds) == 9
    assert drawn == samples(TEXT, 5, "en", "paraphrase-smollm2", 9)
    assert not seeds & {request.sampling.seed for request in samples(TEXT, 6, "en", "a")}


def test_one_round_is_enough_when_enough_are_accepted(judges, chat):
    model = chat([GOOD, OTHER, "play song 5"])
    found = paraphrase(TEXT, 2, 0, "en", model, judges, adapter="paraphrase-smollm2")
    assert {variant.text for variant in found.accepted} == {GOOD, OTHER}
    assert found.drawn == 16
    assert {request.adapter for request in model.asked} == {"paraphrase-smollm2"}


def test_more_rounds_are_drawn_with_new_seeds_when_it_is_not(judges, chat):
    model = chat([GOOD])
    found = paraphrase(TEXT, 8, 0, "en", model, judges, adapter="paraphrase-smollm2")
    assert [variant.text for variant in found.accepted] == [GOOD]
    assert found.drawn == 16 * ROUNDS
    assert len({request.sampling.seed for request in model.asked}) == 16 * ROUNDS


def test_without_an_adapter_the_openings_are_asked_for(judges, chat):
    model = chat(["dim the lamp in the bedroom"])
    found = paraphrase(TEXT, 2, 0, "en", model, judges)
    assert {request.adapter for request in model.asked} == {None}
    assert any(request.prefix for request in model.asked)
    assert len(model.asked) == found.drawn


def test_both_directions_are_asked_in_one_call_and_shown(judges, chat, entailing):
    weak = Entailment(0.2, 0.7, 0.1)
    core = {text: message(text) for text in (TEXT, GOOD, OTHER)}  # "could you" is not judged
    model = entailing({(core[TEXT], core[GOOD]): weak})
    detector = Detector(0.0, {"forward": 1.0}, 0.5)
    own = replace(judges, entailment=model, detector=detector)
    found = paraphrase(TEXT, 2, 0, "en", chat([GOOD, OTHER]), own, adapter="a")
    both = [(TEXT, GOOD), (TEXT, OTHER), (GOOD, TEXT), (OTHER, TEXT)]
    assert sorted(model.calls[0]) == sorted((core[one], core[two]) for one, two in both)
    by_text = {variant.text: variant for variant in found.variants}
    assert by_text[GOOD].forward == weak and by_text[GOOD].backward.entailment == 0.95
    [reason] = by_text[GOOD].reasons
    assert (reason.check, reason.value, reason.threshold) == ("entailment", "forward 0.20", "≥ 0.5")
    assert by_text[OTHER].accepted and by_text[OTHER].score > by_text[GOOD].score


def test_without_the_entailment_model_its_columns_are_empty(judges, chat):
    found = paraphrase(TEXT, 1, 0, "en", chat([GOOD]), judges, adapter="a")
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
