"""What both encoder engines share: the folder of weights, prefixes, batches sorted by length."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from samovar import catalog
from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.base import Progress, TextKind
from samovar.models.files import e5_file, weights
from samovar.phrases import Phrase
from samovar.settings import Settings

CONVERSION = 1
"""Raised when what `e5_file.convert` writes changes."""
BATCH = 32
T = TypeVar("T", bound=Sized)
Batch = Callable[[list[T]], NDArray[np.float32]]
"""Gets texts, or their rows of tokens, and returns their vectors, float32 [texts, dimensions]."""
Run = Callable[[Batch[T], Iterable[list[T]]], Iterable[NDArray[np.float32]]]
"""`map`, or that of an executor."""
HUB_FILES = ("*.json", "*.txt", "*.model", "model.safetensors", "pytorch_model.bin")
HUB_FAILED = Phrase(
    "{title} could not be fetched from the Hugging Face Hub ({repo}): {why}.",
    "Не удалось получить {title} с Hugging Face Hub ({repo}): {why}.",
)
GO_EMBEDDED = Phrase(
    "Check the network, or set SAMOVAR_PROFILE=embedded.",
    "Проверьте сеть или задайте SAMOVAR_PROFILE=embedded.",
)


def folder(model: Model, settings: Settings) -> Path:
    """Return a transformers folder holding `model`, converted into the cache or fetched if needed.

    Of a model that an adapter makes it is the folder of its base.

    Raises:
        ModelError: a package is missing or altered, or the Hub does not answer.
        StoreError: the cache cannot be written.
    """
    if model.base:
        return folder(catalog.model(model.base), settings)
    if model.source == "hub":
        return _from_hub(model, settings)
    files = weights.find(model)
    if files[0].suffix != ".bin":
        return files[0].parent
    name = f"{model.id}-{model.files[0].sha256[:12]}-v{CONVERSION}"
    return weights.cached(settings.cache / name, lambda draft: e5_file.convert(files[0], draft))


def revision(model: Model) -> str:
    """Return what identifies the exact weights: the revision and, of a file, its hash."""
    return " ".join([model.revision, *(f"sha256:{f.sha256[:12]}" for f in model.files[:1])])


def prefixed(model: Model, texts: Sequence[str], kind: TextKind) -> list[str]:
    """Return `texts`, each with the model's own prefix for `kind` (of E5: `query: `)."""
    prefix = dict(model.prefixes).get(kind, "")
    return [prefix + text for text in texts]


def encoded(
    texts: Sequence[T],
    batch: Batch[T],
    dimensions: int,
    progress: Progress | None,
    *,
    size: int = BATCH,
    run: Run[T] = map,
) -> NDArray[np.float32]:
    """Return unit vectors of `texts`, float32 [texts, dimensions], in their order.

    A text is whatever has a length: best its row of tokens, for batches by characters are padded by
    a fifth. `batch` gets up to `size` of similar length together, the longest first: little padding,
    and a corpus that does not fit into memory fails at once. `run` applies it to each batch, one by
    one or several at once, and gives the results in order.
    """
    vectors = np.zeros((len(texts), dimensions), np.float32)
    order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
    places = [order[start : start + size] for start in range(0, len(order), size)]
    jobs = ([texts[at] for at in each] for each in places)
    done = 0
    for each, rows in zip(places, run(batch, jobs), strict=True):
        vectors[each] = rows
        done += len(each)
        if progress:
            progress(done, len(order))
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.maximum(norms, np.finfo(np.float32).tiny)
    return vectors


def bert(folder: Path) -> Any:
    """Return the BERT in the transformers folder `folder`, in float32 and without a pooling layer."""
    import torch
    from transformers import AutoModel

    with quiet():
        return AutoModel.from_pretrained(
            folder, dtype=torch.float32, add_pooling_layer=False, attn_implementation="eager"
        )


@contextmanager
def quiet() -> Iterator[None]:
    """Keep transformers from printing progress, load reports and tracing warnings meanwhile."""
    from transformers.utils import logging

    before, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(before)
        if bars:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _from_hub(model: Model, settings: Settings) -> Path:
    from huggingface_hub import snapshot_download

    try:
        path = snapshot_download(
            model.repo,
            revision=model.revision,
            allow_patterns=list(HUB_FILES),
            local_files_only=settings.offline,
        )
    except Exception as error:  # network, Hub and disk errors share no base class
        why = str(error).splitlines()[0][:200]
        raise ModelError(
            HUB_FAILED, GO_EMBEDDED, title=model.title, repo=model.repo, why=why
        ) from error
    return Path(path)
