"""A chat model with a larger vocabulary that continues a text, and its base beside it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModelForCausalLM, StoppingCriteriaList

from samovar.models.vocabulary.merged import merge


class Continuing:
    """Hold one model that writes as the larger one and as its base: only the new rows and a LoRA differ.

    Its base is the same weights without the LoRA, and never draws one of the new ids.
    """

    def __init__(
        self, base: Path, first: int, rows: NDArray[np.float32], adapter: Path | None
    ) -> None:
        """Load the folder `base`, put `rows` in from id `first` on, and the LoRA of folder `adapter`.

        Raises:
            ModelError: the rows do not fit.
        """
        model: Any = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
        merge(model, first, rows)
        if adapter is not None:
            from peft import PeftModel

            model = PeftModel.from_pretrained(model, adapter)
        self._model = model.eval()
        self._adapted = adapter is not None
        self._new = list(range(first, len(model.get_input_embeddings().weight)))
        self._lock = threading.Lock()

    def written(
        self, ids: Sequence[int], most: int, grown: bool, stop: threading.Event
    ) -> list[int]:
        """Return the likeliest ids after `ids`, at most `most`; `stop` ends them early."""
        given = torch.tensor([list(ids)])
        plain = self._model.disable_adapter() if self._adapted and not grown else nullcontext()
        with self._lock, torch.no_grad(), plain:
            out = self._model.generate(
                input_ids=given,
                attention_mask=torch.ones_like(given),
                max_new_tokens=most,
                do_sample=False,
                pad_token_id=ids[0],
                suppress_tokens=None if grown else self._new,
                stopping_criteria=StoppingCriteriaList([lambda *_: stop.is_set()]),
            )
        return [int(id) for id in out[0, len(ids) :]]
