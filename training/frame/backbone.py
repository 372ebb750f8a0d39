"""The frozen model under an adapter: bf16 or fp32 on a CPU, NF4 with double quantisation on a GPU."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from training.frame.recipe import Lora, Training


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
    if quantised(training, device):
        options |= {"quantization_config": _nf4(), "device_map": {"": device}}
    model = kind.from_pretrained(folder, **options)
    model.requires_grad_(False)
    return model if quantised(training, device) else model.to(device)


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


def multiplies_bf16(device: torch.device) -> bool:
    """Tell whether bf16 products are fast: on a CPU without instructions for them fp32 is faster."""
    return device.type != "cpu" or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def autocast(training: Training, device: torch.device) -> Any:
    """Return the context in which products are computed in `dtype`."""
    chosen = dtype(training, device)
    return torch.autocast(device.type, torch.bfloat16, enabled=chosen == torch.bfloat16)


def quantised(training: Training, device: torch.device) -> bool:
    """Tell whether the base is packed to 4 bits (QLoRA)."""
    return {"auto": device.type == "cuda", "nf4": True, "none": False}[training.quantise]


def _nf4() -> Any:
    from transformers import BitsAndBytesConfig

    config: Any = BitsAndBytesConfig
    return config(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )
