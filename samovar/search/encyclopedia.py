"""The shipped encyclopedia: indexed on first use, again when its texts or the encoder change."""

from __future__ import annotations

import logging
import threading
from weakref import WeakKeyDictionary

from samovar.errors import StoreError
from samovar.models.base import Encoder, Progress
from samovar.models.shelf import Shelf, shelf
from samovar.search import core, corpus, store
from samovar.search.collection import Collection, collect
from samovar.search.core import Found, Question

FOLDER = "encyclopedia"
log = logging.getLogger(__name__)
_LOCK = threading.Lock()
_OPEN: WeakKeyDictionary[Shelf, Collection] = WeakKeyDictionary()


def ask(
    query: object,
    k: object = 10,
    language: object = "en",
    filters: object = None,
    mode: object = "hybrid",
    progress: Progress | None = None,
) -> Found:
    """Search the encyclopedia; the arguments are judged here.

    Raises:
        InputError: an argument breaks a rule.
        ModelError: the encoder's weights are missing or altered.
        StoreError: the encoder's cache cannot be written.
    """
    core.question(query, k, mode, None, language)  # a mistake is told before anything is loaded
    collection = encyclopedia(progress)
    asked = core.question(query, k, mode, filters, language, collection.fields)
    return core.search(collection, asked, vector(shelf().encoder(), asked))


def vector(encoder: Encoder, asked: Question) -> core.Vector | None:
    """Return the vector of `asked`; None where only words are compared."""
    return None if asked.mode == "bm25" else encoder.encode([asked.text], "query")[0]


def encyclopedia(progress: Progress | None = None) -> Collection:
    """Return the encyclopedia, read or built once per process."""
    with _LOCK:  # two first visitors wait for one index
        own = shelf()
        if own not in _OPEN:
            _OPEN[own] = opened(own, progress)
        return _OPEN[own]


def values(name: str) -> tuple[str, ...]:
    """Return the values that the articles have in the metadata field `name`, sorted."""
    documents = corpus.read(shelf().settings.data / FOLDER).documents
    return tuple(sorted({str(d.metadata[name]) for d in documents if name in d.metadata}))


def opened(shelf: Shelf, progress: Progress | None = None) -> Collection:
    """Return the encyclopedia from the index in the cache, built anew where that does not fit.

    A cache that cannot be written costs only the time of indexing at the next start.
    """
    settings = shelf.settings
    documents = corpus.read(settings.data / FOLDER).documents
    encoder = shelf.encoder()
    path = settings.cache / "search" / f"encyclopedia-{encoder.name}"
    try:
        found = store.load(path, encoder)
        if found.fingerprint == corpus.fingerprint(documents):
            return found
    except StoreError as error:
        log.info("%s", error)
    collection = collect(documents, encoder, progress)
    try:
        store.save(collection, path)
    except StoreError as error:
        log.warning("%s", error)
    return collection
