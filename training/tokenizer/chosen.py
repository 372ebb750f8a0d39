"""Which terms enter the vocabulary: those the data set lists, and what saves most of its training part."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

from samovar.tokenizer.texts.candidates import WORD, candidates

ALL = 100_000


def terms(
    runs: Sequence[Sequence[str]],
    tokenizer: Tokenizer,
    listed: Sequence[str],
    most: int,
    spread: int,
) -> tuple[str, ...]:
    """Return at most `most` terms, those `listed` first that are cut at all, then by what they save.

    A word must stand in `spread` of `runs` (texts of neighbouring documents) at least: a name that one
    document made up says nothing about the next.
    """
    words = [{word for text in run for word in WORD.findall(text)} for run in runs]
    own = [term for term in listed if len(tokenizer.encode(f" {term}").ids) > 1]
    found = candidates((text for run in runs for text in run), tokenizer, ALL)
    wide = [one.term for one in found if sum(one.term in run for run in words) >= spread]
    return tuple(dict.fromkeys((*own, *wide)))[:most]
