"""The teacher: its probabilities on disk, and a run from pairs to an entailment model."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from captions import captions, scenes
from safetensors.numpy import save_file

from samovar.errors import InputError, StoreError
from samovar.settings import ROOT, Settings
from training import entailment, teacher
from training.corpora import snli
from training.entailment import EntailmentRecipe
from training.frame import identity, recipe
from training.lessons.inference import pseudo_labelled_pairs, pseudo_labels, sets, teacher_network
from training.lessons.inference.edited import Edit
from training.teacher import TeacherRecipe


def test_probabilities_come_back_to_a_hundredth(tmp_path):
    texts, path = [("a", "b"), ("b", "a"), ("b", "c")], tmp_path / pseudo_labels.FILE
    edits = [Edit(2, 0, 7, "violin"), Edit(11_000, 1, 60, "cello")]
    probabilities = np.random.default_rng(0).dirichlet((1, 1, 1), 3).astype(np.float32)
    pseudo_labels.write(path, texts, probabilities, edits)
    found = pseudo_labels.load(path)
    assert [*found.edits] == edits
    assert found.of(texts) == pytest.approx(probabilities, abs=0.01)
    assert found.of(texts).sum(1) == pytest.approx(1)
    with pytest.raises(InputError, match="other pairs"):
        found.of(texts[::-1])


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / pseudo_labels.FILE
    pseudo_labels.write(path, [("a", "b")], np.ones((1, 3), np.float32) / 3, [])
    (tmp_path / "cut").write_bytes(path.read_bytes()[:40])
    save_file({pseudo_labels.TENSOR: np.zeros((1, 3), np.uint8)}, tmp_path / "other")
    for name in ("none", "cut", "other"):
        with pytest.raises(StoreError, match="cannot be read"):
            pseudo_labels.load(tmp_path / name)


@pytest.fixture(scope="module")
def small_mpnet(tmp_path_factory) -> Path:
    """Return the folder of a tiny MPNet that knows the words of captions() and scenes()."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import MPNetConfig, MPNetModel

    folder = tmp_path_factory.mktemp("mpnet")
    known = [*captions(), *scenes(folder)]
    words = sorted({w for p in known for w in re.findall(r"\w+|\.", f"{p.premise} {p.hypothesis}")})
    vocabulary = {word: at for at, word in enumerate(["<s>", "<pad>", "</s>", "<unk>", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "<unk>"))
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>"])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(0)
    shape = MPNetConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    MPNetModel(shape, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture
def shipped() -> TeacherRecipe:
    """Return the recipe of the teacher whose labels ship."""
    return recipe.load(ROOT / "training" / "configs" / "teacher-mpnet.yaml", TeacherRecipe)


@pytest.fixture
def tiny_teacher(small_mpnet) -> teacher_network.Teacher:
    """Return the tiny teacher."""
    made = teacher_network.teacher(small_mpnet, Settings.from_env())
    made.network.eval()
    return made


def test_a_teacher_reads_both_texts_and_no_special_token_in_them(tiny_teacher):
    (row,) = tiny_teacher.rows([("The kettle", "is </s> new.")])
    assert row[0] == 0 and row.count(2) == 3 and row[-1] == 2


def test_what_fills_a_row_up_changes_no_answer(tiny_teacher):
    short, long = tiny_teacher.rows(
        [("The kettle is old.", "A cup."), ("The kettle is old. " * 4, "A cup.")]
    )
    assert len(short) < len(long)
    alone = tiny_teacher.network(**teacher.filled([short]))
    both = tiny_teacher.network(**teacher.filled([long, short]))
    assert torch.allclose(both[1], alone[0], atol=1e-5)


def test_the_words_themselves_are_not_trained(tiny_teacher):
    body = tiny_teacher.network.body
    assert not any(weight.requires_grad for weight in body.get_input_embeddings().parameters())
    assert any(weight.requires_grad for weight in body.parameters())


def test_what_ships_was_labelled_by_the_shipped_recipe(shipped):
    learning = recipe.load(ROOT / "training/configs/entailment-e5.yaml", EntailmentRecipe)
    assert learning.teacher == shipped.name and learning.held_out == shipped.held_out
    path = pseudo_labels.path(shipped.name, Settings.from_env())
    about, found = json.loads((path.parent / "run.json").read_text()), pseudo_labels.load(path)
    named = {"name": about["name"]}  # the record has the name of its day
    assert about["finished"] and about["config"] == identity.config(shipped) | named
    assert about["pairs"]["judged"] == len(found.held) and found.edits


@pytest.fixture
def small_data(monkeypatch) -> None:
    """Let captions() and scenes() be all pairs there are."""
    monkeypatch.setattr(sets, "files", lambda data_dir: {})
    monkeypatch.setattr(sets, "training_pairs", lambda data_dir: captions())
    monkeypatch.setattr(snli, "archive", lambda data_dir: Path(__file__))
    monkeypatch.setattr(snli, "read", scenes)
    monkeypatch.setattr(sets, "evaluation_sets", lambda data_dir: {})


def test_a_teacher_learns_and_labels(
    options: Namespace, tmp_path: Path, shipped, small_mpnet, small_data
):
    steps = replace(
        shipped.training, epochs=10, batch=8, log_every=1, learning_rate=3e-3, precision="fp32"
    )
    small = replace(shipped, held_out=20, training=steps)
    options.base = small_mpnet
    run = teacher.fit(small, options, Settings.from_env())
    lines = (run / "curves.jsonl").read_text().splitlines()
    losses = [row["loss"] for row in map(json.loads, lines) if "loss" in row]
    quarter = len(losses) // 4
    assert sum(losses[-quarter:]) < 0.5 * sum(losses[:quarter])
    origins = json.loads((run / "run.json").read_text())["pairs"]["origins"]
    assert origins.keys() == {"snli_cad", "snli"}
    pseudo_labels.publish(run, tmp_path / "shipped")
    assert "SNLI" in (tmp_path / "shipped" / "README.md").read_text()
    said = pseudo_labels.load(tmp_path / "shipped" / pseudo_labels.FILE)
    more = pseudo_labelled_pairs.scenes(tmp_path, tmp_path, 20)
    texts = pseudo_labelled_pairs.pairs_to_label(captions(), more, tmp_path, 20, said.edits)
    assert said.of(texts).shape == (len(texts), 3)
    assert said.edits


def test_an_entailment_model_learns_what_a_teacher_said(
    options: Namespace, tmp_path: Path, small_data, small_e5
):
    shipped = recipe.load(ROOT / "training" / "configs" / "entailment-e5.yaml", EntailmentRecipe)
    few = replace(shipped.training, epochs=1, batch=64, validate_every=4, precision="fp32")
    lora = replace(shipped.lora, rank=2)
    chosen = replace(shipped, teacher="small", held_out=20, training=few, lora=lora)
    path = pseudo_labels.path("small", small_e5)
    edits = [Edit(0, 0, 1, "hammer"), Edit(3, 1, 1, "ladder")]
    more = pseudo_labelled_pairs.scenes(tmp_path, tmp_path, 20)
    texts = pseudo_labelled_pairs.pairs_to_label(captions(), more, tmp_path, 20, edits)
    probabilities = np.random.default_rng(0).dirichlet((1, 1, 1), len(texts)).astype(np.float32)
    pseudo_labels.write(path, texts, probabilities, edits)

    files = pseudo_labelled_pairs.further_files(chosen.teacher, tmp_path, small_e5)
    known, found, aims = pseudo_labelled_pairs.further_pairs(files, captions(), tmp_path, 20)
    assert known == more and found == texts
    assert aims[:, :3].numpy() == pytest.approx(probabilities, abs=0.01) and not aims[:, 3:].any()
    with pytest.raises(InputError, match="other pairs"):
        pseudo_labelled_pairs.further_pairs(files, captions(), tmp_path, 40)
    run = entailment.fit(chosen, options, small_e5)
    about = json.loads((run / "run.json").read_text())
    assert about["pairs"]["pseudo_labelled"] == len(texts)
    assert {"pseudo_labelled", "snli"} <= {*about["data"]}
    assert about["pairs"]["origins"]["snli"] == len(more)
