"""The public function of the tool: HTTP API, MCP tool and command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samovar import checks
from samovar.errors import InputError
from samovar.language import detect, detect_or_english
from samovar.ner.annotated.gold import LIMIT as LIMIT
from samovar.ner.core import Finding, annotate
from samovar.ner.tagging.parts import languages
from samovar.ner.tagging.taggers import TAGGERS, defaults
from samovar.phrases import LANGUAGES, Language, Phrase
from samovar.records import to_json

AUTO = "auto"
CHOICES = (AUTO, *LANGUAGES)
SECONDS = 20
"""GPU seconds of an answer on ZeroGPU, by all taggers: estimated, not measured."""

UNRECOGNISED = Phrase(
    "The text is neither English nor Russian: most of its letters are of another script, "
    "or it has none.",
    "Текст не на английском и не на русском: букв нет или большинство из другого алфавита.",
)
FORCE = Phrase(
    "Choose the language yourself if you want to tag it anyway: English (en) or Russian (ru).",
    "Если всё равно нужна разметка, выберите язык сами: английский (en) или русский (ru).",
)
NONE_CHOSEN = Phrase("`taggers` is empty.", "Список «taggers» пуст.")
LEAVE_OUT = Phrase(
    "Leave it out to use those that suit the language, or choose from: {options}.",
    "Не указывайте его, чтобы взять подходящие к языку, или выберите из: {options}.",
)


@dataclass(frozen=True, slots=True)
class Order:
    """Hold a checked request."""

    text: str
    taggers: tuple[str, ...]
    language: Language


def ner(text: str, taggers: list[str] | None = None, language: str = "auto") -> dict[str, Any]:
    """Find people, places, organizations and other names in an English or Russian text.

    Args:
        text: The text, 1 to 20,000 characters.
        taggers: Which taggers look for names, any of crf, spacy-own, spacy, natasha, e5, bert,
            gliner, llm-tuned and llm; by default those on this machine that are good for the
            language. A tagger named here runs on any text, whatever its model was made for.
        language: The language of the text: auto (found by its letters, the default), en or ru.

    Returns:
        One entry for each tagger, under its name. `spans` lists the names that it found, each with
        `text`, `label` (PER, LOC, ORG or MISC), `start` and `end`, which count characters of the
        text as given. `milliseconds` is the time that it took. `invented` lists names that a chat
        model wrote although the text lacks them, and `parsed` is false where its reply could not be
        read in full.

    Raises:
        InputError: a text, tagger or language that is not accepted.
        ModelError: the weights of a tagger are missing or altered.
    """
    order = checked(text, taggers, language)
    return as_json(*annotate(order.text, order.taggers, order.language))


def as_json(*findings: Finding) -> dict[str, Any]:
    """Return findings as the endpoint gives them."""
    return {
        f.tagger: to_json(f.markup) | {"milliseconds": round(f.markup.milliseconds, 2)}
        for f in findings
    }


def checked(text: object, taggers: object = None, language: object = AUTO) -> Order:
    """Return the request when every part of it is accepted.

    Raises:
        InputError: it is not.
    """
    good = checks.text(text, LIMIT)
    wanted = checks.choice(language, CHOICES, "language")
    fixed = next((language for language in LANGUAGES if language == wanted), None)
    spoken = fixed or detect(good)
    if taggers is None:
        if spoken is None:
            raise InputError(UNRECOGNISED, FORCE)
        there = (fixed,) if fixed else languages(good, spoken)
        return Order(good, tuple(defaults(*there)), spoken)
    named = checks.choices(taggers, tuple(TAGGERS), "taggers")
    if not named:
        raise InputError(NONE_CHOSEN, LEAVE_OUT, options=", ".join(TAGGERS))
    return Order(good, tuple(named), spoken or detect_or_english(good))


def lines(result: Mapping[str, Any]) -> list[str]:
    """Return a result as lines for a terminal."""
    said: list[str] = []
    for name, markup in result.items():
        said.append(f"{name}  {markup['milliseconds']:.0f} ms")
        said += [f"  {s['label']:<8} {s['text']}  {s['start']}:{s['end']}" for s in markup["spans"]]
        said += [f"  invented {text}" for text in markup["invented"]]
        if not markup["parsed"]:
            said.append("  (the reply could not be read in full)")
    return said
