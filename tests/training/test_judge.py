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
from training import entailment, judge, judge_networks, judged_pairs, judgements, origin, recipe
from training.corpora import nli
from training.corpora.crossed import crossed, unlabelled
from training.corpora.edited import Edit, drawn, replaced
from training.corpora.pair import NliPair
from training.corpora.retrieved import paired, retrieved
from training.entailment import EntailmentRecipe
from training.judge import JudgeRecipe
from training.judged_pairs import Drawn
from training.natural_inference import parts

THINGS = ("kettle", "garden", "violin", "harbour", "lantern", "meadow", "bridge", "orchard")
NOTHING = Drawn((), np.zeros((0, 2), np.uint16))
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


def test_a_premise_meets_the_hypotheses_that_sound_most_alike():
    found = retrieved(captions(), Letters(), most=3)
    assert found.shape == (len(THINGS) * 3, 2)
    texts = [*paired(captions(), found)]
    assert len({premise for premise, _ in texts}) == len(THINGS)
    assert ("The violin is old and green.", "The violin is green.") in texts
    assert {hypothesis for _, hypothesis in texts} <= {one.hypothesis for one in captions()}


def test_nothing_is_retrieved_where_there_are_no_captions():
    assert retrieved([pair("a", "b", origin="sick")], Letters()).shape == (0, 2)


def test_validation_and_evaluation_are_not_judged(monkeypatch, tmp_path):
    monkeypatch.setattr(nli, "evaluation_sets", lambda data_dir: {"dev": captions()[:1]})
    learnt = parts(captions(), 30)[0]
    edits = drawn(learnt, Tagger(), Letters(), seed=0)
    made = Drawn(tuple(edits), retrieved(learnt, Letters()))
    asked = judged_pairs.judged_pairs(captions(), tmp_path, 30, made)
    found = {text.lower() for texts in asked for text in texts}
    _, held = parts(captions(), 30)
    barred = {
        text.lower() for one in (*held, captions()[0]) for text in (one.premise, one.hypothesis)
    }
    assert found and held and edits and len(made.near) and not found & barred


def test_shares_come_back_to_a_hundredth(tmp_path):
    texts, path = [("a", "b"), ("b", "a"), ("b", "c")], tmp_path / judgements.FILE
    edits = [Edit(2, 0, 7, "violin"), Edit(11_000, 1, 60, "cello")]
    shares = np.random.default_rng(0).dirichlet((1, 1, 1), 3).astype(np.float32)
    near = np.array([[0, 1], [9_000, 60_000]], np.uint16)
    judgements.write(path, texts, shares, Drawn(tuple(edits), near))
    found = judgements.load(path)
    assert [*found.drawn.edits] == edits and np.array_equal(found.drawn.near, near)
    assert found.of(texts) == pytest.approx(shares, abs=0.01)
    assert found.of(texts).sum(1) == pytest.approx(1)
    with pytest.raises(InputError, match="other pairs"):
        found.of(texts[::-1])


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / judgements.FILE
    judgements.write(path, [("a", "b")], np.ones((1, 3), np.float32) / 3, NOTHING)
    (tmp_path / "cut").write_bytes(path.read_bytes()[:40])
    save_file({"shares": np.zeros((1, 3), np.uint8)}, tmp_path / "other")
    for name in ("none", "cut", "other"):
        with pytest.raises(StoreError, match="cannot be read"):
            judgements.load(tmp_path / name)


@pytest.fixture(scope="module")
def small_mpnet(tmp_path_factory) -> Path:
    """Return the folder of a tiny MPNet that knows the words of captions()."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import MPNetConfig, MPNetModel

    folder = tmp_path_factory.mktemp("mpnet")
    words = sorted(
        {word for one in captions() for word in f"{one.premise} {one.hypothesis}".split()}
    )
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


@pytest.fixture(params=[("judge-mpnet", "small_mpnet"), ("judge-smollm2", "tiny")])
def judging(request) -> tuple[JudgeRecipe, Path]:
    """Return the recipe of a judge that ships, and the folder of a tiny model to train instead."""
    name, fixture = request.param
    config = ROOT / "training" / "configs" / f"{name}.yaml"
    return recipe.load(config, JudgeRecipe), request.getfixturevalue(fixture)


@pytest.fixture
def opened(judging) -> judge_networks.Judge:
    """Return the tiny judge."""
    chosen, folder = judging
    made = judge_networks.BASES[chosen.base](folder, Settings.from_env())
    made.network.eval()
    return made


def test_an_encoder_reads_both_texts_and_no_special_token_in_them(small_mpnet):
    rows = judge_networks.read_together(small_mpnet, Settings.from_env()).rows
    (row,) = rows([("The kettle", "is </s> new.")])
    assert row[0] == 0 and row.count(2) == 3 and row[-1] == 2


def test_what_fills_a_row_up_changes_no_answer(opened):
    short, long = opened.rows(
        [("The kettle is old.", "A cup."), ("The kettle is old. " * 4, "A cup.")]
    )
    assert len(short) < len(long)
    alone = opened.network(**judge.filled([short]))
    both = opened.network(**judge.filled([long, short]))
    assert torch.allclose(both[1], alone[0], atol=1e-5)


def test_the_head_of_a_chat_model_begins_with_its_words():
    first = torch.arange(6.0).reshape(3, 2)
    made = judge_networks.Asked(torch.nn.Identity(), first)
    assert torch.equal(made.out.weight, first) and not made.out.bias.any()


def test_the_words_themselves_are_not_trained(opened):
    body = opened.network.body
    assert not any(weight.requires_grad for weight in body.get_input_embeddings().parameters())
    assert any(weight.requires_grad for weight in body.parameters())


def test_what_ships_was_judged_by_the_shipped_recipe(judging):
    chosen, _ = judging
    learning = recipe.load(ROOT / "training/configs/entailment-e5.yaml", EntailmentRecipe)
    assert learning.held_out == chosen.held_out
    shipped = judgements.path(chosen.name, Settings.from_env())
    about, found = json.loads((shipped.parent / "run.json").read_text()), judgements.load(shipped)
    assert about["finished"] and about["config"] == origin.config(chosen)
    assert about["pairs"]["judged"] == len(found.held) and found.drawn.edits


@pytest.fixture
def small_data(monkeypatch) -> None:
    """Let captions() be all pairs there are."""
    monkeypatch.setattr(nli, "files", lambda data_dir: {})
    monkeypatch.setattr(nli, "training_pairs", lambda data_dir: captions())
    monkeypatch.setattr(nli, "evaluation_sets", lambda data_dir: {})


def test_a_judge_learns_and_labels(tmp_path: Path, judging, small_data):
    shipped, folder = judging
    steps = replace(shipped.training, epochs=10, batch=8, log_every=1, learning_rate=1e-2)
    small = replace(shipped, held_out=20, training=steps)
    options = Namespace(
        data_dir=tmp_path, out=tmp_path / "judge", base=folder, fresh=False, resume=False
    )
    run = judge.fit(small, options, Settings.from_env())
    lines = (run / "curves.jsonl").read_text().splitlines()
    losses = [row["loss"] for row in map(json.loads, lines) if "loss" in row]
    assert sum(losses[-4:]) < 0.9 * sum(losses[:4])
    judgements.publish(run, tmp_path / "shipped")
    assert "SNLI" in (tmp_path / "shipped" / "README.md").read_text()
    said = judgements.load(tmp_path / "shipped" / judgements.FILE)
    texts = judged_pairs.judged_pairs(captions(), tmp_path, 20, said.drawn)
    assert said.of(texts).shape == (len(texts), 3)
    assert said.drawn.edits and len(said.drawn.near)


def test_an_entailment_model_learns_what_a_judge_said(tmp_path: Path, small_data):
    shipped = recipe.load(ROOT / "training" / "configs" / "entailment-e5.yaml", EntailmentRecipe)
    few = replace(shipped.training, epochs=1, batch=64, validate_every=4)
    lora = replace(shipped.lora, rank=2)
    chosen = replace(shipped, judged="small", held_out=20, training=few, lora=lora)
    settings = replace(Settings.from_env(), assets=tmp_path / "assets")
    path = judgements.path("small", settings)
    made = Drawn((Edit(0, 0, 1, "hammer"), Edit(3, 1, 1, "ladder")), NOTHING.near)
    texts = judged_pairs.judged_pairs(captions(), tmp_path, 20, made)
    shares = np.random.default_rng(0).dirichlet((1, 1, 1), len(texts)).astype(np.float32)
    judgements.write(path, texts, shares, made)

    found, aims = entailment.judged(path, captions(), tmp_path, 20)
    assert found == texts and aims[:, :3].numpy() == pytest.approx(shares, abs=0.01)
    assert not aims[:, 3].any()
    with pytest.raises(InputError, match="other pairs"):
        entailment.judged(path, captions(), tmp_path, 40)
    options = Namespace(
        data_dir=tmp_path, out=tmp_path / "run", base=None, fresh=False, resume=False
    )
    run = entailment.fit(chosen, options, settings)
    about = json.loads((run / "run.json").read_text())
    assert about["pairs"]["judged"] == len(texts) and "judged" in about["data"]
