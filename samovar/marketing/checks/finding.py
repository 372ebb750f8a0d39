"""What a check finds in a text, and what it reads: the sentences, the sheet and the channel's form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samovar.marketing.checks.forms import Form
from samovar.marketing.checks.judge import Judged
from samovar.marketing.facts.reading import Sentence, Sheet


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
    ads: frozenset[int] = frozenset()
    """Hashes of the runs of words of the ads that models learn from."""
    judged: tuple[Judged, ...] = ()
    """How far the sheet supports each sentence; none where no judge is on the machine."""

    def heads(self, sentence: Sentence) -> bool:
        """Tell whether a sentence stands in the headline or subject line of a text that goes on."""
        first, _, rest = self.text.strip().partition("\n")
        return len(self.form.parts) > 1 and bool(rest.strip()) and sentence.text in first


Check = Callable[[Draft], list[Finding]]
