"""Paraphrases as files: CSV, JSON Lines, and NLU training data for Rasa."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import yaml

from samovar import html
from samovar.paraphrase.answer import Answer, intent_fields, rows
from samovar.paraphrase.core import Paraphrases
from samovar.paraphrase.intents import NONE, SHIPPED
from samovar.paraphrase.marking import marked
from samovar.records import Entailment, Variant
from samovar.tool import Download

NAME = "samovar-paraphrase"
UNNAMED = "unnamed_intent"
"""Where nobody chose an intent and no file of the visitor's tells one."""
VERSION = "3.1"
WIDTH = 1_000_000
"""Columns: a text is never wrapped."""


def downloads(answer: Answer) -> tuple[Download, ...]:
    """Return every variant as CSV and JSON Lines, and the accepted ones for Rasa."""
    return (
        html.spreadsheet(NAME, [_row(answer, at) for at in range(len(answer.result.variants))]),
        html.json_lines(NAME, rows(answer)),
        Download(f"{NAME}.yml", rasa(answer.result, intent_name(answer))),
    )


def intent_name(answer: Answer) -> str:
    """Return the intent that was chosen, else what the visitor's own intents say of the original.

    The shipped classifier is not asked: it does not know what the visitor's bot calls its intents.
    """
    guesses = answer.guesses
    if answer.intent:
        return answer.intent
    if guesses is None or guesses.source == SHIPPED or guesses.original.intent == NONE:
        return UNNAMED
    return guesses.original.intent


def rasa(result: Paraphrases, intent: str, *, rejected: bool = False) -> str:
    """Return Rasa's NLU data: the original as it was marked and its accepted variants.

    With `rejected` every variant is in it.
    """
    texts = [variant.text for variant in result.variants if variant.accepted or rejected]
    listed = (result.original, *texts)
    return nlu((intent, marked(text, result.slots, result.original)) for text in listed)


def nlu(examples: Iterable[tuple[str, str]]) -> str:
    """Return Rasa's NLU data of (intent, marked text), grouped by intent, each text once.

    >>> print(nlu([("tea", "brew: #1"), ("tea", "- 5 cups"), ("bye", "bye")]), end="")
    version: '3.1'
    nlu:
    - intent: tea
      examples: |
        - brew: #1
        - - 5 cups
    - intent: bye
      examples: |
        - bye
    """
    groups: dict[str, dict[str, None]] = {}
    for intent, text in examples:
        groups.setdefault(intent, {})[" ".join(text.split())] = None
    listed = [
        {"intent": intent, "examples": _Block("".join(f"- {text}\n" for text in texts))}
        for intent, texts in groups.items()
    ]
    return yaml.dump(
        {"version": VERSION, "nlu": listed},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
    )


class _Block(str):
    """A text of several lines, written as YAML's literal block."""


def _block(dumper: yaml.SafeDumper, text: _Block) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")


class _Dumper(yaml.SafeDumper):
    """Write blocks where YAML allows one: it quotes what a block cannot hold."""

    yaml_representers: ClassVar[dict[Any, Any]] = {**yaml.SafeDumper.yaml_representers, _Block: _block}


def _row(answer: Answer, at: int) -> Mapping[str, Any]:
    variant = answer.result.variants[at]
    reasons = (f"{r.check}: {r.value} (needed: {r.threshold})" for r in variant.reasons)
    return {
        "text": variant.text,
        "accepted": variant.accepted,
        "reasons": "; ".join(reasons),
        "similarity": variant.similarity,
        "pinc": variant.pinc,
        **_entailments(variant),
        **(intent_fields(answer.guesses, at) if answer.guesses else {}),
    }


def _entailments(variant: Variant) -> Mapping[str, Any]:
    """Return the columns of the entailment model, where it was asked."""
    ways = {"forward": variant.forward, "backward": variant.backward}
    fields: dict[str, Any] = {
        f"{way}_{name}": getattr(entailment, name)
        for way, entailment in ways.items()
        if entailment is not None
        for name in Entailment.__slots__
    }
    return fields if variant.score is None else {**fields, "score": variant.score}
