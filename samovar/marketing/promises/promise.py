"""A kind of promise: the words by which it is made."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """Hold the words of one kind of promise."""

    words: re.Pattern[str]
    deniable: bool = True
    """Whether a "not" before the words takes them back; "never fails" is a promise of its own."""
    asked: bool = False
    """Whether a question makes the promise too."""
    unless: re.Pattern[str] | None = None
    """A sentence with these words speaks of something else."""
    backed: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = ()
    """Words of a text, and other words by which a sheet may promise the same: "at no cost", "free"."""

    def backs(self, said: str, spoken: str) -> bool:
        """Tell whether a sentence of the sheet, `spoken`, promises `said` in other words."""
        rows = ((words, others) for words, others in self.backed if words.fullmatch(said))
        return any(others.search(spoken) for _, others in rows)


def promise(
    words: str,
    *,
    deniable: bool = True,
    asked: bool = False,
    unless: str = "",
    backed: tuple[tuple[str, str], ...] = (),
) -> Promise:
    """Return a kind of promise; each line of `words` is a row of alternatives."""
    joined = "|".join(line.strip() for line in words.strip().splitlines())
    return Promise(
        re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE),
        deniable,
        asked,
        re.compile(unless, re.IGNORECASE) if unless else None,
        tuple(
            (re.compile(said, re.IGNORECASE), re.compile(spoken, re.IGNORECASE))
            for said, spoken in backed
        ),
    )
