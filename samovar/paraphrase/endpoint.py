"""The public endpoint of the tool: page, HTTP API, MCP and command line call this function."""

from __future__ import annotations

import threading
from typing import Any, Literal

from samovar import checks
from samovar.language import detect
from samovar.models.shelf import Shelf, shelf
from samovar.paraphrase.alignment import groups
from samovar.paraphrase.core import Judges, Paraphrases
from samovar.paraphrase.core import paraphrase as run
from samovar.phrases import Language
from samovar.records import to_json

LIMIT = 600
"""Characters: a command or a sentence or two."""
MOST = 10
SEEDS = 2**31 - 1
TAGGERS: dict[Language, str] = {"en": "en-core-web-sm", "ru": "natasha"}
"""Who finds the names that must be kept."""


def paraphrase(text: str, n: int = 8, seed: int = 0) -> list[dict[str, Any]]:
    """Reword a command or sentence in up to n ways that keep its meaning.

    Args:
        text: A command of at most 600 characters; slots may be marked as in `[Porto](city)`.
        n: Number of accepted variants wanted, 1 to 10.
        seed: Another seed gives other variants.

    Returns:
        The chosen variants first, then the rejected ones with the reasons: a list of
        `{text, accepted, reasons: [{check, value, threshold}], similarity, pinc, forward, backward}`.
    """
    variants: list[dict[str, Any]] = to_json(paraphrases(text, n, seed).variants)
    return variants


def paraphrases(
    text: object,
    n: object,
    seed: object,
    stop: threading.Event | None = None,
    adapter: Literal["auto"] | None = "auto",
) -> Paraphrases:
    """Check the arguments and run the tool on this process's models.

    `adapter` "auto" takes the paraphrase adapter of the language where one is installed; None
    takes the base model.

    Raises:
        InputError: an argument breaks a rule, or the language has no model here.
    """
    said = checks.text(text, LIMIT)
    wanted = checks.whole(n, 1, MOST, "n")
    drawn = checks.whole(seed, 0, SEEDS, "seed")
    language = detect(said) or "en"
    models = shelf()
    return run(
        said, wanted, drawn, language, models.speaker(language), judges(models, language), stop
    )


def judges(models: Shelf, language: Language) -> Judges:
    """Return encoder, word groups and the tagger of names for `language`."""
    path = models.settings.data / "synonyms" / f"{language}.txt"
    tagger = models.tagger(TAGGERS[language])
    return Judges(models.encoder(), groups(path, language), tagger)


def lines(result: list[dict[str, Any]]) -> list[str]:
    """Return the variants as terminal lines: + accepted, - rejected with its first reason."""
    said = []
    for variant in result:
        reasons = "; ".join(f"{r['check']}: {r['value']}" for r in variant["reasons"])
        sign = "+" if variant["accepted"] else "-"
        said.append(f"{sign} {variant['text']}" + (f"   ({reasons})" if reasons else ""))
    return said
