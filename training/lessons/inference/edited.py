"""Captions with one word replaced by a near one of the same inflection: minimal edits nobody has written.

What was drawn is kept as (pair, side, word, replacement), without a sentence: tags and vectors may round
otherwise on another machine, and the pairs have to be the same ones there.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from samovar.models.base import Encoder
from training.corpora.pair import NliPair
from training.lessons.inference.crossed import Texts

ORIGINS = ("snli_cad", "sick")
"""Both are captions of photographs and films."""
TAGS = frozenset("NN NNS VBG VBZ VBN JJ RB IN CD".split())
"""Inflections (Penn Treebank) whose words are replaced."""
NEAR = 15
"""Neighbours a word is replaced by: of "guitar" among them instrument, banjo, violin, band."""
RAREST = 2
"""Times that a word stands in the captions at least: rarer ones are mostly misspelt."""
WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace word number `word` of the premise (side 0) or hypothesis (1) of pair number `pair`."""

    pair: int
    side: int
    word: int
    by: str


def captions(pairs: Sequence[NliPair]) -> list[NliPair]:
    """Return the pairs that are edited, in their order, which the numbers of edits mean."""
    return [pair for pair in pairs if pair.origin in ORIGINS]


def drawn(pairs: Sequence[NliPair], tagger: Any, encoder: Encoder, seed: int) -> list[Edit]:
    """Return one edit of either side of each of `pairs`, as far as a word of it can be replaced.

    `tagger` is a spaCy pipeline that tags parts of speech; `encoder` says which words are near.
    """
    texts = list(dict.fromkeys(text for pair in pairs for text in _sides(pair)))
    places = {text: _places(doc) for text, doc in zip(texts, tagger.pipe(texts), strict=True)}
    near = _neighbours([key for found in places.values() for _, key in found], encoder)
    edits = []
    for number, pair in enumerate(pairs):
        draw = random.Random(f"{seed}/{number}")
        for side, text in enumerate(_sides(pair)):
            free = [(word, near[key]) for word, key in places[text] if near.get(key)]
            if free:
                word, others = draw.choice(free)
                edits.append(Edit(number, side, word, draw.choice(others)))
    return edits


def applied(pairs: Sequence[NliPair], edits: Sequence[Edit]) -> Iterator[Texts]:
    """Yield the pairs that `edits` make of `pairs`: with the other side, and of the hypothesis with its own.

    >>> pair = NliPair("A dog runs.", "A pet moves.", "entailment", "en", "sick")
    >>> list(applied([pair], [Edit(0, 0, 1, "cat")]))
    [('A cat runs.', 'A pet moves.')]
    >>> list(applied([pair], [Edit(0, 1, 2, "sits")]))
    [('A dog runs.', 'A pet sits.'), ('A pet moves.', 'A pet sits.')]
    """
    for edit in edits:
        pair = pairs[edit.pair]
        text = replaced(_sides(pair)[edit.side], edit)
        if edit.side == 0:
            yield text, pair.hypothesis
            continue
        yield pair.premise, text
        yield (text, pair.hypothesis) if edit.pair % 2 else (pair.hypothesis, text)


def replaced(text: str, edit: Edit) -> str:
    """Return `text` with the word of `edit` replaced; a capital letter stays one."""
    match = list(WORD.finditer(text))[edit.word]
    word = edit.by.capitalize() if match[0][0].isupper() else edit.by
    return text[: match.start()] + word + text[match.end() :]


def _sides(pair: NliPair) -> Texts:
    return pair.premise, pair.hypothesis


def _places(doc: Any) -> list[tuple[int, tuple[str, str]]]:
    """Return number, word and tag of the words of a tagged text that may be replaced."""
    starts = {match.span(): number for number, match in enumerate(WORD.finditer(doc.text))}
    return [
        (starts[token.idx, token.idx + len(token.text)], (token.text.lower(), token.tag_))
        for token in doc
        if token.tag_ in TAGS and (token.idx, token.idx + len(token.text)) in starts
    ]


def _neighbours(
    tagged: Sequence[tuple[str, str]], encoder: Encoder
) -> dict[tuple[str, str], list[str]]:
    """Return the nearest words of the same tag for each (word, tag) that is no rarity."""
    by_tag: dict[str, list[str]] = defaultdict(list)
    for (word, tag), times in sorted(Counter(tagged).items()):
        if times >= RAREST:
            by_tag[tag].append(word)
    near = {}
    for tag, listed in by_tag.items():
        rows = encoder.encode(listed)
        cosines = rows @ rows.T
        np.fill_diagonal(cosines, -1)
        for word, row in zip(listed, cosines, strict=True):
            best = np.argsort(-row, kind="stable")[: min(NEAR, len(listed) - 1)]
            near[word, tag] = [listed[at] for at in best]
    return near
