"""The regular expression that finds terms in a text, in the dialect of the tokenizers library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["letter", "digit", "sign"]

BEFORE: dict[Kind, str] = {
    "letter": r"(?<![\p{L}\p{M}])",
    "digit": r"(?<!\p{N})",
    "sign": "",
}
AFTER: dict[Kind, str] = {
    "letter": r"(?![\p{L}\p{M}])",
    "digit": r"(?!\p{N})",
    "sign": r"(?![\p{M}\x{200D}])",
}
"""What may not stand beside a term, by the kind of its first and last character.

The edges are those at which byte-level vocabularies cut words themselves: `kube` is a word of
`kube_proxy` and of `kube2`, not of `kubes`. Beside a sign anything may stand, but for the marks that
change its look: `C++11` holds `C++`, a longer emoji does not hold a shorter one.
"""


@dataclass(slots=True)
class Node:
    """Hold the terms that begin alike: next character → the rest; `ends` of which kind one is here."""

    rest: dict[str, Node] = field(default_factory=dict)
    ends: Kind | None = None


def terms_pattern(terms: Iterable[str]) -> str:
    r"""Return a pattern that matches each of `terms` with the space before it, the longest first.

    A longer term that is no whole word gives way to a shorter one: with `kube` and `kube api`, the
    text `kube apis` has `kube`. Beginnings are shared, so that thousands of terms are tried at once.

    >>> terms_pattern(["kube", "kube api"])
    ' ?(?:(?<![\\p{L}\\p{M}])kube(?:\\ api(?![\\p{L}\\p{M}])|(?![\\p{L}\\p{M}])))'
    """
    roots: dict[str, Node] = {}
    for term in sorted(set(terms)):
        node = roots.setdefault(BEFORE[kind(term[0])], Node())
        for character in term:
            node = node.rest.setdefault(character, Node())
        node.ends = kind(term[-1])
    return f" ?(?:{'|'.join(before + _tail(root) for before, root in roots.items())})"


def kind(character: str) -> Kind:
    """Return what counts as the same word beside `character`: letters and marks, digits, nothing."""
    category = unicodedata.category(character)[0]
    return "letter" if category in "LM" else "digit" if category == "N" else "sign"


def _tail(node: Node) -> str:
    ways = [re.escape(character) + _tail(rest) for character, rest in node.rest.items()]
    if node.ends is not None:
        ways.append(AFTER[node.ends])
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
