"""The box that holds the visitor's terms: read from it, put into it and taken out of it."""

from __future__ import annotations

import re
from collections.abc import Collection

from samovar.errors import InputError
from samovar.phrases import Phrase

NONE = Phrase("There are no terms yet.", "Терминов пока нет.")
WRITE = Phrase(
    "Type some, or tick those that were found in your text.",
    "Впишите их или отметьте найденные в вашем тексте.",
)


def typed(terms: str) -> list[str]:
    r"""Return the terms of a text box.

    >>> typed("kubectl, smart contract\n\nEVM;")
    ['kubectl', 'smart contract', 'EVM']
    """
    parts = (part.strip() for part in re.split(r"[,;\n]", terms or ""))
    return [part for part in parts if part]


def some(terms: str) -> list[str]:
    """Return the terms of a text box that must hold one.

    Raises:
        InputError: it is empty.
    """
    listed = typed(terms)
    if not listed:
        raise InputError(NONE, WRITE)
    return listed


def added(terms: str, new: Collection[str]) -> str:
    """Return the box with the `new` terms behind those that stand there.

    >>> added("kubectl", ["kubelet", "kubectl"])
    'kubectl, kubelet'
    """
    return ", ".join(dict.fromkeys([*typed(terms), *new]))


def removed(terms: str, gone: Collection[str]) -> str:
    """Return the box without the terms `gone`.

    >>> removed("kubectl, kubelet", ["kubectl"])
    'kubelet'
    """
    return ", ".join(term for term in typed(terms) if term not in gone)
