"""The encoder recipe: its loss, its batches, and two steps from topics to an adapter that encodes."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from samovar import catalog
from samovar.models.encoders.sentence import SentenceEncoder
from samovar.models.shelf import Shelf
from samovar.settings import ROOT, Settings
from training import encoder
from training.corpora import questions
from training.corpora.topic import Topic
from training.encoder import EncoderRecipe
from training.frame import export, recipe
from training.lessons.retrieval import neighbours
from training.lessons.retrieval.contrast import encoded, ranking_loss

WORDS = ("kettle", "garden", "violin", "harbour", "lantern", "meadow", "bridge", "orchard")


def topics() -> list[Topic]:
    """Return 24 topics of two origins; the first twelve come twice, as translations do."""
    told = [
        Topic(f"{word}", f"{text} {word}.", (f"Which {word}?", f"Где {word}?"), "xquad")
        for word in WORDS
        for text in ("The old", "Старый")
    ]
    return told + [
        Topic(
            f"s {word}",
            f"A {word} was built in 1900.",
            (f"When was the {word} built?",),
            "nqg_squad",
        )
        for word in WORDS
    ]


def test_the_shipped_recipe_is_read():
    found = recipe.load(ROOT / "training" / "configs" / "search-e5.yaml", EncoderRecipe)
    assert found.name == catalog.PROFILES["embedded"]["retriever"]
    assert found.lengths[0] == 384


def test_loss_wants_the_own_text_nearest_at_every_length():
    texts = torch.eye(4)
    right = torch.tensor([0, 1, 2, 3])
    keys = torch.arange(4)
    assert ranking_loss(texts, texts, right, keys, (4,), 0.1).item() < 1e-3
    shuffled = torch.tensor([1, 0, 3, 2])
    assert ranking_loss(texts, texts, shuffled, keys, (4,), 0.1).item() > 5
    both = ranking_loss(texts[:2], texts[:2], right[:2], keys[:2], (4, 1), 0.1)
    half = ranking_loss(texts[:2, :1], texts[:2, :1], right[:2], keys[:2], (1,), 0.1)
    assert both.item() == pytest.approx(half.item() / 2, abs=1e-3)


def test_a_translation_is_not_wrong():
    asked, read = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.9, 0.1], [1.0, 0.0]])
    right = torch.tensor([0])
    alone = ranking_loss(asked, read, right, torch.tensor([7, 7]), (2,), 0.1)
    against = ranking_loss(asked, read, right, torch.tensor([7, 8]), (2,), 0.1)
    assert alone.item() == 0 < against.item()


class Mean(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.table = torch.nn.Embedding(50, 8)
        self.calls = 0

    def forward(self, ids, mask):
        self.calls += 1
        share = mask.unsqueeze(-1).float()
        return (self.table(ids) * share).sum(1) / share.sum(1)


@pytest.mark.parametrize("chunk", [1, 3, 100])
def test_chunks_change_neither_vectors_nor_gradients(chunk):
    torch.manual_seed(0)
    network, lengths = Mean(), [5, 2, 7, 1, 3, 3, 6]
    ids = torch.randint(0, 50, (7, 7))
    mask = (torch.arange(7).unsqueeze(0) < torch.tensor(lengths).unsqueeze(1)).long()
    whole = functional.normalize(network(ids, mask), dim=-1)
    (expected,) = torch.autograd.grad((whole @ whole.T).logsumexp(1).sum(), network.table.weight)
    network.calls = 0
    found = functional.normalize(encoded(network, ids, mask, chunk), dim=-1)
    assert torch.allclose(found, whole, atol=1e-6)
    (gradient,) = torch.autograd.grad((found @ found.T).logsumexp(1).sum(), network.table.weight)
    assert torch.allclose(gradient, expected, atol=1e-5)
    assert network.calls == {1: 14, 3: 6, 100: 1}[chunk]  # twice a chunk, or once the whole


class Letters:
    """Vectors that count letters."""

    def encode(self, texts, kind="symmetric", progress=None):
        rows = np.array([[text.lower().count(c) for c in "abcdefghijklmnop"] for text in texts])
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def test_neighbours_are_of_the_same_origin_and_never_translations():
    told = topics()
    near = neighbours.mined(told, Letters())
    for at, others in enumerate(near):
        assert at not in others and len(others) >= 7
        for other in others[:7]:
            assert told[other].origin == told[at].origin and told[other].key != told[at].key


def test_a_large_data_set_does_not_drown_the_others():
    told = topics()
    kept = neighbours.drawn(told, 5, 0)
    assert [topic.origin for topic in kept] == ["xquad"] * 5 + ["nqg_squad"] * 5
    assert neighbours.drawn(told, 100, 0) == told and kept == neighbours.drawn(told, 5, 0)


def test_a_plan_holds_every_topic_once_and_keeps_families_together():
    told = topics()
    near = [[(at + 1) % 16] if at < 16 else [] for at in range(24)]
    cut = neighbours.plan(told, near, 4, 2, "seed")
    assert sorted(at for batch in cut for at in batch) == list(range(24))
    assert all(len({told[at].origin for at in batch}) == 1 for batch in cut)
    assert (
        cut == neighbours.plan(told, near, 4, 2, "seed") != neighbours.plan(told, near, 4, 2, "x")
    )
    pairs = [(batch[i], batch[i + 1]) for batch in cut for i in range(len(batch) - 1)]
    assert any((one + 1) % 16 == two for one, two in pairs if one < 16)


def test_an_update_ships_in_part():
    made = {"q.lora_A.weight": torch.ones(2, 4), "q.lora_B.weight": torch.ones(4, 2)}
    half = encoder.weakened(made, 0.5)
    before, after = (one["q.lora_B.weight"] @ one["q.lora_A.weight"] for one in (made, half))
    assert torch.equal(after, before / 2)


def test_translations_are_topics_in_both_directions(tmp_path: Path):
    rows = {
        "en": "It rains.\tThe street is wet.\tentailment\nIt rains.\tIt snows.\tcontradiction\n",
        "ru": "Идёт дождь.\tУлица мокрая.\tentailment\nИдёт дождь.\tИдёт снег.\tcontradiction\n",
    }
    for language, text in rows.items():
        (tmp_path / language).write_text(text, encoding="utf-8")
    found = list(questions.xnli(tmp_path / "en", tmp_path / "ru"))
    assert [(topic.text, *topic.questions) for topic in found] == [
        ("Идёт дождь.", "It rains."),
        ("The street is wet.", "Улица мокрая."),
        ("Идёт снег.", "It snows."),
    ]
    assert len({topic.key for topic in found}) == 3


def test_two_steps_leave_an_adapter_that_encodes(
    tmp_path: Path, small_e5: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(questions, "files", lambda data_dir: {})
    monkeypatch.setattr(questions, "topics", lambda data_dir: topics())
    monkeypatch.setattr(Shelf, "encoder", lambda self, model_id="": Letters())
    monkeypatch.setattr(encoder, "parts", lambda told, percent: (told[:20], told[20:]))
    shipped = recipe.load(ROOT / "training" / "configs" / "search-e5.yaml", EncoderRecipe)
    steps = replace(shipped.training, epochs=1, batch=10, learning_rate=0.01, precision="fp32")
    shape = {"lora": replace(shipped.lora, rank=2), "lengths": (32, 16)}
    small = replace(shipped, training=steps, passes=1, chunk=4, **shape)
    options = Namespace(
        data_dir=tmp_path, out=tmp_path / "run", base=None, fresh=False, resume=False
    )
    run = encoder.fit(small, options, small_e5)
    about = json.loads((run / "run.json").read_text())
    assert about["finished"] and about["topics"]["training"] == 20 and about["tokens_per_second"]
    folder = export.publish(run, small_e5.assets / "adapters" / small.name)
    card = (folder / "README.md").read_text()
    assert "XQuAD" in card and "CC BY-SA" in card
    row = catalog.model("search-e5")
    slow = SentenceEncoder(row, small_e5)
    plain = SentenceEncoder(catalog.model(row.base), small_e5)
    texts = ["Where is the kettle?", "Где чайник?"]
    tuned, before = slow.encode(texts, "query"), plain.encode(texts, "query")
    assert slow.revision != plain.revision and not np.allclose(tuned, before, atol=1e-2)
