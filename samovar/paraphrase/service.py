"""The tool on this process's models: arguments checked, language found, models and adapter chosen."""

from __future__ import annotations

import threading

from samovar import checks
from samovar.language import detect_or_english
from samovar.models.base import ChatModel
from samovar.models.files import adapters
from samovar.models.shelf import Shelf, shelf
from samovar.paraphrase.alignment import groups
from samovar.paraphrase.core import Paraphrases, ValidationModels
from samovar.paraphrase.core import paraphrase as run
from samovar.paraphrase.nlu.marks import require_template
from samovar.paraphrase.prompt import ADAPTERS
from samovar.paraphrase.thresholds import Detector, detectors
from samovar.phrases import Language

LIMIT = 600
"""Characters: a command or a sentence or two."""
MOST = 10
SEEDS = 2**31 - 1
AUTO = "auto"
TAGGERS: dict[Language, str] = {"en": "en-core-web-sm", "ru": "natasha"}
"""Who finds the names that must be kept."""


def paraphrases(
    text: object,
    n: object,
    seed: object,
    stop: threading.Event | None = None,
    adapter: str | None = AUTO,
) -> Paraphrases:
    """Check the arguments and run the tool on this process's models.

    `adapter` "auto" takes the paraphrase adapter of the chat model where one is installed, a name
    takes that one, and None takes the base model.

    Raises:
        InputError: an argument breaks a rule, or the language has no model here.
        ModelError: the adapter named belongs to another model, or is damaged.
    """
    said = checks.text(text, LIMIT)
    require_template(said)
    wanted = checks.whole(n, 1, MOST, "n")
    drawn = checks.whole(seed, 0, SEEDS, "seed")
    language = detect_or_english(said)
    models = shelf()
    chat = models.speaker(language)
    if adapter == AUTO:
        adapter = installed(chat, models)
    own = validation_models(models, language)
    return run(said, wanted, drawn, language, chat, own, stop, adapter)


def installed(chat: ChatModel, models: Shelf) -> str | None:
    """Return the name of the paraphrase adapter of `chat`, None when it is not on this machine."""
    name = ADAPTERS.get(chat.name)
    return name if name in adapters.names(models.settings) else None


def validation_models(models: Shelf, language: Language) -> ValidationModels:
    """Return encoder, word groups, the tagger of names and the other models for `language`.

    Raises:
        ModelError: a model or the coefficients of the score are damaged.
    """
    data = models.settings.data
    return ValidationModels(
        models.encoder(),
        groups(data / "synonyms" / f"{language}.txt", language),
        models.tagger(TAGGERS[language]),
        models.entailment(),
        detector(models),
    )


def detector(models: Shelf) -> Detector:
    """Return what joins the measurements into one score.

    Raises:
        ModelError: the coefficients cannot be read.
    """
    path = models.settings.data / "paraphrase" / "detector.json"
    return detectors(path).chosen(models.entailment() is not None)
