"""Chat with a prompt-tuned model: for measurements beside LoRA, slow, and no engine of the app."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import StoppingCriteria

from samovar.catalog import Model
from samovar.models.chat.local import LocalChat
from samovar.models.chat.reply_text import ReplyText
from samovar.models.chat.vocabulary import Vocabulary
from samovar.models.files.adapters import FILES
from samovar.models.files.dequantised import dequantised
from samovar.records import ChatRequest, Completion
from samovar.settings import Settings


class Stopped(StoppingCriteria):
    """End each row of a batch at its first stop string."""

    def __init__(self, tokenizer: Tokenizer, stops: Sequence[Sequence[str]]) -> None:
        """Take the stop strings of each row."""
        self._texts = [ReplyText(tokenizer, stop) for stop in stops]

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        """Return which rows have ended, bool [rows]; `input_ids` are the new tokens [rows, n]."""
        for text, token in zip(self._texts, input_ids[:, -1].tolist(), strict=True):
            if not text.stopped:
                text.add(token)
        return torch.tensor([text.stopped for text in self._texts])


class PromptedChat(LocalChat):
    """Fulfil ChatModel by transformers' `generate` behind trained vectors; adapter names are ignored."""

    engine = "transformers"

    def __init__(
        self, model: Model, settings: Settings, adapter: Path, base: Path | None = None
    ) -> None:
        """Load `model` (in float32) and the vectors in the folder `adapter`."""
        from safetensors.torch import load_file
        from transformers import AutoModelForCausalLM

        super().__init__(model, settings)
        folder = base or dequantised(model, settings)
        self._vocabulary = Vocabulary(folder)
        self._dialogue = self._vocabulary.dialogue(model.context)
        kind: Any = AutoModelForCausalLM
        self._network: Any = kind.from_pretrained(folder, dtype=torch.float32).eval()
        self._vectors = load_file(adapter / FILES[1])["prompt_embeddings"].float()

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Answer all `requests`; those with the same prompt and sampling but the seed share a batch."""
        groups: dict[Any, list[int]] = defaultdict(list)
        for at, request in enumerate(requests):
            drawn = request.sampling
            key = (drawn.temperature, drawn.top_p, drawn.top_k, drawn.max_tokens)
            groups[tuple(self._dialogue.ids(request)), key, request.stop].append(at)
        replies: dict[int, Completion] = {}
        for (ids, _, _), places in groups.items():
            replies |= zip(places, self._batch(ids, [requests[at] for at in places]), strict=True)
        return [replies[at] for at in range(len(requests))]

    def stream(self, request: ChatRequest, stop: threading.Event | None = None) -> Iterator[str]:
        """Yield the whole reply at once."""
        yield self.complete([request], stop)[0].text

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`, special tokens not parsed."""
        return self._vocabulary.count(text)

    def close(self) -> None:
        """Free the memory."""
        self._network = None

    def _batch(self, ids: tuple[int, ...], requests: Sequence[ChatRequest]) -> list[Completion]:
        begun, sampling = time.perf_counter(), requests[0].sampling
        words = self._network.get_input_embeddings()(torch.tensor(ids))
        inputs = torch.cat([self._vectors, words])[None].repeat(len(requests), 1, 1)
        options: dict[str, Any] = {"do_sample": sampling.temperature > 0}
        if sampling.temperature > 0:
            options |= {"temperature": sampling.temperature, "top_p": sampling.top_p}
            options["top_k"] = sampling.top_k
        torch.manual_seed(sampling.seed)
        with torch.inference_mode():
            rows = self._network.generate(
                inputs_embeds=inputs,
                attention_mask=torch.ones(inputs.shape[:2], dtype=torch.long),
                max_new_tokens=sampling.max_tokens,
                eos_token_id=list(self._vocabulary.ends),
                pad_token_id=self._vocabulary.ends[0],
                stopping_criteria=[Stopped(self._vocabulary.tokenizer, self._stops(requests))],
                **options,
            ).tolist()
        spent = 1000 * (time.perf_counter() - begun) / len(requests)
        return [
            self._reply(row, len(ids), request, spent)
            for row, request in zip(rows, requests, strict=True)
        ]

    def _stops(self, requests: Sequence[ChatRequest]) -> list[tuple[str, ...]]:
        return [(*self._dialogue.stop, *request.stop) for request in requests]

    def _reply(
        self, row: Sequence[int], prompt: int, request: ChatRequest, milliseconds: float
    ) -> Completion:
        text = ReplyText(self._vocabulary.tokenizer, self._stops([request])[0])
        said, tokens, ended = "", 0, False
        for token in row:
            ended = token in self._vocabulary.ends
            if ended or text.stopped:
                break
            said, tokens = said + text.add(token), tokens + 1
        finish: Any = "stop" if ended or text.stopped else "length"
        return Completion(said + text.rest(), finish, prompt, tokens, milliseconds)
