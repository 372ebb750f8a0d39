"""The table of taggers: a further one is a further row."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Literal

from samovar import catalog
from samovar.errors import ModelError, StoreError
from samovar.models import pick
from samovar.models.base import Tagger
from samovar.models.engines import elsewhere
from samovar.models.files import adapters
from samovar.models.shelf import shelf
from samovar.models.taggers.case_vocabulary import case_vocabulary
from samovar.ner.tagging import labels
from samovar.ner.tagging.labels import Conversion
from samovar.ner.tagging.letter_case import recased, uncased
from samovar.ner.tagging.llm import LlmTagger
from samovar.ner.tagging.reading import Reading
from samovar.phrases import LANGUAGES, Language, Phrase

Stop = threading.Event | None
Kind = Literal["own", "ready", "chat"]
KINDS: Mapping[Kind, Phrase] = {
    "own": Phrase("Trained here", "Обучены здесь"),
    "ready": Phrase("Ready-made", "Готовые"),
    "chat": Phrase("Chat model", "Чат-модель"),
}
Models = Mapping[Language, catalog.Model]
ADAPTER = "ner-smollm2"
"""Of the embedded chat model, trained on the prompt of this tool (training/chat.py)."""


@dataclass(frozen=True, slots=True)
class Row:
    """Describe one tagger."""

    title: Phrase
    models: Callable[[], Models]
    """The catalog's rows of its weights by the language they are good for; asking loads nothing."""
    make: Callable[[catalog.Model, Stop], Tagger]
    conversion: Conversion
    """Its own labels → those of the page; it is compared by the shared ones among these."""
    engine: Callable[[], str]
    kind: Kind
    present: Callable[[], bool] = lambda: True
    """Whether its weights are on this machine."""
    by_default: bool = True
    """Whether it answers when none is chosen: those that find most in some tens of milliseconds do."""
    capitals: tuple[Language, ...] = ()
    """Languages in which it learnt from headlines and reads a sentence in capitals as it is."""

    def model(self, language: Language) -> catalog.Model:
        """Return the weights for `language`, those of another language when it has none."""
        models = self.models()
        return models.get(language) or next(iter(models.values()))

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that its models are good for."""
        return tuple(self.models())

    @property
    def shared(self) -> frozenset[str]:
        """Return the labels that it can be compared by."""
        return frozenset(self.conversion.values()) & frozenset(labels.NAMES)


LOADING = threading.RLock()


def tagger(name: str, language: Language, stop: Stop = None) -> Tagger:
    """Return the tagger of row `name` for `language`, loading its weights on first use.

    Raises:
        ModelError: its weights are missing or altered.
    """
    row = TAGGERS[name]

    def weights(spoken: Language) -> Tagger:
        with LOADING:
            return row.make(row.model(spoken), stop)

    weights(language)

    def case(text: str, spoken: Language) -> str:
        return _lettered(text, shouted=spoken not in row.capitals)

    people = [own for own, page in row.conversion.items() if page == "PER"]
    return Reading(name, row.languages, weights, case, people)


def _lettered(text: str, *, shouted: bool) -> str:
    """Return `text` with capitals where it has none, or nothing else; as it is without the vocabulary.

    Sentences in capitals stay unless `shouted`.
    """
    if not uncased(text):
        return text
    try:
        return recased(text, case_vocabulary(shelf().settings).score, shouted=shouted)
    except (ModelError, StoreError):
        return text


def defaults(*languages: Language) -> list[str]:
    """Return the taggers that answer when none is chosen: here, and good for one of `languages`."""
    return [
        name
        for name, row in TAGGERS.items()
        if row.by_default and set(languages) & set(row.languages) and row.present()
    ]


def _loaded(model: catalog.Model, stop: Stop) -> Tagger:
    return shelf().tagger(model.id)


def _chat(model: catalog.Model, stop: Stop) -> Tagger:
    return LlmTagger(shelf().chat(), stop=stop)


def _tuned(model: catalog.Model, stop: Stop) -> Tagger:
    return LlmTagger(shelf().chat(model.id), ADAPTER, stop)


def _fixed(**ids: str) -> Callable[[], Models]:
    """Return what names one model of the catalog a language."""
    return cache(lambda: {lang: catalog.model(ids[lang]) for lang in LANGUAGES if lang in ids})


def _chat_models() -> Models:
    model = shelf().choice("chat").model
    return {name: model for name in LANGUAGES if name in model.languages}


def _installed(models: Callable[[], Models]) -> Models:
    """Return those of a row's models that are on this machine."""
    return {
        language: model
        for language, model in models().items()
        if pick.installed(model, shelf().settings)
    }


def _adapted() -> bool:
    chosen = shelf().choice("chat")
    return ADAPTER in adapters.names(shelf().settings) and not elsewhere(chosen.engine)


def _on_the_hub() -> bool:
    """Tell whether the profile in use takes models of the Hub."""
    return shelf().choice("chat").profile != "embedded"


def _own(
    title: Phrase,
    engine: Callable[[], str],
    by_default: bool,
    capitals: tuple[Language, ...] = (),
    **ids: str,
) -> Row:
    """Return the row of a tagger trained here; it is good for the languages whose weights are here."""
    named = _fixed(**ids)

    def models() -> Models:
        return _installed(named) or named()

    def present() -> bool:
        return bool(_installed(named))

    return Row(title, models, _loaded, labels.MODEL, engine, "own", present, by_default, capitals)


CHAT_BASE = "smollm2-135m-instruct"
TAGGERS: Mapping[str, Row] = {
    "crf": _own(Phrase("CRF", "CRF"), lambda: "crfsuite", True, en="crf-en", ru="crf-ru"),
    "spacy-own": _own(
        Phrase("spaCy, trained here", "spaCy, обучен здесь"),
        lambda: "spacy",
        False,  # in eval/results/ner.json the CRF finds more on every corpus, seven times as fast
        en="spacy-en",
        ru="spacy-ru",
    ),
    "spacy": Row(
        Phrase("spaCy", "spaCy"),
        _fixed(en="en-core-web-sm"),
        _loaded,
        labels.SPACY,
        lambda: "spacy",
        "ready",
    ),
    "natasha": Row(
        Phrase("Natasha", "Natasha"),
        _fixed(ru="natasha"),
        _loaded,
        labels.NATASHA,
        lambda: "natasha",
        "ready",
    ),
    "e5": _own(
        Phrase("e5 with LoRA", "e5 с LoRA"),
        lambda: shelf().choice("ner", "ner-e5").engine,
        True,
        (
            "en",
        ),  # of CoNLL-2003; the CRF and spaCy learnt from them, too, and read other capitals badly
        en="ner-e5",
        ru="ner-e5",
    ),
    "bert": Row(
        Phrase("BERT (CoNLL-2003)", "BERT (CoNLL-2003)"),
        _fixed(en="bert-base-ner"),
        _loaded,
        labels.BERT,
        lambda: "transformers",
        "ready",
        _on_the_hub,
    ),
    "gliner": Row(
        Phrase("GLiNER", "GLiNER"),
        _fixed(en="gliner-multi", ru="gliner-multi"),
        _loaded,
        labels.GLINER,
        lambda: "gliner",
        "ready",
        lambda: _on_the_hub() and find_spec("gliner") is not None,
    ),
    "llm-tuned": Row(
        Phrase("Chat model with LoRA", "Чат-модель с LoRA"),
        _fixed(en=CHAT_BASE),
        _tuned,
        labels.MODEL,
        lambda: shelf().choice("chat", CHAT_BASE).engine,
        "chat",
        _adapted,
        by_default=False,  # twenty times as slow as e5, and behind it on all corpora but WNUT-17
    ),
    "llm": Row(
        Phrase("Chat model", "Чат-модель"),
        _chat_models,
        _chat,
        labels.MODEL,
        lambda: shelf().choice("chat").engine,
        "chat",
        by_default=False,  # a fifth to a half of the F1 of the others, and half of what it names is invented
    ),
}
"""Fast ones first: results appear in this order."""
