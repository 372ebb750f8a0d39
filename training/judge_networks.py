"""What may judge pairs: an encoder that reads both texts together, or a chat model that is asked.

Nothing of either ships, so that it need not be small: all but the words' own vectors is trained (LoRA
of rank 64 on the chat model was behind after as many steps).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from samovar import catalog
from samovar.models.dequantised import dequantised
from samovar.models.entailment import LABELS
from samovar.models.vocabulary import Vocabulary
from samovar.settings import Settings
from training import mpnet
from training.corpora.crossed import Texts

CHAT = "smollm2-135m-instruct"
"""The chat model that ships: 106 million weights beside the words' own."""
ANSWERS = (" Yes", " Maybe", " No")
"""Words whose rows of the chat model's own output begin the head, in the order of LABELS."""

Rows = list[list[int]]
"""Ids, one row a pair."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Hold what makes rows of pairs, and the network that reads them."""

    rows: Callable[[Sequence[Texts]], Rows]
    network: torch.nn.Module
    """Takes ids and mask [pairs, tokens], filled up on the right; gives logits [pairs, 3]."""


class ReadTogether(torch.nn.Module):
    """Return the logits of entailment, neutral and contradiction from the first token's state."""

    def __init__(self, body: torch.nn.Module, width: int) -> None:
        """Put a new head on `body`, an encoder of `width` numbers a token."""
        super().__init__()
        self.body = body
        self.dense = torch.nn.Linear(width, width)
        self.out = torch.nn.Linear(width, len(LABELS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Read both texts of each pair together."""
        states = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits: torch.Tensor = self.out(torch.tanh(self.dense(states[:, 0])))
        return logits


class Asked(torch.nn.Module):
    """Return the logits of entailment, neutral and contradiction from the last token's state."""

    def __init__(self, body: torch.nn.Module, first: torch.Tensor) -> None:
        """Put a head on `body`, a decoder without its output; `first` [3, width] are its first weights."""
        super().__init__()
        self.body = body
        self.out = torch.nn.Linear(first.shape[1], first.shape[0])
        with torch.no_grad():
            self.out.weight.copy_(first)
            self.out.bias.zero_()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Read the questions."""
        states = self.body(input_ids, attention_mask=attention_mask).last_hidden_state
        last = attention_mask.sum(dim=1) - 1
        logits: torch.Tensor = self.out(states[torch.arange(len(states)), last])
        return logits


def read_together(folder: Path | None, settings: Settings) -> Judge:
    """Open all-mpnet-base-v2, or another MPNet in `folder`, under a new head.

    Raises:
        SamovarError: its packages are missing or damaged, or the cache cannot be written.
    """
    from transformers import AutoModel

    folder = folder or mpnet.folder(settings)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(mpnet.MODEL.context)
    tokenizer.encode_special_tokens = True
    body = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False)
    body.get_input_embeddings().requires_grad_(False)
    for part in body.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = 0.0

    def rows(pairs: Sequence[Texts]) -> Rows:
        return [encoded.ids for encoded in tokenizer.encode_batch([*pairs])]

    return Judge(rows, ReadTogether(body, body.config.hidden_size))


def asked(folder: Path | None, settings: Settings) -> Judge:
    """Open SmolLM2-135M-Instruct, or another chat model in `folder`; the head begins with its answers.

    Raises:
        SamovarError: its weights are missing or damaged, or the cache cannot be written.
    """
    from transformers import AutoModelForCausalLM

    folder = folder or dequantised(catalog.model(CHAT), settings)
    vocabulary = Vocabulary(folder)
    kind: Any = AutoModelForCausalLM
    base = kind.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
    base.model.embed_tokens.requires_grad_(False)
    own = [vocabulary.encode(word, special=False)[0] for word in ANSWERS]

    def rows(pairs: Sequence[Texts]) -> Rows:
        return [vocabulary.encode(question(texts), special=False) for texts in pairs]

    return Judge(rows, Asked(base.model, base.lm_head.weight[own].detach()))


def question(texts: Texts) -> str:
    """Return what a chat model is asked of a pair."""
    return f'{texts[0]}\nDoes this mean "{texts[1]}"? Yes, maybe or no:'


BASES = {mpnet.MODEL.id: read_together, CHAT: asked}
"""Models a recipe may name."""
