"""Choose a few paraphrases: those that reword first, then the surest, none a near copy of another."""

from __future__ import annotations

from collections.abc import Sequence

from samovar.paraphrase.validation.words import likeness

TWIN = 0.93
"""Two variants this alike count as near copies of each other."""


def twin(text: str, taken: Sequence[str]) -> bool:
    """Tell whether `text` is a near copy of one of `taken`."""
    return any(likeness(text, other) >= TWIN for other in taken)
