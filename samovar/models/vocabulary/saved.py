"""A base with new rows, written as a folder of transformers and proved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from transformers import AutoModelForCausalLM, AutoTokenizer

from samovar.models.vocabulary.merged import merge
from samovar.models.vocabulary.proof import Proof, prove, witness


def saved(
    base: Path,
    out: Path,
    first: int,
    rows: NDArray[np.float32],
    head: NDArray[np.float32] | None,
    adapter: Path | None,
    samples: Sequence[Sequence[int]],
) -> Proof:
    """Write the model of folder `base` with `rows` from id `first` on to `out`, and return the proof.

    `head` are the rows of an output layer of its own, `adapter` is the folder of a LoRA to merge,
    `samples` are token ids of texts that hold the new ids.

    Raises:
        ModelError: the rows do not fit, or the written model is not the merged one.
    """
    model = AutoModelForCausalLM.from_pretrained(base, dtype="auto")
    before = witness(model)
    merge(model, first, rows, head)
    if adapter is not None:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, adapter).merge_and_unload()
    return prove(model, before, first, samples, out)


def read_again(folder: Path, texts: Sequence[str]) -> list[list[int]]:
    """Return the ids that plain transformers gives to `texts` with the tokenizer in `folder`."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    return [list(tokenizer(text, add_special_tokens=False).input_ids) for text in texts]
