"""The weights of a conditional random field, found by L-BFGS (Lafferty, McCallum & Pereira 2001)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import sklearn_crfsuite
from pydantic import Field

from samovar.models.taggers.word_features import rows
from samovar.phrases import Language
from training.entities.sentences import Tagged


@dataclass(frozen=True, slots=True)
class CrfTraining:
    """Say how the weights are found."""

    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Named in run.json; L-BFGS itself draws nothing."""
    iterations: Annotated[int, Field(ge=1, le=10_000)] = 100
    """Of L-BFGS: the F1 on held-out text no longer moves beyond."""
    l1: Annotated[float, Field(ge=0, le=100)] = 0.1
    """Weight of the sum of sizes: sets most weights to zero and keeps the file small."""
    l2: Annotated[float, Field(ge=0, le=100)] = 0.05
    """Weight of the sum of squares: rare words then count for less."""
    rarest: Annotated[float, Field(ge=0, le=100)] = 1
    """Occurrences below which a feature is left out."""


def trained(
    sentences: Sequence[Tagged], language: Language, chosen: CrfTraining, path: Path
) -> Any:
    """Fit the weights on `sentences` of one language, write them to `path` and return the model."""
    model = sklearn_crfsuite.CRF(
        algorithm="lbfgs",
        c1=chosen.l1,
        c2=chosen.l2,
        min_freq=chosen.rarest,
        max_iterations=chosen.iterations,
        all_possible_transitions=True,
        model_filename=str(path),
        keep_tempfiles=True,
        verbose=True,
    )
    features = [rows(one.words, language) for one in sentences]
    return model.fit(features, [list(one.tags) for one in sentences])
