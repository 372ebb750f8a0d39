"""New rows in the embedding and the output layer of a transformers model."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from samovar.errors import ModelError
from samovar.phrases import Phrase

MISFIT = Phrase(
    "The new rows have {found} dimensions, but the model has {expected}.",
    "У новых строк {found} измерений, а у модели {expected}.",
)
GAP = Phrase(
    "The first new id is {first}, but the model has only {rows} rows.",
    "Первый новый номер равен {first}, а строк у модели только {rows}.",
)
HEAD = Phrase(
    "The output layer of this model is a matrix of its own, and rows for it are missing.",
    "Выходной слой этой модели отдельный, а строк для него нет.",
)
SAME_BASE = Phrase(
    "Apply the rows to the model for which they were made.",
    "Примените строки к той модели, для которой они сделаны.",
)


def merge(
    model: Any,
    first: int,
    rows: NDArray[np.float32],
    head: NDArray[np.float32] | None = None,
) -> None:
    """Put `rows`, float32 [added, dimensions], into `model` from id `first` on, in place.

    Unused rows of a padded matrix are filled first, and it never becomes smaller. `head` holds the
    rows of an output layer that is not tied to the embedding, [added, dimensions].

    Raises:
        ModelError: rows of another width, a gap before them, or an untied head without its rows.
    """
    matrix = model.get_input_embeddings().weight
    has, wide = matrix.shape
    if rows.shape[1] != wide:
        raise ModelError(MISFIT, SAME_BASE, found=rows.shape[1], expected=wide)
    if first > has:
        raise ModelError(GAP, SAME_BASE, first=first, rows=has)
    bound = tied(model)
    if not bound and head is None:
        raise ModelError(HEAD, SAME_BASE)
    if first + len(rows) > has:
        model.resize_token_embeddings(first + len(rows), mean_resizing=False)
    parts = [(model.get_input_embeddings().weight, rows)]
    if head is not None and not bound:
        parts.append((model.get_output_embeddings().weight, head))
    with torch.no_grad():
        for weight, new in parts:
            weight[first : first + len(new)] = torch.from_numpy(np.array(new)).to(weight)


def tied(model: Any) -> bool:
    """Tell whether embedding and output layer are one matrix."""
    head = model.get_output_embeddings()
    return head is not None and bool(
        head.weight.data_ptr() == model.get_input_embeddings().weight.data_ptr()
    )
