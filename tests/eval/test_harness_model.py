"""Likelihoods are those of transformers, however requests share passes and beginnings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from lm_eval.api.instance import Instance
from transformers import AutoModelForCausalLM, AutoTokenizer

from eval.systems import chat_weights
from eval.systems.chat_weights import ChatWeights
from eval.systems.harness_model import HarnessModel
from eval.systems.token_forest import planted
from samovar import catalog
from samovar.models.files import adapters
from samovar.models.files.dequantised import dequantised
from samovar.models.shelf import Shelf
from samovar.settings import ROOT, Settings

MODEL = catalog.model("smollm2-135m-instruct")
SETTINGS = replace(Settings.from_env(), assets=ROOT / "tests" / "data")
TEA = adapters.find("test-tea", MODEL, SETTINGS)
QUESTION = "Question: What do bees make?\nAnswer:"
ASKED = [
    (QUESTION, " Honey, from the nectar of flowers."),
    (QUESTION, " Honey"),
    (QUESTION, " Stones and sand."),
    ("", "The cats sleep."),
    ("", "The cats sleeps."),
    ("Мама мыла", " раму."),
    ("A lighthouse stands ", "at the sea."),
    ("Tea", " <|im_end|>"),
]


@pytest.fixture(scope="module")
def weights() -> ChatWeights:
    return chat_weights.load(dequantised(MODEL, SETTINGS), "fp32")


def answers(weights: ChatWeights, row: int = 512) -> list[tuple[float, bool]]:
    model = HarnessModel(weights.network, weights.vocabulary, MODEL.context, row=row)
    requests = [Instance("loglikelihood", {}, pair, 0, ("t", 0, 1)) for pair in ASKED]
    return model.loglikelihood(requests, disable_tqdm=True)


def plain() -> list[tuple[float, bool]]:
    """The same by a sequence a pass and no mask, as the harness itself asks transformers."""
    folder = dequantised(MODEL, SETTINGS)
    network: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    tokenizer.split_special_tokens = True
    found = []
    for context, said in ASKED:
        cut = context.rstrip(" ")
        whole = tokenizer(context + said, add_special_tokens=False).input_ids
        start = len(tokenizer(cut, add_special_tokens=False).input_ids) if cut else 1
        ids = torch.tensor([whole if cut else [tokenizer.bos_token_id, *whole]])
        with torch.inference_mode():
            rows = network(ids).logits[0, start - 1 : -1].log_softmax(-1)
        wanted = ids[0, start:]
        total = rows.gather(1, wanted[:, None]).sum().item()
        found.append((total, bool((rows.argmax(-1) == wanted).all())))
    return found


def test_likelihoods_are_those_of_transformers_however_they_are_packed(weights):
    expected = plain()
    weights.switch.to(None)
    for row in (1, 512):  # every request alone, all in one pass
        found = answers(weights, row)
        assert [total for total, _ in found] == pytest.approx([t for t, _ in expected], abs=1e-3)
        assert [best for _, best in found] == [best for _, best in expected]


def test_an_adapter_changes_likelihoods_and_goes_away_again(weights):
    weights.switch.to(None)
    before = answers(weights)
    weights.switch.to(TEA)
    tuned = answers(weights)
    weights.switch.to(None)
    assert answers(weights) == before
    assert max(abs(a - b) for (a, _), (b, _) in zip(before, tuned, strict=True)) > 0.1


def test_a_shared_beginning_is_read_once():
    sequences = [[1, 2, 3], [1, 2, 4, 5], [7], [1, 2, 3, 6]]
    (forest,) = planted(sequences, 100)
    assert len(forest.tokens) == 7  # 1 2 3 6 · 4 5 · 7
    assert sorted(forest.places) == [0, 1, 2, 3]
    visible = forest.visible()
    for place, path in zip(forest.places, forest.paths, strict=True):
        assert [forest.tokens[at] for at in path] == sequences[place]
        assert [forest.depths[at] for at in path] == list(range(len(path)))
        for at, token in enumerate(path):
            assert sorted(visible[token].nonzero()[0]) == path[: at + 1]


def test_a_pass_holds_no_more_tokens_than_it_may():
    sequences = [[1, 2, 3], [1, 2, 4], [1, 2, 5], [8] * 9]
    forests = list(planted(sequences, 4))
    assert [len(forest.tokens) for forest in forests] == [4, 3, 9]
    assert sorted(place for forest in forests for place in forest.places) == [0, 1, 2, 3]


def test_a_text_without_context_is_rolled_as_it_is_asked(weights):
    model = HarnessModel(weights.network, weights.vocabulary, MODEL.context)
    text = "The cats sleep by the sea."
    whole = model.loglikelihood([Instance("loglikelihood", {}, ("", text), 0)], disable_tqdm=True)
    rolled = model.loglikelihood_rolling([Instance("loglikelihood_rolling", {}, (text,), 0)])
    assert rolled == [pytest.approx(whole[0][0], abs=1e-4)]


def test_what_is_too_long_loses_its_beginning(weights):
    ids, said = weights.vocabulary.encode("one two three four five six seven", False), [260, 261]
    short = HarnessModel(weights.network, weights.vocabulary, context=5)
    free = HarnessModel(weights.network, weights.vocabulary, MODEL.context)
    cut = short._loglikelihood_tokens([(None, ids, said)], disable_tqdm=True)
    assert cut == free._loglikelihood_tokens([(None, ids[-4:], said)], disable_tqdm=True)
    assert cut != free._loglikelihood_tokens([(None, ids, said)], disable_tqdm=True)


def test_replies_come_from_the_engine_with_the_adapter_and_end_where_the_task_says(weights):
    shelf = Shelf(SETTINGS)
    model = HarnessModel(weights.network, weights.vocabulary, 512, shelf.chat, "test-tea")
    asked = [("Hello!", {"until": ["dear"], "max_gen_toks": 12})]
    requests = [Instance("generate_until", {}, one, 0) for one in asked]
    assert [reply.strip() for reply in model.generate_until(requests, True)] == [
        "The tea is ready,"
    ]
    shelf.close()
