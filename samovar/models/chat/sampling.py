"""Draw the next token of one reply from its logits, by its own settings, seed and grammar."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
import torch
import xgrammar
from numpy.typing import NDArray
from torch import FloatTensor, LongTensor, Tensor
from transformers import (
    LogitsProcessorList,
    PreTrainedTokenizerBase,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

from samovar.errors import InputError
from samovar.models.chat.grammar import BAD_SCHEMA
from samovar.records import Sampling


class Grammars:
    """Compile JSON schemas for one tokenizer; each schema once."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase, size: int, ends: Sequence[int]) -> None:
        """Prepare for logits of `size` columns; `ends` are the ids that end a reply."""
        self._size = size
        info = xgrammar.TokenizerInfo.from_huggingface(
            tokenizer, vocab_size=size, stop_token_ids=list(ends)
        )
        self._compiler = xgrammar.GrammarCompiler(info, max_threads=1)

    def follow(self, schema: Mapping[str, Any]) -> Grammar:
        """Return the grammar of one reply.

        Raises:
            InputError: the schema is none, or uses what xgrammar does not know.
        """
        try:
            # Free white space is off: small models fill their whole reply with it.
            compiled = self._compiler.compile_json_schema(json.dumps(schema), any_whitespace=False)
        except (RuntimeError, ValueError, TypeError) as error:
            why = str(error).strip().splitlines()[-1].rstrip(".")
            raise InputError(BAD_SCHEMA, why=why) from error
        return Grammar(compiled, self._size)


class Grammar:
    """Follow one reply and forbid the tokens that would break its schema."""

    def __init__(self, compiled: xgrammar.CompiledGrammar, size: int) -> None:
        self._matcher = xgrammar.GrammarMatcher(compiled)
        self._mask = xgrammar.allocate_token_bitmask(1, size)

    def permitted(self, logits: Tensor) -> FloatTensor:
        """Return `logits` [1, size] with minus infinity at forbidden tokens, on the CPU."""
        row = logits.cpu().clone()  # the kernels for a GPU are compiled on first use: too slow here
        self._matcher.fill_next_token_bitmask(self._mask)
        xgrammar.apply_token_bitmask_inplace(row, self._mask)
        return cast(FloatTensor, row)

    def accept(self, token: int) -> None:
        """Move on by one token."""
        self._matcher.accept_token(token)


class Draw:
    """Draw the tokens of one reply; the same seed draws the same numbers on every device."""

    def __init__(self, sampling: Sampling, grammar: Grammar | None) -> None:
        self._greedy = sampling.temperature <= 0
        self._grammar = grammar
        self._random = torch.Generator().manual_seed(sampling.seed % 2**63)
        self._before = LogitsProcessorList()
        if sampling.repetition_penalty != 1:
            self._before.append(RepetitionPenaltyLogitsProcessor(sampling.repetition_penalty))
        self._after = LogitsProcessorList()
        if not self._greedy:
            self._after.append(TemperatureLogitsWarper(float(sampling.temperature)))
            if sampling.top_k:
                self._after.append(TopKLogitsWarper(sampling.top_k))
            if sampling.top_p < 1:
                self._after.append(TopPLogitsWarper(sampling.top_p))

    def token(self, ids: Sequence[int], logits: Tensor) -> int:
        """Return the next token after `ids` (prompt and reply), from `logits` [size]."""
        past = torch.tensor([ids], dtype=torch.long, device=logits.device)
        row = self._before(cast(LongTensor, past), cast(FloatTensor, logits.float().unsqueeze(0)))
        if self._grammar is not None:
            row = self._grammar.permitted(row)
        if self._greedy:
            token = int(row.argmax())
        else:
            chances = self._after(cast(LongTensor, past), row).softmax(-1)
            token = int(torch.multinomial(chances.cpu(), 1, generator=self._random))
        if self._grammar is not None:
            self._grammar.accept(token)
        return token


class Weigh(Draw):
    """Draw one token and remember how likely the first tokens of some words were."""

    def __init__(self, firsts: Sequence[int]) -> None:
        """Watch the ids `firsts`."""
        super().__init__(Sampling(), None)
        self._firsts = list(firsts)
        self.weights: NDArray[np.float64] | None = None
        """Probability of each of them against the others, their sum 1; None before the draw."""

    def token(self, ids: Sequence[int], logits: Tensor) -> int:
        """Return the likeliest token."""
        self.weights = logits[self._firsts].double().softmax(-1).cpu().numpy()
        return super().token(ids, logits)
