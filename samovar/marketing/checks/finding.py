"""What a check finds in a text, and what it reads: the sentences, the sheet and the channel's form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samovar.marketing.checks.forms import Form
from samovar.marketing.facts.reading import Sentence, Sheet
from samovar.models.base import EntailmentModel


@dataclass(frozen=True, slots=True)
class Finding:
    """Name a problem: its kind, the words of the text, and what the sheet says instead, if anything."""

    kind: str
    words: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold a text as the checks read it."""

    text: str
    sentences: tuple[Sentence, ...]
    sheet: Sheet
    form: Form
    others: Sequence[str] = ()
    """Names of other products."""
    finished: bool = True
    everyday: frozenset[str] = frozenset()
    """Stems that need no fact."""
    ads: frozenset[int] = frozenset()
    """Hashes of the runs of words of the ads that models learn from."""
    entailment: EntailmentModel | None = None


Check = Callable[[Draft], list[Finding]]
