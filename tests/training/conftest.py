"""A chat model of 90,000 random weights with a tokenizer of its own, and pairs to train on."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samovar.settings import ROOT, Settings

WORDS = "turn on the lamp in kitchen play some quiet music book a table for two".split()
TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
PATIENCE = 280
"""Seconds for one process, on a machine that does other things as well."""
RECIPE = """\
name: tiny
base: smollm2-135m-instruct
pairs: [pairs.jsonl]
format: plain
held_out: 8
lora:
  rank: 4
  alpha: 8
  dropout: {dropout}
training:
  seed: 3
  epochs: {epochs}
  batch: 8
  learning_rate: 1e-2
  precision: {precision}
  log_every: 5
  validate_every: 10
  save_every: 5
"""


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Products of 64 columns are faster without threads, above all on a busy machine."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the model."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM

    folder = tmp_path_factory.mktemp("tiny")
    specials = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: at for at, piece in enumerate([*specials, *letters])}
    tokenizer = Tokenizer(models.BPE(vocabulary, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(specials)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"bos_token": "<|im_start|>", "eos_token": "<|im_end|>", "chat_template": TEMPLATE}
    config["tokenizer_class"] = "PreTrainedTokenizerFast"
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    torch.manual_seed(0)
    shape = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=64,  # NF4 packs blocks of 64
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=512,
        tie_word_embeddings=True,
    )
    LlamaForCausalLM(shape).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with pairs.jsonl."""
    draw = random.Random(0)
    rows = []
    for _ in range(120):
        words = draw.choices(WORDS, k=draw.randint(2, 6))
        rows.append({"source": " ".join(words), "target": " ".join(reversed(words))})
    folder = tmp_path_factory.mktemp("data")
    text = "".join(json.dumps(row | {"language": "en", "origin": "samovar"}) + "\n" for row in rows)
    (folder / "pairs.jsonl").write_text(text)
    return folder


Arguments = Callable[..., list[str]]
Launch = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="session")
def arguments(tiny: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Arguments:
    """`arguments(out, *options, epochs=2)` are those of a training's command line."""

    def written(
        out: Path,
        *options: str,
        epochs: int = 2,
        dropout: float = 0.1,
        precision: str = "fp32",
    ) -> list[str]:
        config = tmp_path_factory.mktemp("config") / "tiny.yaml"
        config.write_text(RECIPE.format(epochs=epochs, dropout=dropout, precision=precision))
        places = ("--out", str(out), "--data-dir", str(data), "--base", str(tiny))
        return [str(config), *places, *options]

    return written


@pytest.fixture(scope="session")
def launch(arguments: Arguments) -> Launch:
    """`launch(out, *options, epochs=2)` starts a training in a process of its own."""

    def started(
        out: Path, *options: str, prefix: tuple[str, ...] = (), **settings: object
    ) -> subprocess.Popen[str]:
        given = arguments(out, *options, **settings)
        return subprocess.Popen(
            [sys.executable, *prefix, "-m", "training.chat", *given],
            cwd=ROOT,
            env={**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return started


@pytest.fixture(scope="session")
def trained(launch: Launch) -> Callable[..., Path]:
    """`trained(out, …)` does the same, waits for its end and returns `out`."""

    def finished(out: Path, *options: str, **settings: object) -> Path:
        process = launch(out, *options, **settings)
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said[-3000:]
        return out

    return finished


@pytest.fixture(scope="session")
def small_e5_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny multilingual-e5-small."""
    import small_e5

    return small_e5.write(tmp_path_factory.mktemp("small-e5"))


@pytest.fixture
def small_e5(small_e5_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Let it stand for the real one, in training and in serving; settings with folders of their own."""
    from samovar.models.encoders import encoding

    monkeypatch.setattr(encoding, "folder", lambda model, settings: small_e5_folder)
    return replace(Settings.from_env(), assets=tmp_path / "assets", cache=tmp_path / "cache")


@pytest.fixture
def options(tmp_path: Path) -> Namespace:
    """The command line of a recipe, whose run lies in tmp_path."""
    return Namespace(data_dir=tmp_path, out=tmp_path / "run", base=None, fresh=False, resume=False)


@pytest.fixture
def journeys_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the journeys be the only annotated texts there are."""
    import journeys

    from training.entities import corpora

    monkeypatch.setattr(corpora, "hashed", lambda parts, data_dir: {})
    monkeypatch.setattr(corpora, "texts", lambda part, data_dir: journeys.texts())
