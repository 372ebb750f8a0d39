"""Pairs of requests: what a line holds, what is said of a bad one, and which requests are held out."""

import json

import pytest

from samovar.errors import InputError
from samovar.phrases import LANGUAGES
from training.corpora import requests
from training.corpora.requests import RequestPair

LAMP = {
    "source": "dim the lamp",
    "same": [{"text": "lower the light", "kind": "synonym"}],
    "other": [{"text": "dim the screen", "kind": "object"}],
}
TESTED = {"source": "dim the lamp", "text": "dim it", "same": False, "kind": "object"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(requests, "FOLDER", tmp_path)
    return tmp_path


def put(folder, name, *rows):
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_pairs_of_one_request_stand_together(folder):
    put(folder, "train-en-a.jsonl", LAMP, "", LAMP | {"source": "stop", "same": []})
    put(folder, "more-en-b.jsonl", LAMP | {"source": "go on", "other": []})
    put(folder, "train-ru-a.jsonl", LAMP | {"source": "стоп"})
    found = list(requests.training("en"))
    assert found[:2] == [
        RequestPair("dim the lamp", "lower the light", True, "synonym", "en"),
        RequestPair("dim the lamp", "dim the screen", False, "object", "en"),
    ]
    assert [(pair.source, pair.same) for pair in found[2:]] == [("stop", False), ("go on", True)]
    assert len(list(requests.training("en", ["train"]))) == 3
    assert requests.sources("en") == ["dim the lamp", "stop", "go on"]
    assert list(requests.rewordings("ru")) == [("стоп", ["lower the light"])]
    assert requests.files().keys() == {"train-en-a", "more-en-b", "train-ru-a"}


def test_pairs_that_measure_are_read_alone(folder):
    put(folder, "test-ru.jsonl", TESTED)
    put(folder, "cases-en.jsonl", TESTED, TESTED)
    assert list(requests.test("ru")) == [
        RequestPair("dim the lamp", "dim it", False, "object", "ru")
    ]
    assert len(list(requests.cases())) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"source": "dim', "Unterminated string"),
        ("[1]", "`Lesson` must be a section"),
        ({"source": "dim the lamp", "same": []}, "`other` is missing"),
        (LAMP | {"source": " "}, "`source` must be a text"),
        (LAMP | {"others": []}, "There is no key `others`"),
        (LAMP | {"same": [{"text": 7, "kind": "x"}]}, r"`same\[0\]\.text` must be a text"),
    ],
)
def test_a_bad_line_is_named(folder, line, said):
    put(folder, "train-en-a.jsonl", LAMP, line)
    with pytest.raises(InputError, match=rf"Line 2 of .*train-en-a\.jsonl: .*{said}") as told:
        list(requests.training("en"))
    assert told.value.say("ru").startswith("Строка 2 в ")


def test_a_pair_without_its_answer_is_named(folder):
    put(folder, "test-en.jsonl", TESTED | {"same": "no"})
    with pytest.raises(InputError, match=r"Line 1 of .*test-en\.jsonl: `same` must be true or"):
        list(requests.test("en"))


def test_no_file_to_train_on_is_said(folder):
    put(folder, "test-en.jsonl", TESTED)
    with pytest.raises(InputError, match=r"begins with: train, more\..*`parts`"):
        requests.files()


def test_whole_requests_are_held_out_by_hash():
    pairs = [
        RequestPair(f"lamp {at // 3}", f"text {at}", at % 2 == 0, "x", "en") for at in range(900)
    ]
    rest, held = requests.parts(pairs, 10)
    assert len(rest) + len(held) == 900 and 30 < len(held) < 180
    assert not {pair.source for pair in rest} & {pair.source for pair in held}
    again, kept = requests.parts(pairs[::-1], 10)
    assert (set(again), set(kept)) == (set(rest), set(held))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_trains_is_well_formed_and_measures_nothing(language):
    trains, measures = list(requests.training(language)), list(requests.test(language))
    if language == "en":
        measures += requests.cases()
    assert not {pair.source for pair in trains} & {pair.source for pair in measures}
    assert not {pair.text for pair in trains} & {pair.text for pair in measures}
    assert all(pair.source != pair.text for pair in trains)
    assert 0.3 < sum(pair.same for pair in trains) / len(trains) < 0.7
