"""The recipe of the reranker: its groups, its loss, where it starts, and steps to an adapter that scores."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np
import pair_adapter
import pytest
import torch

from samovar import catalog
from samovar.errors import InputError
from samovar.models.encoders import encoding
from samovar.models.engines import ENGINES
from samovar.models.pairs import lora, pytorch
from samovar.models.pairs.rows import PairForm, PairTokenizer, padded
from samovar.models.shelf import Shelf
from samovar.search.passages.words import script
from samovar.settings import ROOT, Settings
from training import reranker
from training.corpora import questions
from training.corpora.topic import Topic
from training.encoder import EncoderRecipe
from training.frame import export, recipe, warm_start
from training.lessons.retrieval.groups import NEAREST, grouped
from training.lessons.retrieval.ranking import loss, scores, tensors
from training.reranker import RerankRecipe

WORDS = ("kettle", "garden", "violin", "harbour", "lantern", "meadow", "bridge", "orchard")
CONFIGS = ROOT / "training" / "configs"
LABELS = ("entailment", "neutral", "contradiction")


def topics() -> list[Topic]:
    """Return 32 topics of two origins; those of the first come in two languages."""
    told = [
        Topic(word, f"{text} {word}.", (f"Which {word}?", f"Где {word}?"), "xquad")
        for word in WORDS
        for text in ("The old English text tells of a", "Старый русский текст рассказывает, где")
    ]
    return told + [
        Topic(f"s {word} {year}", f"A {word} was built in {year}.", (f"When? {word}",), "nqg_squad")
        for word in WORDS
        for year in (1900, 1950)
    ]


class Letters:
    """Vectors that count letters."""

    def encode(self, texts, kind="symmetric", progress=None):
        rows = np.array([[text.lower().count(c) for c in "abcdefghijklmnop"] for text in texts])
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def shipped() -> RerankRecipe:
    return recipe.load(CONFIGS / "rerank-e5.yaml", RerankRecipe)


def test_the_shipped_recipe_is_read_and_keeps_back_what_the_encoder_does():
    found = shipped()
    assert found.name == catalog.PROFILES["embedded"]["reranker"]
    encoder = recipe.load(CONFIGS / "search-e5.yaml", EncoderRecipe)
    assert found.held_out == encoder.held_out and found.base == encoder.base


def test_a_group_is_a_question_its_text_and_wrong_ones_of_the_same_set():
    told = topics()
    found = grouped(told, Letters(), 100, 5, 0)
    assert len(found) == 16 * 2 + 16
    by_text = {topic.text: topic for topic in told}
    for group in found:
        right, *wrong = (by_text[text] for text in group.texts)
        assert group.question in right.questions and right.origin == group.origin
        assert len(wrong) == len({one.text for one in wrong}) == 5
        assert all(one.origin == right.origin and one.key != right.key for one in wrong)
    crossed = [one for one in found if script(one.question) != script(one.texts[0])]
    assert len(crossed) == 16, "every question is asked of both translations"
    for group in crossed:
        assert any(script(text) == script(group.texts[0]) for text in group.texts[1:])


def test_groups_are_drawn_by_the_seed_and_as_many_as_wanted():
    told = topics()
    found = grouped(told, Letters(), 7, 3, 4)
    assert [one.origin for one in found] == ["xquad"] * 7 + ["nqg_squad"] * 7
    assert all(len(one.texts) == 4 for one in found)
    assert found == grouped(told, Letters(), 7, 3, 4) != grouped(told, Letters(), 7, 3, 5)


def test_wrong_texts_are_near_ones():
    far = [Topic(f"far {n}", f"zzzz {n}", (f"What {n}?",), "rubq1") for n in range(40)]
    near = [Topic(f"n {n}", f"abc abc {'d' * n}", (f"abc {'d' * n}",), "rubq1") for n in range(14)]
    found = [
        one for one in grouped([*near, *far], Letters(), 99, 5, 0) if one.question[:3] == "abc"
    ]
    assert len(found) == 14 > NEAREST
    assert all(text.startswith("abc") for one in found for text in one.texts)


def test_loss_wants_the_first_of_each_group_highest():
    assert loss(torch.tensor([[9.0, 0.0, -1.0], [8.0, -2.0, 0.0]])).item() < 1e-2
    assert loss(torch.tensor([[0.0, 9.0, -1.0]])).item() == pytest.approx(9, abs=1e-2)
    assert loss(torch.zeros(2, 4)).item() == pytest.approx(np.log(4), abs=1e-6)
    missing = torch.tensor([[1.0, 1.0, float("-inf")]])
    assert loss(missing).item() == pytest.approx(np.log(2), abs=1e-6)


def test_a_smaller_group_has_fewer_scores():
    groups = [[([5, 6, 7], [1, 1, 2]), ([5, 8], [1, 2])], [([9], [2])]]
    batch = tensors(groups)
    assert batch["input_ids"].tolist() == [[[5, 6, 7], [5, 8, 0]], [[9, 0, 0], [0, 0, 0]]]
    seen = []

    def network(ids, mask, segments):
        seen.append((ids.shape, mask.sum().item(), segments.sum().item()))
        return ids.float().sum(1, keepdim=True)

    found = scores(network, batch)
    assert found.tolist() == [[18.0, 13.0], [9.0, float("-inf")]]
    assert seen == [((3, 3), 6, 9)], "no pair is read that is not there"


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Namespace:
    """Return a command line, with the topics above for data."""
    monkeypatch.setattr(questions, "files", lambda data_dir: {})
    monkeypatch.setattr(questions, "topics", lambda data_dir: topics())
    monkeypatch.setattr(Shelf, "encoder", lambda self, model_id="": Letters())
    monkeypatch.setattr(reranker, "parts", lambda told, percent: (told[2:], told[:2] + told[-4:]))
    return Namespace(data_dir=tmp_path, out=tmp_path / "run", base=None, fresh=False, resume=False)


def small(**changes: object) -> RerankRecipe:
    steps = replace(
        shipped().training, batch=4, validate_every=2, precision="fp32", learning_rate=0.03
    )
    plain = replace(shipped(), training=steps, most=4, negatives=2, validated=2, start="")
    return replace(plain, lora=replace(shipped().lora, rank=2), **changes)


def test_two_steps_leave_an_adapter_that_scores(small_e5: Settings, options: Namespace):
    run = reranker.fit(small(), options, small_e5)
    about = json.loads((run / "run.json").read_text())
    assert about["finished"] and about["steps"] == 2 and about["tokens_per_second"]
    counted = {"training": 8, "pairs": 24, "validation": 4, "origins": {"nqg_squad": 4, "xquad": 4}}
    assert about["groups"] == counted
    curve = [json.loads(line) for line in (run / "curves.jsonl").read_text().splitlines()]
    right = [row["validation_right"] for row in curve if "validation_right" in row]
    assert len(right) == 2 and all(0 <= value <= 1 for value in right)
    folder = export.publish(run, small_e5.assets / "adapters" / "rerank-e5")
    card = (folder / "README.md").read_text()
    assert "XQuAD" in card and "pipeline_tag: text-ranking" in card and "SICK" not in card
    row = catalog.model("rerank-e5")
    passages = ["The kettle is old.", "Чайник старый.", "A bridge."]
    slow, fast = (
        ENGINES["reranker", engine].build(row, small_e5).score("Which kettle?", passages)
        for engine in ("transformers", "openvino")
    )
    assert np.allclose(slow, fast, atol=0.01) and slow.std() > 0.03


def test_training_reads_a_pair_as_serving_does(small_e5: Settings, options: Namespace):
    """The last weights of the run give the scores that the exported adapter gives."""
    held = {}

    def kept(network, chosen, folder):
        held.update(network=network)
        return written(network, chosen, folder)

    written = reranker.write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reranker, "write", kept)
        run = reranker.fit(small(), options, small_e5)
    export.publish(run, small_e5.assets / "adapters" / "rerank-e5")
    row = catalog.model("rerank-e5")
    served = ENGINES["reranker", "transformers"].build(row, small_e5)
    group = grouped(topics(), Letters(), 1, 3, 0)[0]
    base = catalog.model(row.base)
    path = encoding.folder(base, small_e5) / "tokenizer.json"
    [rows] = reranker.rows([group], PairTokenizer(path, base, reranker.FORM))
    network = held["network"].eval()
    with torch.no_grad():
        trained = scores(network, tensors([rows]))[0].numpy()
    found = served.score(group.question, group.texts)
    assert np.allclose(trained, found, atol=2e-3) and found.std() > 0.01


def test_it_starts_as_the_entailment_model(
    tmp_path: Path, small_e5: Settings, options: Namespace, monkeypatch
):
    """Before the first step the score is entailment against the mean of the two other logits."""
    first = catalog.model("entailment-e5")
    of_base = {"layers": (0, 1, 2), "width": 32}
    folder = pair_adapter.put(small_e5.assets, first.id, 3, {"labels": LABELS}, **of_base)
    (folder / "run.json").write_text(json.dumps({"sources": ["SICK (Marelli et al. 2014)"]}))
    weights, _ = lora.read(first, small_e5, first.role, LABELS)
    seen = {}

    def look(network, batches, loss, training, run, validate):
        seen["logits"] = network.eval()(**inputs).detach().numpy()

    path = weights.folder / "tokenizer.json"
    form = PairForm(64, "passage", "query")
    pairs = [("A cat sleeps on the sofa.", "A cat sleeps."), ("Кот спит.", "Кот ест рыбу.")]
    inputs = {
        name: torch.from_numpy(row)
        for name, row in padded(PairTokenizer(path, weights.base, form).rows(pairs)).items()
    }
    monkeypatch.setattr(reranker, "train", look)
    shape = replace(shipped().lora, rank=pair_adapter.RANK, alpha=pair_adapter.ALPHA)
    run = reranker.fit(replace(small(start=first.id), lora=shape), options, small_e5)
    old = pytorch.network(first, weights, small_e5)({n: row.numpy() for n, row in inputs.items()})
    assert np.allclose(seen["logits"][:, 0], old[:, 0] - old[:, 1:].mean(axis=1), atol=1e-4)
    assert abs(seen["logits"][0, 0] - seen["logits"][1, 0]) > 0.01
    told = json.loads((run / "run.json").read_text())
    assert "start" in told["data"]
    assert any("SICK" in line for line in told["sources"]), "what the start was trained on, too"
    with pytest.raises(InputError, match="Give the recipe rank 4 and alpha 8"):
        reranker.fit(small(start=first.id), replace_out(options, tmp_path / "other"), small_e5)


def replace_out(options: Namespace, out: Path) -> Namespace:
    return Namespace(**{**vars(options), "out": out})


def test_a_start_that_names_no_sources_is_refused(tmp_path: Path):
    settings = replace(Settings.from_env(), assets=ROOT / "assets")
    found = warm_start.starting_adapter("entailment-e5", settings)
    assert warm_start.sources(found)
    with pytest.raises(InputError, match=r"run\.json names no sources"):
        warm_start.sources(replace(found, path=tmp_path))
