"""Chat by OpenVINO GenAI: the fastest engine on an x86 CPU, all requests in one running batch."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from samovar.catalog import Model
from samovar.models.chat import grammar
from samovar.models.chat.local import LocalChat
from samovar.models.chat.openvino import graph
from samovar.models.chat.openvino.reply import Reply
from samovar.models.chat.openvino.stepper import BLOCK, Pipeline, Stepper, failure
from samovar.models.chat.reply_text import ReplyText
from samovar.models.chat.vocabulary import Vocabulary
from samovar.models.files import dequantised
from samovar.models.files.adapters import Adapter
from samovar.models.files.memory import release, trim
from samovar.records import ChatRequest, Completion
from samovar.settings import Settings

BLOCKS = 512
"""Of the cache, for each set of weights: 16,384 tokens. `cache_size=1` grew to 1 GB each."""


class OpenVinoChat(LocalChat):
    """Run one Llama-like GGUF model; see ChatModel for the methods.

    Each adapter is merged into weights of its own, kept on disk, and has a pipeline of its own.
    """

    engine = "openvino"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load the base model: 2 s, and 15 s more the first time.

        Raises:
            ModelError: the weights are missing, altered or of another architecture.
            StoreError: the cache cannot be written.
        """
        super().__init__(model, settings)
        self._vocabulary = Vocabulary(dequantised.tokenizer(model, settings))
        self._dialogue = self._vocabulary.dialogue(model.context)
        self._stepper = Stepper(settings.pipelines)
        self._closing = weakref.finalize(self, self._stepper.close)  # runs at exit, too
        self._submit([], None)

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Answer all `requests`, in their order; they are batched with those of other callers."""
        adapters = {request.adapter: self._adapter(request.adapter) for request in requests}
        replies = [self._reply(request, stop) for request in requests]
        try:
            for name, adapter in adapters.items():
                own = zip(replies, requests, strict=True)
                self._submit([reply for reply, request in own if request.adapter == name], adapter)
            return [reply.completion() for reply in replies]
        finally:
            for reply in replies:
                reply.abandoned.set()

    def stream(self, request: ChatRequest, stop: threading.Event | None = None) -> Iterator[str]:
        """Yield the reply in pieces of whole characters."""
        adapter = self._adapter(request.adapter)
        reply = self._reply(request, stop)
        self._submit([reply], adapter)
        yield from reply.pieces()

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`, special tokens not parsed."""
        return self._vocabulary.count(text)

    def close(self) -> None:
        """Free the memory; replies that are under way end with a ModelError."""
        self._closing()

    def _reply(self, request: ChatRequest, stop: threading.Event | None) -> Reply:
        prompt = self._dialogue.ids(request)
        config = _config(request, self._dialogue.room(prompt, request), self._vocabulary.ends)
        ends = (*self._dialogue.stop, *request.stop)
        return Reply(prompt, config, ReplyText(self._vocabulary.tokenizer, ends), stop)

    def _submit(self, replies: Sequence[Reply], adapter: Adapter | None) -> None:
        key = adapter.digest if adapter else ""
        self._stepper.submit(key, lambda: self._load(adapter), replies)

    def _load(self, adapter: Adapter | None) -> Pipeline:
        from openvino_genai import ContinuousBatchingPipeline, SchedulerConfig

        folder = graph.folder(self._model, self._settings, adapter)
        scheduling = SchedulerConfig()
        scheduling.num_kv_blocks = max(BLOCKS, self._model.context // BLOCK + 2)
        scheduling.enable_prefix_caching = True
        properties: dict[str, object] = {"INFERENCE_PRECISION_HINT": "f32"}
        if self._settings.threads:
            properties["INFERENCE_NUM_THREADS"] = self._settings.threads
        try:
            engine = ContinuousBatchingPipeline(folder, scheduling, "CPU", properties)
        except RuntimeError as error:
            raise failure(error) from error
        _pack(engine, self._vocabulary.ends)
        release((folder / graph.XML).with_suffix(".bin"))
        trim()
        return Pipeline(engine, scheduling.num_kv_blocks)


def _pack(engine: Any, ids: Sequence[int]) -> None:
    """Answer one token to nobody: the weights are packed for the CPU with the first step."""
    from openvino import Tensor

    config = _config(ChatRequest(()), 1, ())
    handle = engine.add_request(0, Tensor(np.array([ids or (1,)], np.int64)), config)
    while engine.has_non_finished_requests():
        engine.step()
    handle.read_all()


def _config(request: ChatRequest, limit: int, ends: tuple[int, ...]) -> Any:
    """Return GenAI's form of the request's settings."""
    from openvino_genai import GenerationConfig, StructuredOutputConfig

    sampling = request.sampling
    config = GenerationConfig()
    config.apply_chat_template = False
    config.max_new_tokens = limit
    config.stop_token_ids = set(ends)
    if ends:
        config.eos_token_id = ends[0]
    config.repetition_penalty = sampling.repetition_penalty
    if sampling.temperature > 0:
        config.do_sample = True
        config.temperature = sampling.temperature
        config.top_p = sampling.top_p
        config.rng_seed = sampling.seed % 2**32
        if sampling.top_k:
            config.top_k = sampling.top_k
    if request.schema is not None:
        config.structured_output_config = StructuredOutputConfig(
            json_schema=grammar.checked(request.schema)
        )
    return config
