"""The shipped encyclopedia: indexed on first use, again when its texts or the encoder change."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from weakref import WeakKeyDictionary

from samovar.errors import StoreError
from samovar.models.base import Encoder, Progress
from samovar.models.shelf import Shelf, shelf
from samovar.search import core
from samovar.search.core import Found, Question
from samovar.search.documents import corpus
from samovar.search.indexing import folder
from samovar.search.passages.assembly import collect
from samovar.search.passages.collection import Collection

FOLDER = "encyclopedia"
log = logging.getLogger(__name__)
_LOCK = threading.Lock()
_OPEN: WeakKeyDictionary[Shelf, Collection] = WeakKeyDictionary()


def ask(
    query: object,
    language: object,
    k: object = 10,
    filters: object = None,
    mode: object = "hybrid",
    progress: Progress | None = None,
) -> Found:
    """Search the encyclopedia; the arguments are checked here.

    Raises:
        InputError: an argument breaks a rule.
        ModelError: the encoder's weights are missing or altered.
        StoreError: the encoder's cache cannot be written.
    """
    core.question(query, language, k, mode)  # a mistake is told before anything is loaded
    collection = encyclopedia(progress)
    asked = core.question(query, language, k, mode, filters, collection.fields)
    return answer(collection, asked)


def answer(collection: Collection, asked: Question) -> Found:
    """Search `collection`, whose encoder is the page's own, with the models of the page.

    Raises:
        ModelError: a model's weights are missing or altered, or the profile has no reranker.
    """
    reranker = shelf().reranker() if asked.mode == "rerank" else None
    return core.search(collection, asked, vector(shelf().retriever(), asked), reranker)


def vector(encoder: Encoder, asked: Question) -> core.Vector | None:
    """Return the vector of `asked`; None where only words are compared."""
    return None if asked.mode == "bm25" else encoder.encode([asked.text], "query")[0]


def encyclopedia(progress: Progress | None = None) -> Collection:
    """Return the encyclopedia, read or built once per process."""
    with _LOCK:  # two first visitors wait for one index
        own = shelf()
        if own not in _OPEN:
            _OPEN[own] = indexed_encyclopedia(own, progress)
        return _OPEN[own]


def values(name: str) -> tuple[tuple[str, int], ...]:
    """Return (value, articles) of the metadata field `name`, without loading any model."""
    documents = corpus.read(shelf().settings.data / FOLDER).documents
    counts = Counter(
        str(document.metadata[name]) for document in documents if name in document.metadata
    )
    return tuple(sorted(counts.items()))


def indexed_encyclopedia(shelf: Shelf, progress: Progress | None = None) -> Collection:
    """Return the encyclopedia from the index in the cache, built anew where that does not fit.

    A cache that cannot be written costs only the time of indexing at the next start.
    """
    settings = shelf.settings
    documents = corpus.read(settings.data / FOLDER).documents
    encoder = shelf.retriever()
    path = settings.cache / "search" / f"encyclopedia-{encoder.name}"
    try:
        stored = folder.load(path, encoder)
        if stored.fingerprint == corpus.fingerprint(documents):
            return stored
    except StoreError as error:
        log.info("%s", error)
    collection = collect(documents, encoder, progress)
    try:
        folder.save(collection, path)
    except StoreError as error:
        log.warning("%s", error)
    return collection
