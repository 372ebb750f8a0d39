"""Requests of several parts, composed of simple pairs, with spaCy's own parser."""

import random

import pytest

from samovar.paraphrase.act import same_act
from samovar.paraphrase.relations import negations
from training.lessons.rewordings import composing_ru
from training.lessons.rewordings.candidates import Candidate
from training.lessons.rewordings.composing import LEADS, SITUATIONS, compositions


def pair(source, target):
    return Candidate(source, target, "en", "clinc150", "command", "any", 1.0)


@pytest.fixture(scope="module")
def composed():
    orders = [pair("Water the plants.", "Could you please give the plants some water?")] * 40
    told = [pair("My card was stolen.", "My bank card was stolen.")] * 5
    return list(compositions([*orders, *told], random.Random(0)))


def test_both_sides_have_the_same_parts(composed):
    assert len(composed) == 5 * 40 + 5
    for one in composed:
        for part in (*LEADS, *SITUATIONS):
            sides = [part.lower() in text.lower() for text in (one.source, one.target)]
            assert sides[0] == sides[1], one
        assert negations(one.source, "en") == negations(one.target, "en"), one
        assert same_act(one.source, one.target, "en") or same_act(one.target, one.source, "en"), one


def test_parts_move_and_orders_are_reworded(composed):
    targets = {one.target for one in composed}
    assert any(text.endswith(LEADS) for text in targets)
    assert any("give the plants some water" in text for text in targets)
    assert any("giving the plants" in text or "watering the plants" in text for text in targets)


def test_orders_with_a_time_take_no_second_one():
    timed = [pair("Water the plants at noon.", "Please water the plants at noon.")]
    assert list(compositions(timed, random.Random(0))) == []


def test_the_same_seed_composes_the_same():
    one, two = (
        list(compositions([pair("dim the lamp", "lower the lamp")] * 9, random.Random(4)))
        for _ in range(2)
    )
    assert one == two


def test_a_russian_order_behind_a_statement_gets_an_opening():
    texts = ["Включи свет в зале.", "Во сколько отходит поезд?"]
    [(source, target)] = composing_ru.compositions(texts, random.Random(0))
    assert source.endswith(", включи свет в зале.")
    assert target.startswith(source.split(", ")[0]) and len(target) > len(source)
    assert same_act(source, target, "ru")
