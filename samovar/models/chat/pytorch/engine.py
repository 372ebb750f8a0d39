"""Chat by transformers and peft: every model, the GPU, and the reference for the other engines."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.chat.local import STOPPED, LocalChat
from samovar.models.chat.pytorch.decoding import Decoder
from samovar.models.chat.pytorch.group import Row
from samovar.models.chat.pytorch.switch import PeftSwitch
from samovar.models.chat.reply_text import ReplyText
from samovar.models.chat.sampling import Draw, Grammars, Weigh
from samovar.models.chat.streaming import Emit, pieces, silent
from samovar.models.chat.vocabulary import Vocabulary
from samovar.models.files import adapters
from samovar.models.files.adapters import Adapter
from samovar.models.files.dequantised import dequantised
from samovar.records import ChatRequest, Completion
from samovar.settings import Settings

TOGETHER = 16
"""Requests of one call that run at once; the other places stay free for other callers."""
NF4_ABOVE_MB = 2000
"""Weights larger than this (1 billion parameters of 2 bytes) are packed to 4 bits on a GPU."""


class TransformersChat(LocalChat):
    """Run one model; see ChatModel for the methods. Adapters are loaded once and switched."""

    engine = "transformers"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load the model on the GPU where there is one.

        Raises:
            ModelError: the weights are missing, altered or cannot be downloaded.
            StoreError: the cache cannot be written.
        """
        super().__init__(model, settings)
        self._lock = threading.Lock()
        if settings.threads:
            torch.set_num_threads(settings.threads)
        self._folder = dequantised(model, settings)
        self._vocabulary = Vocabulary(self._folder)
        self._dialogue = self._vocabulary.dialogue(model.context)
        self._torch: Any = _loaded(model, self._folder)
        self._ends = frozenset((*self._vocabulary.ends, *_ends(self._torch)))
        switch = PeftSwitch(self._torch)
        self._decoder: Decoder | None = Decoder(self._torch, self._ends, switch.to)

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Answer all `requests`, in their order; they are batched with those of other callers."""
        cancelled = stop or threading.Event()
        rows = [self._row(request, silent, cancelled) for request in requests]
        for start in range(0, len(rows), TOGETHER):
            self._submit(rows[start : start + TOGETHER])
            for row in rows[start : start + TOGETHER]:
                row.result.exception()  # waits
        return [row.result.result() for row in rows]

    def stream(self, request: ChatRequest, stop: threading.Event | None = None) -> Iterator[str]:
        """Yield the reply in pieces of whole characters."""

        def work(emit: Emit, cancelled: threading.Event) -> Completion:
            row = self._row(request, emit, cancelled)
            self._submit([row])
            return row.result.result()

        return pieces(work, stop)

    def weigh(
        self, request: ChatRequest, words: Sequence[str], stop: threading.Event | None = None
    ) -> NDArray[np.float64]:
        """Return how likely the reply begins with each of `words`; see ChatModel."""
        draw = Weigh([self._vocabulary.encode(word, False)[0] for word in words])
        row = self._row(request, silent, stop or threading.Event())
        row.limit, row.draw = 1, draw
        self._submit([row])
        row.result.result()
        if draw.weights is None:
            raise ModelError(STOPPED)
        return draw.weights

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`, special tokens not parsed."""
        return self._vocabulary.count(text)

    def close(self) -> None:
        """Free the memory as soon as no request runs any more."""
        with self._lock:
            self._torch = self._decoder = None

    @cached_property
    def _grammars(self) -> Grammars:
        size = self._torch.get_output_embeddings().weight.shape[0]
        return Grammars(AutoTokenizer.from_pretrained(self._folder), size, sorted(self._ends))

    def _submit(self, rows: list[Row]) -> None:
        decoder = self._decoder
        if decoder is None:
            raise self._closed()
        decoder.submit(rows)

    def _row(self, request: ChatRequest, emit: Emit, stop: threading.Event) -> Row:
        ids = self._dialogue.ids(request)
        with self._lock:
            if self._torch is None:
                raise self._closed()
            grammar = None if request.schema is None else self._grammars.follow(request.schema)
        return Row(
            prompt=ids,
            limit=self._dialogue.room(ids, request),
            draw=Draw(request.sampling, grammar),
            text=ReplyText(self._vocabulary.tokenizer, (*self._dialogue.stop, *request.stop)),
            emit=emit,
            stop=stop,
            adapter=self._adapter(request.adapter),
        )

    def _adapter(self, name: str | None) -> Adapter | None:
        adapter = super()._adapter(name)
        if adapter is not None:
            adapters.updates(adapter)  # damaged or unsuitable matrices are refused before decoding
        return adapter


def _loaded(model: Model, folder: Path) -> Any:
    """Load in bfloat16 or NF4 on a GPU; in float32 on a CPU, from the Hub in bfloat16 if it has that.

    Without instructions for them bfloat16 products are several times slower than float32 ones.
    """
    options: dict[str, Any] = {"dtype": torch.bfloat16}
    if torch.cuda.is_available():
        options["device_map"] = "cuda"
        if model.source == "hub" and model.size_mb > NF4_ABOVE_MB:
            options["quantization_config"] = _nf4()
    elif model.source == "pypi" or not torch.ops.mkldnn._is_mkldnn_bf16_supported():
        options["dtype"] = torch.float32
    loaded: Any = AutoModelForCausalLM.from_pretrained(folder, **options)
    return loaded.eval()


def _nf4() -> Any:
    config: Any = BitsAndBytesConfig
    return config(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )


def _ends(loaded: Any) -> tuple[int, ...]:
    """Return the ids that end a reply: a model may have several, such as Qwen's two."""
    ends = loaded.generation_config.eos_token_id
    return tuple(ends) if isinstance(ends, list) else () if ends is None else (ends,)
