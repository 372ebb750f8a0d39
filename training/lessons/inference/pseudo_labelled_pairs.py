"""The pairs a teacher labels: captions that train, held against each other in three ways.

What was drawn is kept beside the labels, without a sentence, so that another machine makes the same pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import spacy
import torch

from samovar import catalog
from samovar.models.files import weights
from samovar.models.shelf import shelf
from samovar.models.taggers.spacy import folder
from samovar.settings import Settings
from training.corpora import snli
from training.corpora.pair import NliPair
from training.lessons.inference import edited, pseudo_labels, sets
from training.lessons.inference.crossed import Texts, beside, crossed, unlabelled
from training.lessons.inference.edited import Edit, applied, captions
from training.lessons.inference.natural_inference import CLASSES, OPEN, parts

PSEUDO_LABELLED = "pseudo_labelled"
"""Origin, and name in run.json, of pairs that a teacher has labelled."""
TAGGER = "en-core-web-sm"
ENCODER = "all-minilm-l6-v2"
"""Its vectors of single words go by meaning more than those of e5, which go by spelling."""
BESIDE = 50
"""Per cent of the pairs on one photograph of SNLI that are labelled: 120,000, a third of an hour."""


def drawn(pairs: Sequence[NliPair], percent: int, seed: int) -> list[Edit]:
    """Draw edits of the captions that train, by spaCy's tags and the vectors of all-MiniLM-L6-v2."""
    path = folder(weights.find(catalog.model(TAGGER))[0])
    tagger = spacy.load(path, exclude=["ner", "parser", "lemmatizer"])
    return edited.drawn(captions(parts(pairs, percent)[0]), tagger, shelf().encoder(ENCODER), seed)


def scenes(archive: Path, data_dir: Path, percent: int) -> list[NliPair]:
    """Return the pairs of SNLI in `archive`, none of them on a premise that validates or evaluates."""
    return parts(sets.unseen(snli.read(archive), data_dir), percent)[0]


def pairs_to_label(
    pairs: Sequence[NliPair],
    more: Sequence[NliPair],
    data_dir: Path,
    percent: int,
    edits: Sequence[Edit],
) -> list[Texts]:
    """Return the pairs that a teacher labels, without a sentence that validation or evaluation reads.

    `more` are the `scenes` of SNLI.
    """
    training, held = parts(pairs, percent)
    evaluated = [pair for pairs in sets.evaluation_sets(data_dir).values() for pair in pairs]
    barred = {
        text.lower() for pair in (*evaluated, *held) for text in (pair.premise, pair.hypothesis)
    }
    made = [*crossed(pairs), *applied(captions(training), edits), *beside(more, BESIDE)]
    return unlabelled(made, [*pairs, *more], barred)


def further_files(teacher: str, data_dir: Path, settings: Settings) -> dict[str, Path]:
    """Return the files that what `teacher` labelled is made of; none where that is empty."""
    if not teacher:
        return {}
    labels = pseudo_labels.path(teacher, settings)
    return {PSEUDO_LABELLED: labels, snli.ORIGIN: snli.archive(data_dir)}


def further_pairs(
    files: Mapping[str, Path], pairs: Sequence[NliPair], data_dir: Path, percent: int
) -> tuple[list[NliPair], list[Texts], torch.Tensor]:
    """Return SNLI's pairs, what the teacher read, and what it said, [pairs, 5].

    Raises:
        SamovarError: a file is missing or damaged, or the data holds other pairs.
    """
    if not files:
        return [], [], torch.zeros(0, len(CLASSES))
    said = pseudo_labels.load(files[PSEUDO_LABELLED])
    more = scenes(files[snli.ORIGIN], data_dir, percent)
    texts = pairs_to_label(pairs, more, data_dir, percent, said.edits)
    aims = np.pad(said.of(texts), ((0, 0), (0, len(OPEN))))
    return more, texts, torch.from_numpy(aims)
