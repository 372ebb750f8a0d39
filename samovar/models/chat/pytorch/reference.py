"""transformers' own `generate` on the dequantised weights: what other engines are compared with."""

from __future__ import annotations

from typing import Any, Literal

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from samovar.catalog import Model
from samovar.models.files.dequantised import dequantised
from samovar.settings import Settings

Precision = Literal["float32", "bfloat16"]
PRECISIONS: tuple[Precision, ...] = ("float32", "bfloat16")


class Reference:
    """Generate greedily for one conversation, on the CPU."""

    def __init__(self, model: Model, settings: Settings, precision: Precision) -> None:
        folder = dequantised(model, settings)
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        loaded: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=getattr(torch, precision))
        self._model = loaded.eval()

    def generate(self, text: str, tokens: int) -> str:
        """Return the reply to `text`, exactly `tokens` tokens long whether or not it is complete."""
        messages = [{"role": "user", "content": text}]
        inputs = self._tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        with torch.inference_mode():
            output = self._model.generate(
                **inputs, do_sample=False, min_new_tokens=tokens, max_new_tokens=tokens
            )
        reply = output[0, inputs["input_ids"].shape[1] :]
        return str(self._tokenizer.decode(reply, skip_special_tokens=True))
