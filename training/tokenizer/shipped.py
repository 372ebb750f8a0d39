"""The trained rows, and the LoRA that was trained on them, as they ship in assets/vocabularies."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from samovar import catalog
from samovar.figures import provenance
from samovar.models.files.adapters import FILES
from samovar.tokenizer.export.folder import ADAPTER, Contents, write_rows
from samovar.tokenizer.export.rows_file import NewRows
from training.frame import export
from training.tokenizer import network, states
from training.tokenizer.material import Material
from training.tokenizer.plan import TokenizerRecipe
from training.tokenizer.states import Place


def shipped(recipe: TokenizerRecipe, material: Material, place: Place, folder: Path) -> Path:
    """Write the state that ships into `folder`: its rows, its LoRA as bf16 where it has one, the card.

    Raises:
        InputError: that state is not there, or has changed rows of the base.
        StoreError: a file cannot be written, or would be too large for the repository.
    """
    chosen = recipe.shipped()
    model, _ = states.model_at(chosen, chosen.reached, material, place)
    matrix = model.get_input_embeddings().weight.detach().cpu().numpy()
    extension, first = material.extension, material.extension.first
    rows = NewRows(
        terms=extension.terms,
        case=extension.case,
        added=extension.added,
        first=first,
        embedding=matrix[first : first + len(extension.added)].astype(np.float32),
        output=None,
        origin=f"{recipe.name}, {chosen.name}, {provenance.commit()}",
    )
    adapter = place.folder / ADAPTER if network.lora(model) else None
    if adapter is not None:
        _write_adapter(adapter, model, recipe.base)
    shutil.rmtree(folder, ignore_errors=True)
    row = catalog.model(recipe.base)
    write_rows(folder, Contents(row, place.base, matrix, extension, rows, adapter), "en")
    export.fits(folder)
    return folder


def _write_adapter(folder: Path, model: Any, base: str) -> None:
    from peft import get_peft_model_state_dict

    config = model.peft_config["default"].to_dict()
    tensors = get_peft_model_state_dict(model, save_embedding_layers=False)
    export.write(folder, config, tensors, {"base": base, "role": "chat"})
    path = folder / FILES[1]
    held = {name: tensor.to(torch.bfloat16) for name, tensor in load_file(path).items()}
    save_file(held, path, {"format": "pt"})
