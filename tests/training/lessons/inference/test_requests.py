"""Pairs of requests whose label follows from how they were made."""

import json
from collections import defaultdict

import pytest

from training.corpora.commands import Command
from training.lessons.inference import requests, requests_ru
from training.lessons.inference.request_verbs import OPPOSITES, SAME

CITIES = [f"City{n:02}" for n in range(80)]


@pytest.fixture(scope="module")
def made():
    """Return what was made of two intents, by premise and hypothesis in lower case."""
    listed = [
        *(Command(f"book a table in {c}", "book", (("city", c),), "snips") for c in CITIES),
        *(Command(f"play the news from {c}", "play", (("city", c),), "snips") for c in CITIES),
    ]
    return requests.english(listed, 40)


def told(pairs):
    return {(p.premise.lower(), p.hypothesis.lower()): p.label for p in pairs}


def test_another_value_does_not_follow(made):
    changed = [p for p in made if p.premise.split()[:-1] == p.hypothesis.split()[:-1]]
    assert changed and {p.label for p in changed} == {"not_entailment"}


def test_a_detail_left_out_follows_one_way(made):
    labels = defaultdict(set)
    for (one, two), label in told(made).items():
        if one.startswith(two) or two.startswith(one):
            labels[len(one) > len(two)].add(label)
    assert labels == {True: {"entailment"}, False: {"neutral"}}


def test_a_detail_in_front_changes_nothing(made):
    moved = {pair: label for pair, label in told(made).items() if "," in "".join(pair)}
    assert moved and set(moved.values()) == {"entailment"}
    assert all(two.startswith(("in city", "from city")) for _, two in moved)


def test_verbs(made):
    labels = defaultdict(set)
    for (one, two), label in told(made).items():
        for verb in ("reserve", "put on", "don't"):
            if any(text.startswith(verb) for text in (one, two)):
                labels[verb].add(label)
    assert labels["reserve"] == labels["put on"] == {"entailment"}
    assert labels["don't"] == {"contradiction"}
    assert "not_entailment" in {
        label for (one, two), label in told(made).items() if "play a table" in one + two
    }


def test_the_same_commands_make_the_same_pairs():
    listed = [Command(f"turn on lamp {n}", "light", (), "hwu64") for n in range(30)]
    first, again = (requests.english(listed, 10) for _ in range(2))
    assert first == again
    assert ("turn off lamp 3", "contradiction") in {
        (text.lower(), p.label)
        for p in requests.english(listed, 99)
        for text in (p.premise, p.hypothesis)
    }


def test_no_verb_is_its_own_opposite():
    alike = {frozenset(pair) for pair in SAME}
    assert not alike & {frozenset(pair) for pair in OPPOSITES}


def test_russian_pairs_of_one_source_and_of_two(tmp_path):
    rows = [
        {"source": "закрой окно", "target": "Пожалуйста, закрой окно на кухне.", "intent": "home"},
        {"source": "погаси свет", "target": "Выключи свет.", "intent": "home"},
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = told(requests_ru.russian(path))
    assert found["погаси свет", "выключи свет."] == "entailment"
    assert found["погаси свет", "закрой окно на кухне."] == "not_entailment"
