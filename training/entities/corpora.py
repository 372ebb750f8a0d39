"""The corpora and their parts: what trains, and what only scores.

A corpus without an official split is split by a hash of the text; a text that scores never
trains. Test parts of the shared tasks are not read here at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from samovar.ner.annotated.gold import Annotated
from samovar.ner.annotated.schemes import SCHEMES
from samovar.ner.tagging.labels import NAMES
from samovar.phrases import Language
from training.entities import readers
from training.entities.readers import Text

HELD = 25
"""Per cent of WikiNEuRal that scores."""
DOMAINS = ("ai", "literature", "music", "politics", "science")
Share = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Describe one part of a corpus."""

    title: str
    origin: str
    """Its folder in --data-dir and its key in training/corpora/sources.py."""
    files: tuple[str, ...]
    language: Language
    scheme: str
    read: Callable[[Path], Iterator[Text]]
    share: Share = lambda text: True
    labels: tuple[str, ...] = NAMES
    """Labels of the page that it marks; others that a tagger finds are not scored."""


def hashed_text(text: str) -> str:
    """Return what texts are ordered by where chance should decide."""
    return hashlib.sha256(text.encode()).hexdigest()


def drawn(text: str, percent: int) -> bool:
    """Tell by a hash whether `text` is among `percent` of all texts."""
    return int(hashed_text(text)[:8], 16) % 100 < percent


def _held(text: str) -> bool:
    return drawn(text, HELD)


def _trains(text: str) -> bool:
    return not _held(text)


NEWS = ("PER", "LOC", "ORG")
WIKI = {"en": ("en/val.conllu.gz",), "ru": ("ru/val.conllu.gz",)}

TRAINING: Mapping[str, Corpus] = {
    "conll": Corpus(
        "CoNLL-2003 train", "conll2003", ("eng.train.gz",), "en", "conll", readers.columns
    ),
    "wnut": Corpus(
        "WNUT-17 train", "wnut17", ("wnut17train.conll",), "en", "wnut", readers.columns
    ),
    "crossner": Corpus(
        "CrossNER train",
        "crossner",
        tuple(f"{domain}/train.txt" for domain in DOMAINS),
        "en",
        "crossner",
        readers.columns,
    ),
    "wikineural-ru": Corpus(
        "WikiNEuRal ru", "wikineural", WIKI["ru"], "ru", "wikineural", readers.numbered, _trains
    ),
    "factrueval": Corpus(
        "factRuEval-2016 devset",
        "factrueval2016",
        ("devset",),
        "ru",
        "factrueval",
        readers.factrueval,
        labels=NEWS,
    ),
}
UNLABELLED: Mapping[str, Corpus] = {
    "wikineural-en": Corpus(
        "WikiNEuRal en", "wikineural", WIKI["en"], "en", "wikineural", readers.numbered, _trains
    ),
}
"""Texts that a teacher labels; their own labels are not looked at."""
SCORING: Mapping[str, Corpus] = {
    "conll": Corpus(
        "CoNLL-2003 testa", "conll2003", ("eng.testa",), "en", "conll", readers.columns
    ),
    "wnut": Corpus("WNUT-17 dev", "wnut17", ("emerging.dev.conll",), "en", "wnut", readers.columns),
    "crossner": Corpus(
        "CrossNER dev",
        "crossner",
        tuple(f"{domain}/dev.txt" for domain in DOMAINS),
        "en",
        "crossner",
        readers.columns,
    ),
    "wikineural-en": Corpus(
        "WikiNEuRal en", "wikineural", WIKI["en"], "en", "wikineural", readers.numbered, _held
    ),
    "factrueval": Corpus(
        "factRuEval-2016 testset_a",
        "factrueval2016",
        ("testset_a",),
        "ru",
        "factrueval",
        readers.factrueval,
        labels=NEWS,
    ),
    "nerel": Corpus("NEREL dev", "nerel_ru", ("dev.jsonl",), "ru", "nerel", readers.spans),
    "wikineural-ru": Corpus(
        "WikiNEuRal ru", "wikineural", WIKI["ru"], "ru", "wikineural", readers.numbered, _held
    ),
}


def texts(corpus: Corpus, data_dir: Path) -> list[Annotated]:
    """Return the texts of one part with the page's labels; of nested names the outer one.

    Raises:
        InputError: a file is missing or is not in the corpus's format.
    """
    conversion = SCHEMES[corpus.scheme]
    annotated = []
    for path in files(corpus, data_dir):
        for text, spans in corpus.read(path):
            if corpus.share(text):
                known = [
                    replace(s, label=conversion[s.label]) for s in spans if s.label in conversion
                ]
                annotated.append(Annotated(text, readers.outermost(known), corpus.language))
    return annotated


def files(corpus: Corpus, data_dir: Path) -> list[Path]:
    """Return the files (or folders) that hold one part."""
    return [data_dir / corpus.origin / name for name in corpus.files]


def hashed(parts: Iterable[Corpus], data_dir: Path) -> dict[str, Path]:
    """Return the files and folders of `parts` by name, for the record of a run."""
    return {
        str(path.relative_to(data_dir)): path for part in parts for path in files(part, data_dir)
    }
