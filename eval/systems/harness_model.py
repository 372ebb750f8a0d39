"""A chat model as lm-evaluation-harness sees it: likelihoods from its weights, replies from its engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from lm_eval.api.instance import Instance
from lm_eval.api.model import TemplateLM
from lm_eval.utils import get_rolling_token_windows, make_disjoint_window
from tqdm import tqdm

from eval.systems.token_forest import Forest, planted
from samovar.models.base import ChatModel
from samovar.models.chat.vocabulary import Vocabulary
from samovar.records import ChatRequest, Sampling, Turn

ROW = 512
"""Tokens of one pass."""
REPLY = 256
"""Longest reply where a task names no length."""

Encoded = tuple[Any, list[int], list[int]]
"""A request (context, continuation), or None, with the ids of both."""
Answer = tuple[float, bool]
"""Log-likelihood of the continuation in nats, and whether each of its tokens is the most probable."""


@dataclass(frozen=True, slots=True)
class Span:
    """Hold the ids of a continuation, and the places in a forest of the tokens before each."""

    before: list[int]
    ids: list[int]


class HarnessModel(TemplateLM):
    """Answer the harness's requests. Contexts are raw text: no chat template, as it does by default."""

    def __init__(
        self,
        network: Any,
        vocabulary: Vocabulary,
        context: int,
        chat: Callable[[], ChatModel] | None = None,
        adapter: str | None = None,
        row: int = ROW,
    ) -> None:
        """Take a causal model of transformers whose context is so many tokens.

        Args:
            network: the model, an adapter in it already active or not.
            vocabulary: its tokenizer.
            context: longest input in tokens; longer ones lose their beginning.
            chat: returns the engine that generates; only tasks that do so call it.
            adapter: the adapter that this engine is asked for.
            row: tokens of one pass.
        """
        super().__init__()
        self.tokens_read = self.answered = 0
        self._network, self._vocabulary, self._context = network, vocabulary, context
        self._chat, self._adapter, self._row = chat, adapter, row

    @property
    def eot_token_id(self) -> int:
        """Return the id that ends a reply."""
        return self._vocabulary.ends[0]

    @property
    def prefix_token_id(self) -> int:
        """Return the id before a text without context: the beginning of texts, else the end."""
        bos = self._vocabulary.tokenizer.token_to_id(self._vocabulary.bos)
        return self.eot_token_id if bos is None else int(bos)

    def tok_encode(
        self, string: str, add_special_tokens: bool | None = None, **kwargs: Any
    ) -> list[int]:
        """Return the ids of `string`; text never becomes a special token."""
        return self._vocabulary.encode(string, False)

    def _loglikelihood_tokens(
        self, requests: Sequence[Encoded], disable_tqdm: bool = False, **kwargs: Any
    ) -> list[Answer]:
        """Return the answers in the order of `requests`; each is kept in the cache at once."""
        cut = [self._cut(context, continuation) for _, context, continuation in requests]
        answers: list[Answer] = [(0.0, True)] * len(cut)
        with tqdm(total=len(cut), desc="likelihoods", disable=disable_tqdm) as bar:
            for forest in planted([(before + said)[:-1] for before, said in cut], self._row):
                spans = [
                    Span(path[len(cut[place][0]) - 1 :], cut[place][1])
                    for place, path in zip(forest.places, forest.paths, strict=True)
                ]
                for place, answer in zip(forest.places, self._read(forest, spans), strict=True):
                    answers[place] = answer
                    if requests[place][0] is not None:
                        self.cache_hook.add_partial("loglikelihood", requests[place][0], answer)
                bar.update(len(spans))
        return answers

    def _cut(self, context: list[int], continuation: list[int]) -> tuple[list[int], list[int]]:
        """Return both without what does not fit, from the beginning of the context on."""
        room = max(1, self._context + 1 - len(continuation))
        return context[-room:], continuation[-self._context :]

    @torch.inference_mode()
    def _read(self, forest: Forest, spans: Sequence[Span]) -> list[Answer]:
        """Read one forest. The output layer gets the positions before a continuation's token alone."""
        device = self._network.device
        kept = sorted({place for span in spans for place in span.before})
        row_of = {place: row for row, place in enumerate(kept)}
        output = self._network(
            input_ids=torch.tensor([forest.tokens], device=device),
            attention_mask=torch.from_numpy(forest.visible())[None, None].to(device),
            position_ids=torch.tensor([forest.depths], device=device),
            logits_to_keep=torch.tensor(kept, device=device),
            use_cache=False,
        )
        logits = output.logits[0].float()
        totals, best = logits.logsumexp(dim=-1), logits.argmax(dim=-1)
        answers = []
        for span in spans:
            rows = torch.tensor([row_of[place] for place in span.before], device=device)
            ids = torch.tensor(span.ids, device=device)
            found = (logits[rows, ids] - totals[rows]).double().sum().item()
            answers.append((found, bool((best[rows] == ids).all())))
        self.tokens_read += len(forest.tokens)
        self.answered += len(spans)
        return answers

    def loglikelihood_rolling(
        self, requests: list[Instance], disable_tqdm: bool = False
    ) -> list[float]:
        """Return the log-likelihood of whole texts, longer ones in windows without overlap."""
        totals = []
        for request in requests:
            ids = self.tok_encode(request.args[0])
            windows = get_rolling_token_windows(ids, self.prefix_token_id, self._context, 1)
            encoded = [(None, *make_disjoint_window(window)) for window in windows]
            answers = self._loglikelihood_tokens(encoded, disable_tqdm=True)
            totals.append(sum(found for found, _ in answers))
            self.cache_hook.add_partial("loglikelihood_rolling", request.args, totals[-1])
        return totals

    def generate_until(self, requests: list[Instance], disable_tqdm: bool = False) -> list[str]:
        """Return the engine's replies; a context is one message of the user, as the app asks."""
        if self._chat is None:
            raise ValueError("this task generates text, and no engine was given")
        chat, replies = self._chat(), []
        for request in tqdm(requests, desc="replies", disable=disable_tqdm):
            asked = self._request(*request.args)
            replies.append(chat.complete([asked])[0].text)
            self.cache_hook.add_partial("generate_until", request.args, replies[-1])
        self.answered += len(replies)
        return replies

    def _request(self, context: str, options: dict[str, Any]) -> ChatRequest:
        until = options.get("until") or []
        sampling = Sampling(
            temperature=options.get("temperature", 0.0) if options.get("do_sample") else 0.0,
            max_tokens=options.get("max_gen_toks", REPLY),
        )
        stop = tuple([until] if isinstance(until, str) else until)
        return ChatRequest((Turn("user", context),), sampling, self._adapter, stop=stop)
