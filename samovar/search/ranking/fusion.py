"""Join two rankings into one: words put in order what meaning found, within each script."""

from __future__ import annotations

from collections.abc import Sequence

from samovar.search.exact.exactness import Exactness

WORDS = 0.25
"""What a document gains that shares all words of a question of rare ones, in spreads of the encoder.

More gains more where texts answer in the words of the question, and loses where they do not
(docs/LOG.md): of the weights tried, this gained most without harm on any development set.
"""
Scored = tuple[int, float]
"""(document, score)"""


def fused(
    dense: Sequence[Scored], words: Sequence[Scored], point: float, scripts: Sequence[str]
) -> list[Scored]:
    """Return (document, score), best first, from two rankings, each best first.

    A convex combination of scores (Bruch, Gai & Ingber 2023) and not of ranks: where a question
    shares only common words with the texts, BM25 gives every text little, and its order, which is
    then chance, moves little. A document that only words found has the lowest similarity of its
    script: all that is known is that it is not higher.

    Words cannot compare a text of the question's script with one of another, which can hardly share
    any. So the places of each script stay where the encoder put them, and words only choose
    which of its documents come first. A score is at least that of the next document.

    Args:
        dense: cosine of each document that meaning found.
        words: BM25 of each document that shares a word.
        point: what one point of BM25 is worth as a cosine; see `point`.
        scripts: of every document of the collection.

    >>> fused([(0, 0.9), (1, 0.8), (2, 0.7)], [(2, 3.0), (1, 1.0)], 0.1, ["HAN", "LATIN", "LATIN"])
    [(0, 1.0), (2, 1.0), (1, 0.9)]
    """
    bottom = min((score for _, score in dense), default=0.0)
    lowest = {scripts[at]: score for at, score in dense}
    scores = dict(dense)
    for at, score in words:
        scores[at] = scores.get(at, lowest.get(scripts[at], bottom)) + point * score
    order = sorted(scores, key=lambda at: -scores[at])  # of equals, the nearer in meaning
    waiting = {script: iter([at for at in order if scripts[at] == script]) for script in lowest}
    placed = [next(waiting[scripts[at]]) for at, _ in dense]
    listed = set(placed)
    placed += [at for at in order if at not in listed]
    falling: list[Scored] = []
    for at in reversed(placed):
        falling.append((at, max(scores[at], falling[-1][1]) if falling else scores[at]))
    return falling[::-1]


def raised(order: Sequence[Scored], exact: Exactness, unit: float, lowest: float) -> list[Scored]:
    """Return `order` with documents raised by what they hold of that which is asked for literally.

    Neither vectors nor BM25 do this: to an encoder, 1928 is near 1929, and to BM25, one word of the
    question is as good as another of the same rarity. A document in another script gains as much: its
    numbers and codes are written alike.

    Args:
        order: (document, score), best first.
        exact: what each document holds.
        unit: what one spread of the encoder is worth in these scores.
        lowest: the score of a document that is not in `order`, before it is raised.
    """
    scores = dict(order)
    for at in sorted(exact.documents):
        if gain := unit * exact.gain(at):
            scores[at] = scores.get(at, lowest) + gain
    return sorted(scores.items(), key=lambda pair: -pair[1])


def point(spread: float, attainable: float) -> float:
    """Return what one point of BM25 is worth as a cosine.

    Args:
        spread: 1 less the mean cosine of two texts. Encoders differ in it by a factor of two, so
            that no weight of a bare cosine fits all.
        attainable: BM25 of a text that shares all words of the question, if all of them were rare.
    """
    return WORDS * spread / attainable if attainable > 0 else 0.0
