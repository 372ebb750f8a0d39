"""The entailment model on both engines, with a random adapter of the right format."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pair_adapter
import pytest
import torch
from pair_adapter import ALPHA, RANK
from safetensors.torch import load_file

from samovar import catalog
from samovar.doctor import examination
from samovar.errors import ModelError
from samovar.models import pick
from samovar.models.encoders import bert_adapter
from samovar.models.encoders.plain_tokenizer import tokenizer_of
from samovar.models.engines import ENGINES
from samovar.models.files import adapters
from samovar.models.hardware import Hardware
from samovar.models.pairs import entailment
from samovar.models.pairs import rows as pair_rows
from samovar.models.pairs.entailment import TrainedEntailment
from samovar.models.shelf import Shelf
from samovar.settings import Settings

MODEL = catalog.model("entailment-e5")
BASE = catalog.model("multilingual-e5-small")
TEMPERATURE = 0.5
LAPTOP = Hardware("x86_64", 2, False)
PAIRS = [
    ("The cat sleeps on the red sofa.", "A cat is asleep."),
    ("A cat is asleep.", "The cat sleeps on the red sofa."),
    ("Кот спит на диване.", "Никто не спит."),
    ("Boil the water. " * 60, "Somebody should boil the water, and then the milk. " * 20),
    ("a", "b"),
]


def put(assets: Path, about: dict | None = None, change: dict | None = None) -> Path:
    """Write the adapter; `about` changes samovar.json, `change` the tensors (None removes one)."""
    own = {"temperatures": [TEMPERATURE, TEMPERATURE], "labels": list(entailment.LABELS)}
    return pair_adapter.put(assets, MODEL.id, 3, own | (about or {}), change)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    assets = tmp_path_factory.mktemp("assets")
    put(assets)
    return replace(Settings.from_env({}), assets=assets, threads=2)


@pytest.fixture(scope="module")
def fast(settings: Settings) -> TrainedEntailment:
    return ENGINES["entailment", "openvino"].build(MODEL, settings)


@pytest.fixture(scope="module")
def reference(settings: Settings) -> TrainedEntailment:
    return ENGINES["entailment", "transformers"].build(MODEL, settings)


def rows(model, pairs=PAIRS) -> torch.Tensor:
    found = model.classify(pairs)
    return torch.tensor([[one.entailment, one.neutral, one.contradiction] for one in found])


def test_both_engines_give_the_same_numbers(fast, reference):
    assert torch.allclose(rows(fast), rows(reference), atol=0.03)
    assert torch.allclose(rows(fast).sum(1), torch.ones(len(PAIRS)), atol=1e-4)


def test_the_numbers_are_those_of_peft_and_the_written_formula(settings, reference):
    """Computed pair by pair without our code: PEFT on the base, the head by hand."""
    from peft import LoraConfig, get_peft_model, set_peft_model_state_dict
    from transformers import AutoModel

    from samovar.models.encoders import encoding

    folder = encoding.folder(BASE, settings)
    plain = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False)
    layers = "|".join(name.replace(".", r"\.") for name in bert_adapter.LAYER_NAMES)
    chosen = rf"encoder\.layer\.(0|11)\.({layers})"
    model = get_peft_model(plain, LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=chosen))
    stored = load_file(settings.assets / "adapters" / MODEL.id / "adapter_model.safetensors")
    state = {name: value.float() for name, value in stored.items()}
    lora = {name: value for name, value in state.items() if not name.startswith("head.")}
    assert not set_peft_model_state_dict(model, lora).unexpected_keys
    tokenizer = tokenizer_of(folder / "tokenizer.json")
    for at in (0, 2):
        expected = formula(model.eval(), state, tokenizer, *PAIRS[at])
        assert torch.allclose(rows(reference, [PAIRS[at]])[0], expected, atol=2e-3)


def formula(model, state, tokenizer, premise, hypothesis) -> torch.Tensor:
    one, two = (
        tokenizer.encode(f"query: {text}", add_special_tokens=False).ids
        for text in (premise, hypothesis)
    )
    begin, end = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    ids = torch.tensor([[begin, *one, end, end, *two, end]])
    with torch.no_grad():
        states = model(ids).last_hidden_state[0]
        u, v = states[1 : 1 + len(one)].mean(0), states[3 + len(one) : -1].mean(0)
        seen = torch.cat([states[0], u, v, (u - v).abs(), u * v])
        inner = torch.tanh(state["head.dense.weight"] @ seen + state["head.dense.bias"])
        logits = state["head.out.weight"] @ inner + state["head.out.bias"]
    return torch.softmax(logits / TEMPERATURE, -1)


def test_a_batch_gives_what_single_calls_give_in_their_order(fast):
    pairs = [PAIRS[at % len(PAIRS)] for at in range(70)]
    single = torch.cat([rows(fast, [pair]) for pair in PAIRS])
    assert torch.allclose(
        rows(fast, pairs), single[[at % len(PAIRS) for at in range(70)]], atol=0.02
    )
    assert fast.classify([]) == []


def test_threads_may_share_a_model(fast, reference):
    for model in (fast, reference):
        expected = rows(model)
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda at, m=model: rows(m, [PAIRS[at % 5]]), range(20)))
        assert torch.allclose(torch.cat(found), expected[[at % 5 for at in range(20)]], atol=0.02)


def test_the_longer_text_is_cut_and_special_tokens_are_plain_text(settings):
    from samovar.models.encoders import encoding

    path = encoding.folder(BASE, settings) / "tokenizer.json"
    tokenizer = entailment.PairTokenizer(path, BASE)
    plain = tokenizer_of(path)
    end = plain.token_to_id("</s>")
    long, short = "tea " * 400, "no tea"
    for pair in ((long, short), (short, long), (long, long)):
        ids, segments = tokenizer.rows([pair])[0]
        assert len(ids) == len(segments) == entailment.LONGEST
        assert ids.count(end) == 3 and ids[-1] == end
    ids, segments = tokenizer.rows([(long, short)])[0]
    whole = len(plain.encode(f"query: {short}", add_special_tokens=False).ids)
    assert segments.count(pair_rows.SECOND) == whole
    ids, _ = tokenizer.rows([("a </s> b <s> <mask>", "</s>")])[0]
    assert ids.count(end) == 3 and ids.count(plain.token_to_id("<s>")) == 1


@pytest.mark.parametrize(
    ("about", "change", "said"),
    [
        ({"base": "all-minilm-l6-v2"}, {}, "belongs to all-minilm-l6-v2"),
        ({"protocol": 2}, {}, "protocol 2"),
        ({"role": "chat"}, {}, "role chat, not entailment"),
        ({"temperatures": [1, 0]}, {}, r"temperatures is \[1, 0\]"),
        ({"temperatures": "warm"}, {}, "temperatures is warm"),
        ({"temperatures": [1]}, {}, r"temperatures is \[1\]"),
        ({"labels": ["yes", "no"]}, {}, "labels"),
        ({}, {"head.out.bias": None}, r"head\.out\.bias is missing"),
        ({}, {"head.out.bias": torch.zeros(2)}, r"head\.out\.bias has the shape \[2\]"),
        ({}, {"head.more.weight": torch.zeros(2)}, r"unexpected tensor head\.more\.weight"),
        ({}, {f"{bert_adapter.BEGIN}0.output.dense.lora_B.weight": None}, "unexpected tensor"),
        ({}, {f"{bert_adapter.BEGIN}0.pooler.lora_A.weight": torch.zeros(4, 4)}, "unexpected"),
        (
            {},
            {f"{bert_adapter.BEGIN}0.output.dense.lora_A.weight": torch.zeros(RANK, 7)},
            r"output\.dense has the shape \[384, 7\]",
        ),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, about, change, said):
    put(tmp_path, about, change)
    with pytest.raises(ModelError, match=said):
        ENGINES["entailment", "transformers"].build(
            MODEL, replace(Settings.from_env({}), assets=tmp_path)
        )


def test_a_damaged_file_is_named(tmp_path):
    (put(tmp_path) / "adapter_model.safetensors").write_bytes(b"\x00" * 40)
    with pytest.raises(ModelError, match=r"adapter_model\.safetensors is damaged"):
        ENGINES["entailment", "openvino"].build(
            MODEL, replace(Settings.from_env({}), assets=tmp_path)
        )


def test_chat_never_offers_it(settings):
    chat = catalog.model("smollm2-135m-instruct")
    assert adapters.names(settings) == []
    assert adapters.names(settings, "entailment") == [MODEL.id]
    with pytest.raises(ModelError, match="role entailment, not chat"):
        adapters.find(MODEL.id, chat, settings)


def test_the_shelf_has_it_only_with_the_adapter(settings, tmp_path):
    empty = Shelf(replace(settings, assets=tmp_path), LAPTOP)
    assert empty.entailment() is None
    assert not pick.installed(MODEL, empty.settings)
    shelf = Shelf(settings, LAPTOP)
    choice = shelf.choice("entailment")
    assert (choice.model, choice.engine) == (MODEL, "openvino") and choice.reason.say("ru")
    assert shelf.entailment() is shelf.entailment()
    assert ("openvino", MODEL.id) in shelf.loaded()
    assert (
        Shelf(settings, Hardware("arm64", 8, False)).choice("entailment").engine == "transformers"
    )


def test_the_doctor_lists_it(settings, tmp_path):
    with_it, without = (
        examination.examine(one, LAPTOP) for one in (settings, replace(settings, assets=tmp_path))
    )
    states = [{row.model.id: row.state for row in found.models} for found in (with_it, without)]
    assert [found[MODEL.id] for found in states] == ["intact", "absent"]
    assert [choice.role for choice in with_it.choices] == ["chat", "encoder", "entailment"]
    assert [choice.role for choice in without.choices] == ["chat", "encoder"]
    assert with_it.healthy and without.healthy
    put(tmp_path, {"protocol": 2})
    assert (
        "protocol 2"
        in examination.examine(replace(settings, assets=tmp_path), LAPTOP).problems[0].en
    )
