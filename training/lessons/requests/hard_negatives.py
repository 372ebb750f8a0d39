"""Hard negatives made from frames: a rewording turned so that it asks for something else.

A rewording shares few words with its request, and what is made from it differs from it in one point.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import groupby

from samovar.models.base import Parser
from samovar.paraphrase.analysis.analysis import analyse_all
from samovar.phrases import Language
from training.corpora.requests import RequestPair
from training.lessons.requests.reframed import reframed


def with_negatives(
    pairs: Sequence[RequestPair], parsers: Mapping[Language, Parser], each: int, seed: int
) -> list[RequestPair]:
    """Return `pairs`, those of one request together, with up to `each` hard negatives a request.

    They are made from its rewordings, or from itself where it has none.
    """
    groups = [list(group) for _, group in groupby(pairs, lambda pair: (pair.source, pair.language))]
    drawn = {
        at: _drawn(group, each, f"{seed}/{group[0].source}") for at, group in enumerate(groups)
    }
    made: dict[int, list[RequestPair]] = {}
    for language, parser in parsers.items():
        own = [at for at, group in enumerate(groups) if group[0].language == language]
        texts = [(at, text) for at in own for text in drawn[at]]
        requests = analyse_all([text for _, text in texts], language, parser)
        for (at, _), request in zip(texts, requests, strict=True):
            source = groups[at][0].source
            for text, kind in reframed(request, seed, 1):
                made.setdefault(at, []).append(RequestPair(source, text, False, kind, language))
    return [pair for at, group in enumerate(groups) for pair in (*group, *made.get(at, ()))]


def _drawn(group: Sequence[RequestPair], each: int, seed: str) -> list[str]:
    """Return the texts from which the negatives of one request are made."""
    same = [pair.text for pair in group if pair.same] or [group[0].source]
    return random.Random(seed).sample(same, min(each, len(same)))
