"""NLU training data as Rasa reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import yaml

VERSION = "3.1"
WIDTH = 1_000_000
"""Columns: a text is never wrapped."""


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

    yaml_representers: ClassVar[dict[Any, Any]] = {
        **yaml.SafeDumper.yaml_representers,
        _Block: _block,
    }
