"""The proof that a model with a grown vocabulary is whole: before saving and after loading again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM

from samovar.errors import ModelError
from samovar.models.vocabulary.merged import tied
from samovar.phrases import Phrase

TOLERANCE = 1e-4
"""Of a logit; saving and loading changes no bit, so anything larger is a fault."""

SHRUNK = Phrase(
    "The {layer} has {found} rows; it must have at least {expected}, as the base and the new ids need.",
    "Строк мало ({layer}): {found}, а для базы и новых номеров нужно не меньше {expected}.",
)
UNTIED = Phrase(
    "The output layer of the base is its embedding matrix; {when} they are two.",
    "У базы выходной слой и матрица эмбеддингов одно целое, а {when} их две.",
)
OLD_ROWS = Phrase(
    "{n} rows of the base are changed, the first is that of id {id}.",
    "Изменено строк базы: {n}, первая с номером {id}.",
)
UNEQUAL = Phrase(
    "After saving and loading, logits differ by {found:.2g}; at most {limit:.2g} is accepted.",
    "После записи и загрузки логиты отличаются на {found:.2g}, допустимо не больше {limit:.2g}.",
)
MERGED, RELOADED = Phrase("after the merge", "после слияния"), Phrase("once loaded", "при загрузке")
EMBEDDING, OUTPUT = Phrase("embedding", "эмбеддинги"), Phrase("output layer", "выходной слой")
RESIZE = Phrase(
    "Resize to the larger of the base's rows and the tokenizer's ids, never to fewer.",
    "Меняйте размер до большего из двух: строк базы и номеров токенизатора.",
)
TIE = Phrase(
    "Call `model.tie_weights()` after the last change and save again.",
    "Вызовите model.tie_weights() после последнего изменения и сохраните снова.",
)
MERGE_AGAIN = Phrase(
    "Load the base anew and merge again.", "Загрузите базу заново и повторите слияние."
)


@dataclass(frozen=True, slots=True)
class Witness:
    """Hold what must survive of a base: how many rows, whether tied, and a number for each row."""

    rows: int
    tied: bool
    marks: torch.Tensor
    """Checksum of the bits of every row, int64 [rows]."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Hold what was proved: `difference` is the largest between logits before and after reloading."""

    rows: int
    tied: bool
    difference: float
    tolerance: float
    tokens: int
    """Of the texts that were read."""


def witness(model: Any) -> Witness:
    """Return what must survive of `model`, before anything is merged into it."""
    matrix = model.get_input_embeddings().weight
    return Witness(len(matrix), tied(model), _marks(matrix))


def prove(
    model: Any,
    base: Witness,
    first: int,
    samples: Sequence[Sequence[int]],
    folder: Path,
    trained: bool = False,
) -> Proof:
    """Save `model` into `folder`, load it again and return the proof that it is whole.

    `samples` are token ids of texts that hold the new ids, which are numbered from `first` on. Rows
    below `first` must be those of the base, unless they were `trained`.

    Raises:
        ModelError: rows are missing or changed, the head is untied, or logits differ after loading.
    """
    top = max([first - 1, *(id for sample in samples for id in sample)])
    _whole(model, base, top + 1, MERGED)
    if not trained:
        _require_old_rows(model, base, first)
    before = logits(model, samples)
    model.save_pretrained(folder)
    again = AutoModelForCausalLM.from_pretrained(folder, dtype=model.dtype).to(model.device)
    _whole(again, base, top + 1, RELOADED)
    pairs = zip(before, logits(again, samples), strict=True)
    difference = max(float((one - two).abs().max()) for one, two in pairs)
    if not difference <= TOLERANCE:  # nan is no proof
        raise ModelError(UNEQUAL, MERGE_AGAIN, found=difference, limit=TOLERANCE)
    rows = len(again.get_input_embeddings().weight)
    return Proof(rows, tied(again), difference, TOLERANCE, sum(map(len, samples)))


def logits(model: Any, samples: Sequence[Sequence[int]]) -> list[torch.Tensor]:
    """Return the logits of each of `samples`, float32 [tokens, rows]."""
    model.eval()
    with torch.no_grad():
        return [
            model(torch.tensor([list(ids)], device=model.device)).logits[0].float()
            for ids in samples
        ]


def _whole(model: Any, base: Witness, ids: int, when: Phrase) -> None:
    expected = max(base.rows, ids)
    for layer, part in (
        (EMBEDDING, model.get_input_embeddings()),
        (OUTPUT, model.get_output_embeddings()),
    ):
        if len(part.weight) < expected:
            raise ModelError(SHRUNK, RESIZE, layer=layer, found=len(part.weight), expected=expected)
    if base.tied and not tied(model):
        raise ModelError(UNTIED, TIE, when=when)


def _require_old_rows(model: Any, base: Witness, first: int) -> None:
    now = _marks(model.get_input_embeddings().weight)[:first]
    changed = torch.nonzero(now != base.marks[:first]).flatten()
    if len(changed):
        raise ModelError(OLD_ROWS, MERGE_AGAIN, n=len(changed), id=int(changed[0]))


def _marks(matrix: torch.Tensor) -> torch.Tensor:
    """Return a checksum of each row, in whole numbers: sums of floats depend on how many rows there are."""
    places = torch.Generator().manual_seed(0)
    weights = torch.randint(2**62, (matrix.shape[1],), generator=places)
    parts = torch.split(matrix.detach().cpu(), 8192)
    bits = (part.float().contiguous().view(torch.int32).long() for part in parts)
    return torch.cat([(part * weights).sum(1) for part in bits])
