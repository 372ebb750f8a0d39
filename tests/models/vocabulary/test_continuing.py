"""A small random Llama, whose larger vocabulary has two ids more, writes as both."""

import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

from samovar.models.vocabulary.continuing import Continuing

FIRST, WIDE, MOST = 40, 16, 6
ASKED = (1, 2, 3)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(3)
    config = LlamaConfig(
        vocab_size=FIRST,
        hidden_size=WIDE,
        intermediate_size=24,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        tie_word_embeddings=True,
        eos_token_id=None,
    )
    folder = tmp_path_factory.mktemp("base")
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def loud(base: Path) -> np.ndarray:
    """Return rows that win against all others after ASKED."""
    model = LlamaForCausalLM.from_pretrained(base)
    with torch.no_grad():
        last = model.model(torch.tensor([ASKED])).last_hidden_state[0, -1].numpy()
    return np.stack([last, last]).astype(np.float32)


def plain(base: Path) -> list[int]:
    model = LlamaForCausalLM.from_pretrained(base)
    out = model.generate(torch.tensor([ASKED]), max_new_tokens=MOST, do_sample=False)
    return out[0, len(ASKED) :].tolist()


def test_only_the_larger_one_writes_new_tokens(base: Path) -> None:
    pair = Continuing(base, FIRST, loud(base), None)
    assert pair.written(ASKED, MOST, True, threading.Event())[0] >= FIRST
    assert pair.written(ASKED, MOST, False, threading.Event()) == plain(base)


def test_the_base_writes_without_the_lora(base: Path, tmp_path: Path) -> None:
    torch.manual_seed(4)
    config = LoraConfig(r=4, target_modules=["q_proj", "down_proj"], init_lora_weights=False)
    adapted = get_peft_model(LlamaForCausalLM.from_pretrained(base), config)
    for name, weight in adapted.named_parameters():
        weight.data *= 40 if "lora" in name else 1
    adapted.save_pretrained(tmp_path)
    quiet = np.zeros((2, WIDE), np.float32)
    pair = Continuing(base, FIRST, quiet, tmp_path)
    assert pair.written(ASKED, MOST, False, threading.Event()) == plain(base)
    assert pair.written(ASKED, MOST, True, threading.Event()) != plain(base)


def test_stop_ends_it_early(base: Path) -> None:
    stop = threading.Event()
    stop.set()
    pair = Continuing(base, FIRST, np.zeros((2, WIDE), np.float32), None)
    assert len(pair.written(ASKED, MOST, True, stop)) == 1
