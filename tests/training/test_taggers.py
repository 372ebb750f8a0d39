"""The recipes of the taggers: a few steps each, from annotated texts to a tagger that serves."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from samovar import catalog
from samovar.errors import ModelError
from samovar.models.taggers.crf import CrfTagger
from samovar.models.taggers.spacy_trained import TrainedSpacyTagger
from samovar.models.taggers.token_tagger import TAGS, decoded
from samovar.models.taggers.token_torch import TorchTokenTagger
from samovar.models.taggers.word_features import rows, shape
from samovar.models.taggers.words import words
from samovar.ner.annotated.gold import Annotated
from samovar.records import Span
from samovar.settings import ROOT, Settings
from training import crf, pipeline, tagger
from training.crf import CrfRecipe
from training.entities import corpora
from training.frame import export, recipe
from training.pipeline import PipelineRecipe
from training.tagger import FREE, IGNORED, TaggerRecipe, loss

CONFIGS = ROOT / "training" / "configs"
PEOPLE = ("Ann Lee", "Bob", "Clara Stone", "Dmitry Orlov", "Eve")
PLACES = ("Oslo", "New York", "Tver", "Rome", "Lake Ladoga")


def texts() -> list[Annotated]:
    """Return 100 sentences, each with a person and a place."""
    found = []
    for number in range(100):
        who, where = PEOPLE[number % 5], PLACES[number // 5 % 5]
        text = f"On day {number} {who} went to {where} by train."
        spans = [
            Span(text.index(n), text.index(n) + len(n), k, n)
            for n, k in ((who, "PER"), (where, "LOC"))
        ]
        found.append(Annotated(text, tuple(spans), "en"))
    return found


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Namespace:
    monkeypatch.setattr(corpora, "hashed", lambda parts, data_dir: {})
    monkeypatch.setattr(corpora, "texts", lambda part, data_dir: texts())
    return Namespace(data_dir=tmp_path, out=tmp_path / "run", base=None, fresh=False, resume=False)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("crf-en", CrfRecipe),
        ("crf-ru", CrfRecipe),
        ("spacy-en", PipelineRecipe),
        ("spacy-ru", PipelineRecipe),
        ("ner-e5", TaggerRecipe),
    ],
)
def test_the_shipped_recipes_are_read(name: str, kind: type) -> None:
    found = recipe.load(CONFIGS / f"{name}.yaml", kind)
    assert found.name == name and set(found.corpora) <= set(corpora.TRAINING)
    assert catalog.model(name).role == "ner"


@pytest.mark.parametrize(
    ("word", "kinds"),
    [("McDonald", "XxXx"), ("2.5", "0.0"), ("U.S", "X.X"), ("тверь", "x"), ("—", "—")],
)
def test_the_shape_of_a_word(word: str, kinds: str) -> None:
    assert shape(word) == kinds


def test_features_of_a_russian_word_hold_its_dictionary_entry() -> None:
    found = rows(words("Маша живёт в Твери"), "ru")
    assert "0:k=Name" in found[0] and "0:l=тверь" in found[3] and "0:k=Geox" in found[3]
    assert "-1:w=в" in found[3] and "first" in found[0] and "1:none" in found[3]
    assert not any("k=" in one for one in rows(words("Маша"), "en")[0])


def test_the_crf_learns_and_serves(options: Namespace, tmp_path: Path) -> None:
    chosen = CrfRecipe("crf-en", "en", ("conll",))
    run = crf.fit(chosen, options, Settings())
    assert json.loads((run / "run.json").read_text())["finished"]
    folder = crf.publish(run, tmp_path / "assets" / "taggers" / "crf-en")
    assert "CoNLL-2003" in (folder / "README.md").read_text()
    settings = replace(Settings(), assets=tmp_path / "assets")
    (found,) = CrfTagger(catalog.model("crf-en"), settings).tag(
        ["On day 7 Bob went to Rome."], "en"
    )
    assert [(s.text, s.label) for s in found.spans] == [("Bob", "PER"), ("Rome", "LOC")]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:10])


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda folder: (folder / "model.crfsuite").unlink(), "missing"),
        (lambda folder: _cut(folder / "model.crfsuite"), "damaged"),
        (lambda folder: (folder / "samovar.json").write_text("["), "damaged"),
        (lambda folder: (folder / "samovar.json").write_text('{"protocol": 99}'), "protocol 99"),
    ],
)
def test_damaged_weights_are_refused(
    harm: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    folder = tmp_path / "taggers" / "crf-en"
    folder.mkdir(parents=True)
    for name in ("model.crfsuite", "samovar.json"):
        (folder / name).write_bytes((Settings().assets / "taggers" / "crf-en" / name).read_bytes())
    settings = replace(Settings(), assets=tmp_path)
    CrfTagger(catalog.model("crf-en"), settings)
    harm(folder)
    with pytest.raises(ModelError, match=said):
        CrfTagger(catalog.model("crf-en"), settings)


def test_spacy_learns_and_serves(options: Namespace, tmp_path: Path) -> None:
    chosen = PipelineRecipe("spacy-en", "en", ("conll",), held_out=20)
    steps = replace(chosen.training, steps=60, validate_every=30)
    run = pipeline.fit(replace(chosen, training=steps), options, Settings())
    folder = pipeline.publish(run, tmp_path / "assets" / "taggers" / "spacy-en")
    assert str(tmp_path) not in (folder / "pipeline" / "config.cfg").read_text()
    settings = replace(Settings(), assets=tmp_path / "assets")
    own = TrainedSpacyTagger(catalog.model("spacy-en"), settings)
    (found,) = own.tag(["On day 7 Bob went to Rome by train."], "en")
    assert [(s.text, s.label) for s in found.spans] == [("Bob", "PER"), ("Rome", "LOC")]


def test_tags_never_begin_inside_a_name() -> None:
    logits = np.zeros((3, len(TAGS)), np.float32)
    logits[0, TAGS.index("I-LOC")] = 5  # not allowed at the beginning
    logits[1, TAGS.index("B-PER")] = 5
    logits[2, TAGS.index("I-ORG")] = 3  # not allowed behind B-PER
    logits[2, TAGS.index("I-PER")] = 2
    assert decoded(logits) == ["O", "B-PER", "I-PER"]
    for tags in (decoded(np.random.default_rng(n).normal(size=(9, len(TAGS)))) for n in range(20)):
        for before, tag in zip(["O", *tags], tags, strict=False):
            assert not tag.startswith("I-") or before[2:] == tag[2:]


def test_the_loss_takes_misc_for_granted_where_the_corpus_does_not_mark_it() -> None:
    logits = torch.full((1, 2, len(TAGS)), -9.0)
    logits[0, 0, TAGS.index("B-MISC")] = 9.0
    weight = torch.ones(1)
    free = loss(logits, torch.tensor([[FREE, IGNORED]]), weight)
    strict = loss(logits, torch.tensor([[0, IGNORED]]), weight)
    assert free.item() == pytest.approx(0.0, abs=1e-3) and strict.item() > 10


def test_three_steps_leave_an_adapter_that_tags(options: Namespace, small_e5: Settings) -> None:
    shipped = recipe.load(CONFIGS / "ner-e5.yaml", TaggerRecipe)
    steps = replace(shipped.training, epochs=1, batch=32, validate_every=2, precision="fp32")
    small = replace(
        shipped,
        corpora=("conll",),
        held_out=20,
        layers=2,
        training=steps,
        lora=replace(shipped.lora, rank=2),
    )
    run = tagger.fit(small, options, small_e5)
    about = json.loads((run / "run.json").read_text())
    assert about["finished"] and about["texts"]["validation"] > 0
    export.publish(run, small_e5.assets / "adapters" / "ner-e5")
    own = TorchTokenTagger(catalog.model("ner-e5"), small_e5)
    assert own.weights.layers == 2
    many = ["", "Ann", "🍕 «Анна» в\nМоскве ", "word " * 400]
    for text, markup in zip(many, own.tag(many, "en"), strict=True):
        assert all(text[s.start : s.end] == s.text for s in markup.spans)
    (logits,) = own.logits([words("word " * 400)])
    assert logits.shape == (400, len(TAGS))


def test_a_stopped_run_of_spacy_is_closed_with_its_best_pipeline(options: Namespace) -> None:
    chosen = PipelineRecipe("spacy-en", "en", ("conll",), held_out=20)
    short = replace(chosen, training=replace(chosen.training, steps=2, validate_every=1))
    run = pipeline.fit(short, options, Settings())
    (run / "run.json").unlink()  # it is written when the training has come to its end
    before = (run / "model-best" / "ner" / "model").read_bytes()
    again = pipeline.fit(short, options, Settings())
    assert (again / "tagger" / "pipeline" / "ner" / "model").read_bytes() == before
    assert "stopped" in json.loads((run / "run.json").read_text())["closed"]
    options.fresh = True
    assert "closed" not in json.loads(
        (pipeline.fit(short, options, Settings()) / "run.json").read_text()
    )
