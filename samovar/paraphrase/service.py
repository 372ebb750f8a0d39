"""The tool on this process's models: arguments checked, language found, writers and validator chosen."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from samovar import catalog, checks
from samovar.errors import InputError
from samovar.language import detect_or_english
from samovar.models.base import ChatModel
from samovar.models.files import adapters
from samovar.models.shelf import Shelf, shelf
from samovar.paraphrase.core import Paraphrases
from samovar.paraphrase.core import paraphrase as run
from samovar.paraphrase.generation.larger import Larger
from samovar.paraphrase.generation.prompt import ADAPTERS
from samovar.paraphrase.generation.writers import LargerWriter, SmallWriter, Writer
from samovar.paraphrase.nlu.marks import require_template
from samovar.paraphrase.validation.thresholds import thresholds
from samovar.paraphrase.validation.validator import Validator
from samovar.phrases import Language, Phrase

LIMIT = 600
"""Characters: a command or a sentence or two."""
MOST = 10
SEEDS = 2**31 - 1
ROUNDS = 3
"""Of the small model: a round costs a fraction of a second."""
LARGER_ROUNDS = 3
LARGER_EACH = 4
"""Drafts that the larger model writes together."""
NO_MODEL = Phrase(
    "{model} does not speak Russian well enough to paraphrase it.",
    "{model} недостаточно хорошо говорит по-русски, чтобы перефразировать.",
)
GET_MODEL = Phrase(
    "Get a larger model with `samovar fetch qwen`, install the Russian pack with `make setup-ru`, or use "
    "an English text.",
    "Загрузите большую модель: samovar fetch qwen, установите русский пакет: make setup-ru, или "
    "введите английский текст.",
)


def paraphrases(
    text: object,
    n: object,
    seed: object,
    stop: threading.Event | None = None,
    *,
    base: bool = False,
) -> Paraphrases:
    """Check the arguments and run the tool on this process's models.

    `base` takes the small chat model without its adapter, and nothing else writes.

    Raises:
        InputError: an argument breaks a rule, or the language has no model here.
        ModelError: an adapter is damaged or belongs to another model.
    """
    said = checks.text(text, LIMIT)
    require_template(said)
    wanted = checks.whole(n, 1, MOST, "n")
    drawn = checks.whole(seed, 0, SEEDS, "seed")
    language = detect_or_english(said)
    models = shelf()
    larger = Larger.found(models)
    writing = writers(models, language, None if base else larger, base=base)
    own = validator(models, language, larger)
    return run(said, wanted, drawn, language, writing, own, named(writing), stop)


def writers(
    models: Shelf, language: Language, larger: Larger | None, *, base: bool = False
) -> list[Writer]:
    """Return who writes in `language`: the small model many drafts first, the larger one what is missing.

    Raises:
        InputError: no model here speaks it.
    """
    found: list[Writer] = []
    chat = models.speaker(language)
    if language in chat.languages:
        found.append(SmallWriter(chat, None if base else installed(chat, models), ROUNDS))
    if larger is not None:
        found.append(LargerWriter(larger, LARGER_EACH, LARGER_ROUNDS))
    if not found:
        raise InputError(NO_MODEL, GET_MODEL, model=chat.name)
    return found


def named(writing: Sequence[Writer]) -> tuple[str, str]:
    """Return titles and engines of those who write, for the small print."""
    titles = " · ".join(catalog.title(writer.chat.name) for writer in writing)
    return titles, " · ".join(dict.fromkeys(writer.chat.engine for writer in writing))


def installed(chat: ChatModel, models: Shelf) -> str | None:
    """Return the name of the paraphrase adapter of `chat`, None when it is neither here nor on its server."""
    name = ADAPTERS.get(chat.name)
    held = getattr(chat, "adapters", None)
    return name if name in (adapters.names(models.settings) if held is None else held) else None


def validator(models: Shelf, language: Language, larger: Larger | None) -> Validator:
    """Return what judges variants in `language`.

    Raises:
        ModelError: a model or the thresholds are damaged.
    """
    chosen = thresholds(models.settings.data / "paraphrase" / "verifier.json")
    return Validator(
        language,
        models.encoder(),
        models.parser(language),
        chosen[language],
        models.verifier(),
        larger,
    )
