"""The pairs a judge labels: captions that train, held against each other in three ways.

What was drawn is kept beside the labels, without a sentence, so that another machine makes the same pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy

from samovar import catalog
from samovar.models import spacy_tagger, weights
from samovar.models.shelf import shelf
from training.corpora import edited, nli
from training.corpora.crossed import Texts, crossed, unlabelled
from training.corpora.edited import Edit, applied, captions
from training.corpora.pair import NliPair
from training.corpora.retrieved import Places, paired, retrieved
from training.natural_inference import parts

TAGGER = "en-core-web-sm"
ENCODER = "all-minilm-l6-v2"
"""Its vectors of single words go by meaning more than those of e5, which go by spelling."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold what makes pairs of the captions that train, beside those of one group."""

    edits: tuple[Edit, ...]
    near: Places


def drawn(every: Sequence[NliPair], percent: int, seed: int) -> Drawn:
    """Draw edits, by spaCy's tags and the vectors of all-MiniLM-L6-v2, and find like captions by these."""
    learnt = parts(every, percent)[0]
    folder = spacy_tagger.folder(weights.find(catalog.model(TAGGER))[0])
    tagger = spacy.load(folder, exclude=["ner", "parser", "lemmatizer"])
    encoder = shelf().encoder(ENCODER)
    edits = edited.drawn(captions(learnt), tagger, encoder, seed)
    return Drawn(tuple(edits), retrieved(learnt, encoder))


def judged_pairs(
    every: Sequence[NliPair], data_dir: Path, percent: int, made: Drawn
) -> list[Texts]:
    """Return the pairs that a judge labels, without a sentence that validation or evaluation reads."""
    learnt, held = parts(every, percent)
    judged = [pair for pairs in nli.evaluation_sets(data_dir).values() for pair in pairs]
    barred = {text.lower() for pair in (*judged, *held) for text in (pair.premise, pair.hypothesis)}
    found = [*crossed(every), *applied(captions(learnt), made.edits), *paired(learnt, made.near)]
    return unlabelled(found, every, barred)
