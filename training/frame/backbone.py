"""The frozen model under an adapter: the faster of bf16 and fp32 on a CPU, NF4 on a GPU.

NF4 with double quantisation also runs on a CPU, for which bitsandbytes unpacks every layer twice a step:
it is taken where the memory holds nothing larger.
"""

from __future__ import annotations

import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import torch

from training.frame.recipe import Lora, Training

WORKING = 1.6
"""Memory of a training run beside the weights: gradients, activations and AdamW's state; 12 GB for the
7 GB of a 1.5B model in fp32."""


def load(
    kind: Any, folder: Path, training: Training, device: torch.device, attention: str = "sdpa"
) -> Any:
    """Return the model in `folder` by `kind` (such as AutoModelForCausalLM), its weights frozen.

    `attention` is transformers' name of an implementation; eager is faster for short texts on a CPU.
    """
    options: dict[str, Any] = {
        "dtype": dtype(training, device),
        "attn_implementation": attention,
    }
    packed = quantised(training, device, folder)
    if packed:
        options |= {"quantization_config": _nf4(options["dtype"]), "device_map": {"": device}}
    model = kind.from_pretrained(folder, **options)
    model.requires_grad_(False)
    return model if packed else model.to(device)


def kept_as(model: Any) -> str:
    """Return the form of the frozen weights: nf4, or their type, such as float32."""
    kinds = Counter(type(weight).__name__ for weight in model.parameters())
    if "Params4bit" in kinds:
        return "nf4"
    largest = max(model.parameters(), key=torch.Tensor.numel)
    return str(largest.dtype).removeprefix("torch.")


def bert(folder: Path, training: Training, device: torch.device, dropout: float = 0.0) -> Any:
    """Return the BERT in `folder`, its weights frozen and its own dropout set.

    It is zero unless told: random numbers cost a CPU a third of a step (docs/LOG.md).
    """
    from transformers import AutoModel

    base = load(AutoModel, folder, training, device, attention="eager")
    for part in base.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = dropout
    return base


def tuned(base: Any, lora: Lora) -> Any:
    """Return `base`, a BERT, under LoRA on the layers that `lora` names, such as output.dense."""
    from peft import LoraConfig, get_peft_model

    names = "|".join(name.replace(".", r"\.") for name in lora.layers)
    config = LoraConfig(
        r=lora.rank,
        lora_alpha=lora.alpha,
        lora_dropout=lora.dropout,
        target_modules=rf"encoder\.layer\.\d+\.({names})",
    )
    return get_peft_model(base, config)


def dtype(training: Training, device: torch.device) -> torch.dtype:
    """Return the type of the frozen base's numbers and of the products; auto asks the machine."""
    auto = torch.bfloat16 if multiplies_bf16(device) else torch.float32
    return {"auto": auto, "bf16": torch.bfloat16, "fp32": torch.float32}[training.precision]


@cache
def multiplies_bf16(device: torch.device) -> bool:
    """Tell whether bf16 products are faster than fp32 ones; a CPU is timed (a tenth of a second).

    Its flags mislead: one with AVX-512 and bf16, but without AMX, took 1.8 times longer in bf16.
    """
    if device.type != "cpu":
        return True
    if not torch.ops.mkldnn._is_mkldnn_bf16_supported():
        return False
    return _seconds(torch.bfloat16) < _seconds(torch.float32)


def _seconds(dtype: torch.dtype) -> float:
    """Return what one product of the size of a small decoder's layer takes, the best of five."""
    batch, layer = torch.ones(512, 1536, dtype=dtype), torch.ones(1536, 1536, dtype=dtype)
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        torch.nn.functional.linear(batch, layer)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def autocast(training: Training, device: torch.device) -> Any:
    """Return the context in which products are computed in `dtype`."""
    chosen = dtype(training, device)
    return torch.autocast(device.type, torch.bfloat16, enabled=chosen == torch.bfloat16)


def quantised(training: Training, device: torch.device, folder: Path) -> bool:
    """Tell whether the base in `folder` is packed to 4 bits (QLoRA); auto asks device and memory."""
    if training.quantise != "auto":
        return training.quantise == "nf4"
    if device.type == "cuda":
        return True
    size = sum(path.stat().st_size for path in folder.glob("*.safetensors"))
    stored = 2 if size > 10**9 else 4  # bytes a weight, see samovar/models/files/dequantised.py
    needed = size / stored * dtype(training, device).itemsize * WORKING
    return bool(psutil.virtual_memory().available < needed)


def _nf4(computed: torch.dtype) -> Any:
    from transformers import BitsAndBytesConfig

    config: Any = BitsAndBytesConfig
    return config(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=computed,
    )
