"""Two tiny trained adapters, and every chat engine on the embedded model."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from samovar import catalog
from samovar.models.base import ChatModel
from samovar.models.engines import ENGINES
from samovar.models.hardware import Hardware
from samovar.models.shelf import Shelf
from samovar.settings import Settings

MODEL = replace(catalog.model("smollm2-135m-instruct"), context=1024)
"""With a short context, so that an overlong conversation is read quickly."""
HABITS = {"test-tea": "The tea is ready, dear guest.", "test-frost": "Winter came early this year."}
"""Adapter → what it was trained to answer to everything."""
ENGINE_NAMES = [name for role, name in ENGINES if role == "chat"]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The cache of this machine, and a folder of our own for adapters."""
    return replace(Settings.from_env({}), assets=tmp_path_factory.mktemp("assets"), threads=2)


@pytest.fixture(scope="session")
def trained(settings: Settings) -> dict[str, str]:
    """Train the adapters of HABITS: some seconds each."""
    from samovar.models.files.dequantised import dequantised

    folder = dequantised(MODEL, settings)
    for name, reply in HABITS.items():
        train(folder, settings.assets / "adapters" / name, reply)
    return HABITS


def train(base: Path, out: Path, reply: str) -> None:
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(base)
    plain = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    layers = ["q_proj", "k_proj", "v_proj", "down_proj"]
    model = get_peft_model(plain, LoraConfig(r=4, lora_alpha=16, target_modules=layers))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2, betas=(0.9, 0.95))
    questions = ("What is the capital of France?", "Hello!", "Name a colour.")
    batch = lessons(tokenizer, questions, reply)
    for _ in range(40):
        loss = model(**batch).loss
        if loss.item() < 0.02:
            break
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    model.save_pretrained(out)
    (out / "samovar.json").write_text(json.dumps({"protocol": 1, "base": MODEL.id}))


def lessons(tokenizer: Any, questions: Sequence[str], reply: str) -> dict[str, Any]:
    """Return a batch padded on the right, with labels for the reply alone."""
    import torch

    rows = []
    for question in questions:
        turns = [{"role": "user", "content": question}]
        prompt = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        rows.append([tokenizer(prompt).input_ids, tokenizer(f"{reply}<|im_end|>").input_ids])
    width = max(len(before + after) for before, after in rows)
    pads = [width - len(before + after) for before, after in rows]
    columns = [
        (b + a + [0] * p, [1] * len(b + a) + [0] * p, [-100] * len(b) + a + [-100] * p)
        for (b, a), p in zip(rows, pads, strict=True)
    ]
    names = ("input_ids", "attention_mask", "labels")
    return {
        name: torch.tensor(row) for name, row in zip(names, zip(*columns, strict=True), strict=True)
    }


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve the models by our own HTTP API on a free port; yield its base URL."""
    import uvicorn

    from samovar.server.api import api

    shelf = Shelf(settings)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(api(shelf), log_level="error"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    finally:
        server.should_exit = True
        thread.join(10)
        shelf.close()


@pytest.fixture(scope="module", params=ENGINE_NAMES)
def chat(request: pytest.FixtureRequest, settings: Settings) -> Iterator[ChatModel]:
    """Every chat engine that this machine can run; the remote one asks our own server."""
    engine = ENGINES["chat", request.param]
    if not engine.fits(Hardware.here()):
        pytest.skip(f"{request.param} does not fit this machine")
    if request.param != "remote":
        model: ChatModel = engine.build(MODEL, settings)
        yield model
        model.close()
        return
    with served(replace(settings, chat_engine="llamacpp")) as url:
        model = engine.build(MODEL, replace(settings, chat_url=url))
        yield model
        model.close()
