"""What the page shows of one text: paraphrases, their intents, and the base model beside them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samovar import checks
from samovar.errors import ModelError
from samovar.models.shelf import Shelf, shelf
from samovar.paraphrase.core import Paraphrases
from samovar.paraphrase.nlu.intent_file import NAME
from samovar.paraphrase.nlu.intents import Guess, Guesses, Intents
from samovar.paraphrase.service import paraphrases
from samovar.records import to_json


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold the paraphrases of one text with what was asked beside them."""

    result: Paraphrases
    guesses: Guesses | None = None
    """None where no classifier reads the vectors of this machine's encoder."""
    base: Answer | None = None
    """The same text and seed without the adapter, when the visitor compares."""
    intent: str = ""
    """The intent that the visitor's bot has for the text, where he named it."""

    @property
    def flips(self) -> tuple[tuple[int, Guess], ...]:
        """Return place and intent of each variant whose intent is not the original's."""
        known = self.guesses
        if known is None:
            return ()
        return tuple((at, guess) for at, guess in enumerate(known.variants) if known.flips(at))

    @property
    def same(self) -> bool:
        """Tell whether the base model wrote the very same: then no adapter was at work."""
        if self.base is None:
            return False
        texts = [[v.text for v in one.result.variants] for one in (self, self.base)]
        return texts[0] == texts[1]


def answer(
    text: object,
    n: object,
    seed: object,
    stop: threading.Event | None = None,
    *,
    intents: Intents | None = None,
    beside: bool = False,
    intent: str = "",
) -> Answer:
    """Paraphrase `text` and guess the intents; `intents` are a visitor's own, `beside` compares.

    `intent` is what the visitor's bot calls the text, for the files.

    Raises:
        InputError: an argument breaks a rule, or the language has no model here.
    """
    named = " ".join(checks.text(intent, NAME, "intent").split()) if intent.strip() else ""
    base = None
    if beside:
        plain = paraphrases(text, n, seed, stop, base=True)
        base = Answer(plain, guessed(plain, shelf(), intents))
    result = paraphrases(text, n, seed, stop)
    return Answer(result, guessed(result, shelf(), intents), base, named)


def guessed(result: Paraphrases, models: Shelf, own: Intents | None = None) -> Guesses | None:
    """Return the intents by `own`, else by the shipped classifier; None where neither fits."""
    encoder = models.encoder()
    try:
        intents = own or Intents.load(models.settings.assets / "intents", encoder.name)
        return intents.guesses(result.original, [v.text for v in result.variants], encoder)
    except ModelError:
        return None


def rows(answer: Answer) -> list[Mapping[str, Any]]:
    """Return the variants as JSON-ready mappings, each with its intent where one is known."""
    variants: list[Mapping[str, Any]] = to_json(answer.result.variants)
    if answer.guesses is None:
        return variants
    return [{**row, **intent_fields(answer.guesses, at)} for at, row in enumerate(variants)]


def intent_fields(guesses: Guesses, at: int) -> Mapping[str, Any]:
    """Return the intent columns of the variant at this place."""
    return {
        "intent": guesses.variants[at].intent,
        "intent_probability": guesses.variants[at].probability,
        "original_intent": guesses.original.intent,
        "original_intent_probability": guesses.original.probability,
        "intent_flips": guesses.flips(at),
    }
