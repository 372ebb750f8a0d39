"""Taggers of the Hub, on a tiny BERT of random weights and on a stand-in for GLiNER."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertForTokenClassification

from samovar import catalog
from samovar.models.taggers import gliner, hub
from samovar.models.taggers.gliner import LABELS, GlinerTagger
from samovar.models.taggers.hub import HubTagger
from samovar.ner.tagging.labels import BERT, GLINER
from samovar.settings import Settings

NAMES = ("O", "B-PER", "I-PER")
TEXT = "Ann Lee left.\nBob\nstayed"


@pytest.fixture
def bert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HubTagger:
    """A model whose embeddings decide: words of names get their tag, all others O."""
    words = ["[PAD]", "[UNK]", "Ann", "Lee", "Bob", "left", "."]
    tokenizer = Tokenizer(models.WordLevel({w: at for at, w in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "tokenizer_config.json").write_text(
        '{"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "[PAD]", "unk_token": "[UNK]"}'
    )
    shape = BertConfig(
        vocab_size=len(words),
        hidden_size=len(words),
        num_hidden_layers=0,
        num_attention_heads=1,
        intermediate_size=4,
        id2label=dict(enumerate(NAMES)),
        label2id={name: at for at, name in enumerate(NAMES)},
    )
    network = BertForTokenClassification(shape)
    with torch.no_grad():
        network.bert.embeddings.word_embeddings.weight.copy_(10 * torch.eye(len(words)))
        network.bert.embeddings.position_embeddings.weight.zero_()
        network.bert.embeddings.token_type_embeddings.weight.zero_()
        network.classifier.weight.zero_()
        for row, known in ((1, ("Ann", "Bob")), (2, ("Lee",))):
            for word in known:
                network.classifier.weight[row, words.index(word)] = 9.0
        network.classifier.bias.copy_(torch.tensor([1.0, 0.0, 0.0]))
    network.save_pretrained(tmp_path)
    monkeypatch.setattr(hub, "snapshot", lambda *of: tmp_path)
    return HubTagger(catalog.model("bert-base-ner"), Settings())


def test_words_speak_by_their_first_piece(bert: HubTagger) -> None:
    (found, empty) = bert.tag([TEXT, " "], "en")
    assert [(s.text, s.label, s.start) for s in found.spans] == [
        ("Ann Lee", "PER", 0),
        ("Bob", "PER", 14),
    ]
    assert empty.spans == () and found.milliseconds > 0


def test_gliner_is_asked_sentence_by_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Network:
        def predict_entities(self, text: str, labels: list[str], threshold: float) -> list[dict]:
            assert labels == list(LABELS)
            at = text.find("Bob")
            return [{"start": at, "end": at + 3, "label": "person"}] if at >= 0 else []

    module = ModuleType("gliner")
    module.GLiNER = SimpleNamespace(from_pretrained=lambda *of, **more: Network())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gliner", module)
    monkeypatch.setattr(gliner, "snapshot", lambda *of: Path("somewhere"))
    own = GlinerTagger(catalog.model("gliner-multi"), Settings())
    (found,) = own.tag([TEXT], "en")
    assert [(s.text, s.start) for s in found.spans] == [("Bob", 14)]


def test_every_label_they_give_has_a_place_on_the_page() -> None:
    assert set(LABELS) == set(GLINER) and {"PER", "LOC", "ORG", "MISC"} == set(BERT.values())
