"""Intents: the visitor's file, the fitted classifier, the shipped one."""

from __future__ import annotations

import csv
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from samovar.errors import InputError, ModelError
from samovar.files.source import File
from samovar.models.shelf import shelf
from samovar.paraphrase.nlu import intent_file
from samovar.paraphrase.nlu.intent_file import Example
from samovar.paraphrase.nlu.intents import NONE, SHIPPED, Intents
from samovar.paraphrase.nlu.regression import fit
from samovar.settings import ROOT

ASSETS = ROOT / "assets" / "intents"
TEA = [
    *[("brew a cup of tea", "tea"), ("make me some green tea", "tea"), ("I want tea", "tea")],
    *[("put the kettle on for tea", "tea"), ("tea with lemon please", "tea")],
    *[("close the window", "window"), ("shut the bedroom window", "window")],
    *[("is the window open", "window"), ("open the kitchen window", "window")],
    ("lock all windows", "window"),
]
RASA = """version: "3.1"
nlu:
- synonym: cup
  examples: |
    - mug
- intent: tea
  examples: |
    - brew [green](kind) tea
    - a cup of [Assam]{"entity": "kind"}
- intent: window
  examples:
  - text: |
      close the window
    metadata: {a: 1}
  - text: open the window
"""


def lines(rows: list[tuple[str, str]]) -> bytes:
    return "\n".join(json.dumps({"text": t, "intent": i}) for t, i in rows).encode()


def table(rows: list[tuple[str, str]], delimiter: str = ",") -> bytes:
    return "\n".join(delimiter.join(row) for row in [("text", "intent"), *rows]).encode()


@pytest.fixture(scope="module")
def own() -> Intents:
    examples = [Example(*row) for row in TEA]
    return Intents.from_examples("tea.csv", examples, shelf().encoder())


@pytest.fixture
def cells() -> Iterator[None]:
    """Python's own limit of a cell, which the reader of tables raises for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", lines(TEA)),
        ("a.CSV", table(TEA)),
        ("a.csv", table(TEA, ";")),
        ("a.tsv", table(TEA, "\t")),
        ("excel.csv", "sep=;\r\n".encode("utf-16") + table(TEA, ";").decode().encode("utf-16-le")),
        ("bom.csv", b"\xef\xbb\xbf" + table(TEA).replace(b"\n", b"\r\n")),
        ("twice.jsonl", lines([*TEA, *TEA]) + b"\n\n"),
    ],
)
def test_every_way_of_writing_gives_the_same_examples(name: str, content: bytes) -> None:
    assert intent_file.read(File(name, content)) == [Example(*row) for row in TEA]


def test_rasa_is_read_without_its_marks_and_other_sections() -> None:
    found = [(e.text, e.intent) for e in intent_file.read(File("nlu.yml", RASA.encode()))]
    assert found == [
        ("brew green tea", "tea"),
        ("a cup of Assam", "tea"),
        ("close the window", "window"),
        ("open the window", "window"),
    ]
    first, second = intent_file.read(File("nlu.yml", RASA.encode()))[:2]
    assert [(s.label, s.text, s.start) for s in (*first.slots, *second.slots)] == [
        ("kind", "green", 5),
        ("kind", "Assam", 9),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", lines(TEA), ".jsonl, .csv, .tsv, .yml, .yaml"),
        ("a.jsonl", b"", "no examples"),
        ("a.jsonl", '{"text": "чай"}'.encode("cp1251"), "not UTF-8"),
        (
            "a.jsonl",
            b'{"text": "tea", "intent": "a"}\n[1]',
            "a.jsonl, line 2: a JSON object is expected, not [1]",
        ),
        ("a.jsonl", b'{"text": "tea", "intent": ""}', "Line 1: no text in the field `intent`"),
        ("a.jsonl", b'{"text": 5, "intent": "a"}', "Line 1: no text in the field `text`"),
        ("a.jsonl", lines([("a\0b", "x")]), "Line 1: `text` contains the control character"),
        ("a.jsonl", lines([("a" * 601, "x")]), "601 characters; at most 600"),
        ("a.jsonl", b"[" * 100_000, "a.jsonl, line 1: this is not JSON"),
        ("a.csv", b"text,intent\na [b [c](x)](y),z", "Line 2: A slot stands inside another slot"),
        (
            "a.csv",
            b"utterance,label\na,b",
            "a.csv has no column `text`; its first line gives: utterance, label",
        ),
        ("a.csv", b"text,intent\nonly text", "a.csv, line 2: 1 cells under 2 columns"),
        (
            "a.csv",
            b'text,intent\n"' + b"a" * 200_000 + b'",x',
            "Line 2: `text` has 200,000 characters",
        ),
        ("a.yml", b"nlu: [", "not YAML"),
        ("a.yml", b"[" * 5_000, "not YAML"),
        ("a.yml", b"rules: []", "no list `nlu`"),
        ("a.csv", table(TEA[:5]), "only the intent tea"),
        ("a.csv", table(TEA[:6]), "Too few examples: window have fewer than 2"),
        ("a.jsonl", b"\n" * 20_001, "20,001 lines; at most 20,000"),
        ("a.jsonl", b" " * 2_000_001, "2,000,001 bytes; at most 2,000,000"),
        ("a.csv", table([(f"t {i}", f"i {i % 2}") for i in range(5_001)]), "5,001 different"),
        ("a.csv", table([(f"t {i}", f"i {i // 2}") for i in range(402)]), "201 intents"),
    ],
)
def test_a_file_that_does_not_fit_says_what_is_wrong(
    name: str, content: bytes, said: str, cells: None
) -> None:
    with pytest.raises(InputError) as caught:
        intent_file.read(File(name, content))
    assert said in caught.value.say("en")
    assert caught.value.say("ru") != caught.value.say("en")
    assert "{" not in caught.value.say("ru").replace('{"', "")


def test_aliases_that_multiply_stay_small() -> None:
    """Nine merges of nine would be 9⁹ keys to a loader that resolves them."""
    rows = ["a0: &a0 {k: v}"]
    rows += [f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}]}}" for i in range(1, 10)]
    begun = time.perf_counter()
    with pytest.raises(InputError, match="no list `nlu`"):
        intent_file.read(File("bomb.yml", "\n".join(rows).encode()))
    assert time.perf_counter() - begun < 2


def test_the_regression_separates_what_a_plane_separates() -> None:
    draw = np.random.default_rng(0)
    centres = draw.normal(size=(4, 16)).astype(np.float32)
    labels = np.arange(200) % 4
    vectors = centres[labels] + draw.normal(size=(200, 16)).astype(np.float32) * 0.1 + 5
    found = fit(vectors, labels, 4, 10.0).probabilities(vectors)
    assert (found.argmax(1) == labels).all()
    assert np.allclose(found.sum(1), 1, atol=1e-5)


def test_a_smaller_strength_gives_smaller_planes() -> None:
    draw = np.random.default_rng(0)
    vectors, labels = draw.normal(size=(60, 8)).astype(np.float32), np.arange(60) % 3
    sizes = [np.abs(fit(vectors, labels, 3, p).weights).sum() for p in (100.0, 1.0, 0.01)]
    assert sizes[0] > sizes[1] > sizes[2]


def test_a_visitors_intents_are_told_apart(own: Intents) -> None:
    encoder = shelf().encoder()
    found = own.guesses("a mug of black tea", ["shut the windows", "some tea"], encoder)
    assert [g.intent for g in (found.original, *found.variants)] == ["tea", "window", "tea"]
    assert [found.flips(at) for at in range(2)] == [True, False]
    assert all(0.5 < g.probability <= 1 for g in found.variants)
    assert (
        found.source == "tea.csv"
        and found.known == 2
        and (found.accuracy, found.tested) == (1.0, 2)
    )


def test_few_examples_give_no_held_out_accuracy() -> None:
    examples = [Example(*row) for row in (*TEA[:2], *TEA[5:7])]
    assert Intents.from_examples("few.csv", examples, shelf().encoder()).accuracy is None


def test_vectors_of_another_encoder_are_refused(own: Intents) -> None:
    other = shelf().encoder("all-minilm-l6-v2")
    with pytest.raises(ModelError, match="all-minilm-l6-v2"):
        own.guesses("tea", ["tea"], other)
    with pytest.raises(ModelError, match="all-minilm-l6-v2"):
        Intents.load(ASSETS, other.name)


def test_the_shipped_classifier_knows_plain_commands() -> None:
    encoder = shelf().encoder()
    intents = Intents.load(ASSETS, encoder.name)
    texts = [
        "what is the weather like in Oslo",
        "set an alarm for six",
        "поставь будильник на шесть утра",
    ]
    found = intents.guesses(texts[0], texts[1:], encoder)
    assert found.original.intent == "weather"
    assert [guess.intent for guess in found.variants] == ["alarm", "alarm"]
    assert found.known == 150 and found.source == SHIPPED
    nonsense = intents.guesses("the moon of Saturn is called Titan", [], encoder).original
    assert nonsense.intent == NONE


def test_the_shipped_file_is_small_and_says_where_it_is_from() -> None:
    card = json.loads((ASSETS / f"{SHIPPED}.json").read_text("utf-8"))
    assert (ASSETS / f"{SHIPPED}.safetensors").stat().st_size < 1_000_000
    assert "CC BY 3.0" in card["licence"] and card["command"].startswith("python -m training.")
    assert card["validation"]["accuracy"] > 0.85
    assert card["revision"] == shelf().encoder().revision


@pytest.mark.parametrize("damage", ["cut", "labels", "protocol", "missing"])
def test_a_damaged_classifier_is_refused(tmp_path: Path, damage: str) -> None:
    for path in ASSETS.glob(f"{SHIPPED}.*"):
        shutil.copy(path, tmp_path)
    card, weights = tmp_path / f"{SHIPPED}.json", tmp_path / f"{SHIPPED}.safetensors"
    if damage == "cut":
        weights.write_bytes(weights.read_bytes()[:1000])
    elif damage == "missing":
        weights.unlink()
    else:
        text = card.read_text("utf-8")
        old, new = ('"alarm",', "") if damage == "labels" else ('"protocol": 1', '"protocol": 2')
        card.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be used"):
        Intents.load(tmp_path, "multilingual-e5-small")
