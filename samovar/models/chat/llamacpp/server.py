"""One llama.cpp server in this process, with a fixed list of adapters."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx

from samovar.errors import ModelError
from samovar.models.chat.llamacpp.chat import Body as Body
from samovar.models.chat.llamacpp.options import DRAFT, SERVED, Options
from samovar.models.chat.llamacpp.room import Room
from samovar.models.hardware import free_memory
from samovar.phrases import Phrase
from samovar.settings import variables

SLOTS = 10
"""Requests that are batched; throughput on 2 cores hardly grows beyond 8."""
POOL = 10_240
"""Tokens that all requests share, allocated at the start.

They take 240 MB for SmolLM2-135M and 290 for Qwen2.5-Coder-1.5B, whose heads share keys and values.
"""

COMPUTED = 512
"""Tokens that are computed at once at the most, as in the library; memory for that is always held."""
ALIKE = 0.5
"""Share of a prompt that must stand in a place's cache for the prompt to go there.

Otherwise it goes to the place that rested longest. By the library's tenth, any short prompt that
begins with "You are" took the place of a persona and threw its hundreds of tokens away.
"""

NOT_STARTED = Phrase("llama.cpp cannot load {path}.", "llama.cpp не может загрузить {path}.")
NO_ROOM = Phrase(
    "{path} takes {needed} MB of memory, and {free} MB are free.",
    "{path} занимает {needed} МБ памяти, а свободно {free} МБ.",
)
FREE_MEMORY = Phrase(
    "Free some memory, or choose another engine in SAMOVAR_CHAT_ENGINE.",
    "Освободите память или выберите другой движок в SAMOVAR_CHAT_ENGINE.",
)
FAILED = Phrase("llama.cpp failed: {why}.", "Ошибка llama.cpp: {why}.")


class LlamaServer:
    """Generate from token ids; safe to call from several threads, which are batched.

    The library also listens on a free port of the loopback address. That port tokenises for us;
    a random key closes it to everybody else on the machine, web pages included.
    """

    def __init__(
        self,
        path: Path,
        adapters: Sequence[tuple[str, Path]],
        threads: int,
        options: Options = SERVED,
    ) -> None:
        """Load the model and `adapters` (name, GGUF file).

        Raises:
            ModelError: there is less free memory than weights, or llama.cpp cannot load them.
        """
        needed, free = path.stat().st_size // 10**6, free_memory()
        if free < needed:  # the system would end this process, not the loading
            raise ModelError(NO_ROOM, FREE_MEMORY, path=path.name, needed=needed, free=free)
        self.adapters = tuple(adapters)
        self.room = Room(POOL)
        key = secrets.token_hex()
        xllamacpp = _library(options)
        try:
            self._server = xllamacpp.Server(_parameters(path, adapters, threads, options, key))
        except RuntimeError as error:
            raise ModelError(NOT_STARTED, FREE_MEMORY, path=path.name) from error
        self._http = httpx.Client(
            base_url=self._server.listening_address,
            headers={"Authorization": f"Bearer {key}"},
            trust_env=False,
            timeout=60,
        )

    def encode(self, text: str, special: bool) -> list[int]:
        """Return the ids of `text`, nothing added; `special` parses names of special tokens."""
        body = {"content": text, "add_special": False, "parse_special": special}
        reply = self._http.post("/tokenize", json=body)
        reply.raise_for_status()
        return list(reply.json()["tokens"])

    def special(self) -> tuple[str, str]:
        """Return the texts of the tokens that begin a text and end a reply."""
        properties = self._http.get("/props").raise_for_status().json()
        return properties["bos_token"], properties["eos_token"]

    def lent(self, tokens: int, stop: threading.Event) -> AbstractContextManager[bool]:
        """Hold `tokens` of the cache; False when `stop` came before they were free."""
        return self.room.lent(tokens, stop)

    def generate(
        self,
        body: Body,
        adapter: str | None,
        read: Callable[[Body], bool],
        stop: threading.Event | None = None,
    ) -> None:
        """Stream chunks into `read` until it returns True or `stop` is set; lend the tokens first.

        A full pool makes llama.cpp fail every running request, hence the room. While the prompt is read
        there is a chunk with `prompt_progress` and no text after each step.

        Raises:
            ModelError: llama.cpp refuses or fails.
        """
        failure: list[str] = []

        def checked(chunk: Body) -> bool:
            if "error" in chunk:
                failure.append(str(chunk["error"].get("message", chunk["error"])))
                return True
            return read(chunk) or (stop is not None and stop.is_set())

        # Every scale, always: with an empty list llama.cpp reuses another adapter's cached prompt.
        scales = [
            {"id": index, "scale": float(name == adapter)}
            for index, (name, _) in enumerate(self.adapters)
        ]
        self._server.handle_completions(
            {**body, "stream": True, "return_progress": True, "lora": scales}, checked
        )
        if failure:
            raise ModelError(FAILED, why=failure[0].rstrip("."))


def _library(options: Options) -> Any:
    with variables(GOMP_SPINCOUNT=str(options.looks)):
        import xllamacpp
    return xllamacpp


def _parameters(
    path: Path,
    adapters: Sequence[tuple[str, Path]],
    threads: int,
    options: Options,
    key: str,
) -> Any:
    xllamacpp = _library(options)
    modes = xllamacpp.llama_load_mode
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.model_alias = {path.stem}
    parameters.load_mode = (
        modes.LLAMA_LOAD_MODE_MMAP if options.mapped else modes.LLAMA_LOAD_MODE_NONE
    )
    parameters.no_extra_bufts = not options.reordered
    if options.lookup:
        kinds = xllamacpp.common_speculative_type
        parameters.speculative.types = [kinds.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE]
        parameters.speculative.ngram_simple.size_n = options.lookup
        parameters.speculative.ngram_simple.size_m = DRAFT
    parameters.n_ctx = POOL
    parameters.n_parallel = SLOTS
    parameters.n_batch, parameters.n_ubatch = options.batch, min(options.batch, COMPUTED)
    parameters.kv_unified = True  # one conversation may use more than POOL / SLOTS
    parameters.slot_prompt_similarity = ALIKE
    parameters.cache_ram_mib = 0  # the default keeps up to 8 GB of old prompts
    parameters.cpuparams.n_threads = threads or os.cpu_count() or 1
    parameters.cpuparams_batch.n_threads = threads or os.cpu_count() or 1
    parameters.lora_adapters = [
        xllamacpp.CommonAdapterLoraInfo(str(file), 0.0) for _, file in adapters
    ]
    parameters.api_keys = [key]
    parameters.ui = False
    parameters.warmup = False
    parameters.verbosity = -1  # silent
    return parameters
