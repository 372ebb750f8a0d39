"""The judge: crossed pairs, its shares on disk, and a run from pairs to an entailment model."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from samovar.errors import InputError, StoreError
from samovar.settings import ROOT, Settings
from training import entailment, judge, judgements, origin, recipe
from training.corpora import nli
from training.corpora.crossed import crossed, unlabelled
from training.corpora.edited import Edit, drawn, replaced
from training.corpora.pair import NliPair
from training.entailment import EntailmentRecipe
from training.judge import JudgeRecipe
from training.natural_inference import parts

THINGS = ("kettle", "garden", "violin", "harbour", "lantern", "meadow", "bridge", "orchard")
EDITS = (("green", "entailment"), ("new", "contradiction"), ("expensive", "neutral"))


def pair(premise: str, hypothesis: str, label="neutral", origin="snli_cad") -> NliPair:
    return NliPair(premise, hypothesis, label, "en", origin)


def captions() -> list[NliPair]:
    """Return eight groups of one premise and three hypotheses."""
    return [
        pair(f"The {thing} is old and green.", f"The {thing} is {word}.", label)
        for thing in THINGS
        for word, label in EDITS
    ]


def test_sentences_of_a_group_are_crossed_and_no_others():
    learnt = [pair("a", "b"), pair("c", "b"), pair("x", "y"), pair("m", "n", origin="sick")]
    found = unlabelled(crossed(learnt), learnt, {"y"})
    assert sorted(found) == [("a", "c"), ("b", "a"), ("b", "c"), ("c", "a")]


def test_a_group_held_together_by_a_common_caption_is_left_out():
    assert not [*crossed([pair(f"caption {at}", "a man is here") for at in range(20)])]


def test_case_makes_no_other_pair():
    asked = [("A", "b"), ("a", "B"), ("c", "d"), ("C", "d")]
    assert unlabelled(asked, [pair("a", "b")], set()) == [("C", "d")]


class Tagger:
    """Call every word of three letters or more a noun."""

    def pipe(self, texts):
        for text in texts:
            words = [(match[0], match.start()) for match in re.finditer(r"\w+", text)]
            tags = [
                SimpleNamespace(text=w, idx=at, tag_="NN" if len(w) > 2 else "X") for w, at in words
            ]
            yield Tagged(text, tags)


class Tagged(list):
    def __init__(self, text, tokens):
        super().__init__(tokens)
        self.text = text


class Letters:
    """Words are near that have letters in common."""

    def encode(self, texts):
        rows = np.array(
            [[text.count(chr(97 + at)) for at in range(26)] for text in texts], np.float32
        )
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_an_edit_replaces_one_word_by_a_near_one_of_its_tag():
    pairs = captions()
    edits = drawn(pairs, Tagger(), Letters(), seed=0)
    assert edits == drawn(pairs, Tagger(), Letters(), seed=0)
    assert edits != drawn(pairs, Tagger(), Letters(), seed=1)
    assert {edit.side for edit in edits} == {0, 1}
    for edit in edits:
        text = (pairs[edit.pair].premise, pairs[edit.pair].hypothesis)[edit.side]
        old, new = text.split(), replaced(text, edit).split()
        changed = [(one, two) for one, two in zip(old, new, strict=True) if one != two]
        assert len(changed) == 1 and len(edit.by) > 2


def test_a_rare_word_neither_comes_nor_goes():
    pairs = [*captions(), pair("The zeppelin is old.", "The kettle is new.")]
    edits = drawn(pairs, Tagger(), Letters(), seed=0)
    assert all(edit.by != "zeppelin" for edit in edits)
    assert (len(captions()), 0, 1) not in {(edit.pair, edit.side, edit.word) for edit in edits}


def test_validation_and_evaluation_are_not_judged(monkeypatch, tmp_path):
    monkeypatch.setattr(nli, "evaluation_sets", lambda data_dir: {"dev": captions()[:1]})
    edits = drawn(parts(captions(), 30)[0], Tagger(), Letters(), seed=0)
    asked = judge.judged_pairs(captions(), tmp_path, 30, edits)
    found = {text.lower() for texts in asked for text in texts}
    _, held = parts(captions(), 30)
    barred = {
        text.lower() for one in (*held, captions()[0]) for text in (one.premise, one.hypothesis)
    }
    assert found and held and edits and not found & barred


def test_shares_come_back_to_a_hundredth(tmp_path):
    texts, path = [("a", "b"), ("b", "a"), ("b", "c")], tmp_path / judgements.FILE
    edits = [Edit(2, 0, 7, "violin"), Edit(11_000, 1, 60, "cello")]
    shares = np.random.default_rng(0).dirichlet((1, 1, 1), 3).astype(np.float32)
    judgements.write(path, texts, shares, edits)
    found = judgements.load(path)
    assert list(found.edits) == edits
    assert found.of(texts) == pytest.approx(shares, abs=0.01)
    assert found.of(texts).sum(1) == pytest.approx(1)
    with pytest.raises(InputError, match="other pairs"):
        found.of(texts[::-1])


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / judgements.FILE
    judgements.write(path, [("a", "b")], np.ones((1, 3), np.float32) / 3, [])
    (tmp_path / "cut").write_bytes(path.read_bytes()[:40])
    save_file({"shares": np.zeros((1, 3), np.uint8)}, tmp_path / "other")
    for name in ("none", "cut", "other"):
        with pytest.raises(StoreError, match="cannot be read"):
            judgements.load(tmp_path / name)


def test_rows_end_in_their_last_token():
    found = judge.filled([[5], [6, 7, 8]])
    assert found["input_ids"].tolist() == [[0, 0, 5], [6, 7, 8]]
    assert found["attention_mask"].tolist() == [[0, 0, 1], [1, 1, 1]]


def test_the_judge_kept_back_what_the_entailment_model_keeps_back():
    configs = ROOT / "training" / "configs"
    judging = recipe.load(configs / "judge-smollm2.yaml", JudgeRecipe)
    learning = recipe.load(configs / "entailment-e5.yaml", EntailmentRecipe)
    assert learning.judged == judging.name
    assert learning.held_out == judging.held_out


def test_what_ships_was_judged_by_the_shipped_recipe():
    judging = recipe.load(ROOT / "training" / "configs" / "judge-smollm2.yaml", JudgeRecipe)
    shipped = ROOT / "assets" / judgements.FOLDER / judging.name
    about, found = (
        json.loads((shipped / "run.json").read_text()),
        judgements.load(shipped / judgements.FILE),
    )
    assert about["finished"] and about["config"] == origin.config(judging)
    assert about["pairs"]["judged"] == len(found.held) and found.edits


def test_a_judge_labels_what_an_entailment_model_then_learns(tmp_path: Path, tiny, monkeypatch):
    monkeypatch.setattr(nli, "files", lambda data_dir: {})
    monkeypatch.setattr(nli, "training_pairs", lambda data_dir: captions())
    monkeypatch.setattr(nli, "evaluation_sets", lambda data_dir: {})
    configs = ROOT / "training" / "configs"
    shipped = recipe.load(configs / "judge-smollm2.yaml", JudgeRecipe)
    steps = replace(shipped.training, epochs=10, batch=8, log_every=1, learning_rate=1e-2)
    small = replace(shipped, held_out=20, training=steps)
    options = Namespace(
        data_dir=tmp_path, out=tmp_path / "judge", base=tiny, fresh=False, resume=False
    )
    settings = replace(Settings.from_env(), assets=tmp_path / "assets")
    lines = (judge.fit(small, options, settings) / "curves.jsonl").read_text().splitlines()
    losses = [row["loss"] for row in map(json.loads, lines) if "loss" in row]
    assert sum(losses[-4:]) < 0.9 * sum(losses[:4])
    shipped_at = judgements.path(small.name, settings).parent
    judgements.publish(tmp_path / "judge", shipped_at)
    assert "SNLI" in (shipped_at / "README.md").read_text()
    said = judgements.load(judgements.path(small.name, settings))
    texts = judge.judged_pairs(captions(), tmp_path, 20, said.edits)
    assert said.of(texts).shape == (len(texts), 3) and said.edits

    learning = recipe.load(configs / "entailment-e5.yaml", EntailmentRecipe)
    few = replace(learning.training, epochs=1, batch=64, validate_every=4)
    learner = replace(
        learning,
        judged=small.name,
        held_out=20,
        training=few,
        lora=replace(learning.lora, rank=2),
    )
    options = Namespace(**{**vars(options), "out": tmp_path / "run", "base": None})
    run = entailment.fit(learner, options, replace(Settings.from_env(), assets=settings.assets))
    about = json.loads((run / "run.json").read_text())
    assert about["pairs"]["judged"] == len(texts)
    assert any(name == "judged" for name in about["data"])


def test_the_head_begins_with_the_words_of_the_model():
    body = torch.nn.Identity()
    first = torch.arange(6.0).reshape(3, 2)
    made = judge.Judge(body, first)
    assert torch.equal(made.out.weight, first) and not made.out.bias.any()
