"""Is what was found an answer, or only what lies nearest?"""

from __future__ import annotations

from collections.abc import Sequence

from samovar.search.exact.exactness import Exactness

NEAREST = {"search-e5": 0.73}
"""Encoder → the cosine from which the nearest text is an answer; of others it is not known.

Chosen on questions whose collection holds the answer, and on those of other sets, whose does not
(`python -m eval.no_match`). It belongs to one adapter: others put texts nearer or farther.
"""


def good(
    exact: Exactness, shown: Sequence[int], similarity: float | None, encoder: str
) -> bool | None:
    """Tell whether a search found what was asked for; None where that is not known.

    Args:
        exact: what the collection holds of that which is asked for literally.
        shown: the documents that are shown.
        similarity: cosine of the nearest of them, None where meaning was not compared.
        encoder: its name.
    """
    if not shown:
        return False
    if exact.parts and exact.short:
        return any(exact.asked(at) for at in shown)
    if exact.keywords and any(word.said(at) for word in exact.words for at in shown):
        return True
    if similarity is None or encoder not in NEAREST:
        return None
    return similarity >= NEAREST[encoder]
