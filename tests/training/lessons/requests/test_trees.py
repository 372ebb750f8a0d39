"""A request with its rewordings read as one row: the numbers are those of each rewording alone."""

from __future__ import annotations

from typing import Any

import pytest
import tiny_qwen2
import torch
from peft import LoraConfig, get_peft_model
from torch.nn.functional import log_softmax
from transformers import LlamaForCausalLM

from samovar.models.chat.vocabulary import Vocabulary
from samovar.paraphrase.generation import verdict
from training.corpora.requests import RequestPair
from training.lessons.chat.trees import (
    Tree,
    Verdicts,
    batch,
    outputs,
    probabilities,
    tree_loss,
)
from training.lessons.requests import trees as lessons
from training.lessons.requests.trees import trees

CPU = torch.device("cpu")
CONTEXT = 512
PAIRS = [
    RequestPair(source, text, same, "x", language)
    for source, language, texts in (
        ("dim the lamp", "en", {"lower the light": True, "dim it": False, "less light": True}),
        ("stop", "en", {"go on with it": False}),
        ("выключи свет", "ru", {"погаси свет": True}),
    )
    for text, same in texts.items()
]


@pytest.fixture(scope="module")
def vocabulary(tiny) -> Vocabulary:
    return Vocabulary(tiny)


@pytest.fixture(scope="module")
def grown(vocabulary) -> list[Tree]:
    return trees(PAIRS, vocabulary, vocabulary.dialogue(CONTEXT), CONTEXT)


@pytest.fixture(scope="module")
def verdicts(vocabulary) -> Verdicts:
    return lessons.verdicts(vocabulary)


@pytest.fixture(scope="module", params=["llama", "qwen2"])
def model(request, tiny) -> Any:
    """A network under an adapter that changes what it says."""
    llama = request.param == "llama"
    base = LlamaForCausalLM.from_pretrained(tiny) if llama else tiny_qwen2.network()
    tuned: Any = get_peft_model(base, LoraConfig(task_type="CAUSAL_LM", r=2))
    torch.manual_seed(3)
    with torch.no_grad():
        for weight in (one for name, one in tuned.named_parameters() if "lora_B" in name):
            weight.normal_(0, 0.2)
    return tuned.eval()


def alone(model, ids) -> torch.Tensor:
    """Return the logits behind every token of a row without branches."""
    with torch.no_grad():
        return model(input_ids=torch.tensor([ids])).logits[0].float()


def everywhere(model, listed) -> list[torch.Tensor]:
    """Return the logits behind every token of each tree, read as one batch."""
    tensors = batch(listed)
    with torch.no_grad():
        found = outputs(model, tensors, tensors["attention_mask"].nonzero())
    return list(found.split([tree.length for tree in listed]))


def test_a_branch_reads_as_if_it_were_alone(model, grown):
    tree = grown[0]
    [found] = everywhere(model, [tree])
    at = len(tree.trunk)
    assert len(tree.branches) == 3
    for branch in tree.branches:
        expected = alone(model, [*tree.trunk, *branch.ids])
        own = found[at : at + len(branch.ids)]
        assert torch.allclose(own, expected[len(tree.trunk) :], atol=2e-4)
        assert torch.allclose(found[: len(tree.trunk)], expected[: len(tree.trunk)], atol=2e-4)
        at += len(branch.ids)
    together = alone(model, [*tree.trunk, *(one for b in tree.branches for one in b.ids)])
    assert not torch.allclose(found[-1], together[-1], atol=1e-3), "branches would change it"


def test_padding_changes_nothing(model, grown):
    for tree, found in zip(grown, everywhere(model, grown), strict=True):
        assert torch.allclose(found, everywhere(model, [tree])[0], atol=2e-4)


def loss_by_hand(model, listed, verdicts, words) -> float:
    total = 0.0
    for tree in listed:
        decided, said = [], []
        for branch in tree.branches:
            told = log_softmax(alone(model, [*tree.trunk, *branch.ids]), 1)
            decided.append(-told[-1, verdicts.yes if branch.holds else verdicts.no])
            if branch.holds:
                said += [-told[len(tree.trunk) - 1 + at, one] for at, one in enumerate(branch.ids)]
        total += sum(decided) / len(decided) + (words * sum(said) / len(said) if said else 0)
    return float(total / len(listed))


@pytest.mark.parametrize("words", [0.0, 0.3])
def test_the_loss_is_that_of_verdicts_and_right_rewordings(model, grown, verdicts, words):
    with torch.no_grad():
        found = tree_loss(model, batch(grown), verdicts, words).item()
    assert found == pytest.approx(loss_by_hand(model, grown, verdicts, words), abs=1e-3)
    assert found > 0


def test_wrong_texts_alone_teach_no_words(model, grown, verdicts):
    with torch.no_grad():
        plain, worded = (
            tree_loss(model, batch(grown[1:2]), verdicts, weight).item() for weight in (0, 5)
        )
    assert plain == worded > 0


def test_probabilities_come_in_the_order_of_the_trees(model, grown, verdicts):
    listed = [grown[0], grown[2], grown[1]]
    with torch.no_grad():
        found = probabilities(model, listed, verdicts, 2, CPU)
    for tree, chances in zip(listed, found, strict=True):
        ends = [alone(model, [*tree.trunk, *branch.ids])[-1] for branch in tree.branches]
        expected = [(end[verdicts.yes] - end[verdicts.no]).sigmoid().item() for end in ends]
        assert chances == pytest.approx(expected, abs=1e-3)
    assert len({chance for chances in found for chance in chances}) == len(PAIRS)


def test_training_reads_what_serving_asks(vocabulary, grown):
    dialogue = vocabulary.dialogue(CONTEXT)
    rows = [(tree, branch) for tree in grown for branch in tree.branches]
    for pair, (tree, branch) in zip(PAIRS, rows, strict=True):
        asked = verdict.asked(pair.source, pair.text, pair.language, None)
        assert [*tree.trunk, *branch.ids] == dialogue.ids(asked)
        assert branch.holds == pair.same


def test_what_is_too_long_loses_its_last_branches(vocabulary, grown):
    dialogue, whole = vocabulary.dialogue(CONTEXT), grown[0]
    room = len(whole.trunk) + sum(len(branch.ids) for branch in whole.branches[:2])
    [cut] = trees(PAIRS[:3], vocabulary, dialogue, room)
    assert cut == Tree(whole.trunk, whole.branches[:2]) and cut.length == room
    [less] = trees(PAIRS[:3], vocabulary, dialogue, room - 1)
    assert less.branches == whole.branches[:1]
    assert trees(PAIRS, vocabulary, dialogue, len(whole.trunk)) == []
