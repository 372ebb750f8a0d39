"""Two judges of the same statements: what each says, and how a regression joins them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from tqdm import tqdm

from samovar.figures.statistics import mean
from samovar.marketing.checks.judge import Judge
from samovar.marketing.checks.larger.joint import EDGE, Joint
from samovar.marketing.facts.brief import Brief
from samovar.phrases import Language
from training.adverts.corpus import Statement

LARGER_ALONE = Joint(0.0, 0.0, 1.0, 0.0, 1.0, 0.0)
MEAN = Joint(0.0, 0.5, 0.5, 0.0, 1.0, 0.0)
SURE = 0.01
"""Share of the right statements below `doubtful`, and of the faulty ones above `certain`."""
STRENGTH = 1.0

Numbers = NDArray[np.float64]
Answers = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold the statements of one language with what each judge says alone."""

    statements: tuple[Statement, ...]
    small: Numbers
    larger: Numbers | None = None
    """None where the larger judge is not on this machine."""

    @property
    def right(self) -> Answers:
        """Return which statements are right."""
        return np.array([one.fault is None for one in self.statements])

    @property
    def sheets(self) -> list[str]:
        """Return the sheet of each statement."""
        return [one.sheet for one in self.statements]

    def logits(self, joint: Joint | None) -> Numbers:
        """Return what a regression reads, [statements, judges]: of those that count in `joint`."""
        used = [self.small] if joint is None or joint.small else []
        if joint is not None and self.larger is not None:
            told = [joint.asks(chance) for chance in self.small]
            used.append(np.where(told, self.larger, self.small))
        found: Numbers = logit(np.clip(np.stack(used, axis=1), EDGE, 1 - EDGE))
        return found


def asked(
    statements: Sequence[Statement], sheets: Mapping[str, Brief], language: Language, judge: Judge
) -> Asked:
    """Return what both judges say of the `statements` of one language, those of a sheet together."""
    own = sorted((one for one in statements if one.language == language), key=lambda one: one.sheet)
    small, larger = list[float](), list[float]()
    bar = tqdm(total=len(own), unit="statement", desc=language)
    for sheet, group in groupby(own, lambda one: one.sheet):
        texts = [one.text for one in group]
        small += [one.support for one in judge.judged(sheets[sheet], texts, language)]
        if judge.larger is not None:
            larger += judge.larger.supports(sheets[sheet], texts, language)
        bar.update(len(texts))
    bar.close()
    return Asked(tuple(own), np.array(small), np.array(larger) if judge.larger else None)


def joined(told: Asked) -> Joint | None:
    """Return how both judges decide together, without a threshold yet; None without the larger one."""
    if told.larger is None:
        return None
    fitted = LogisticRegression(C=STRENGTH).fit(told.logits(MEAN), told.right)
    doubtful = np.quantile(told.small[told.right], SURE)
    certain = np.quantile(told.small[~told.right], 1 - SURE)
    found = (fitted.intercept_[0], *fitted.coef_[0], doubtful, certain)
    intercept, small, larger, least, most = (round(float(one), 4) for one in found)
    return Joint(intercept, small, larger, least, most, 0.0)


def ways(joint: Joint | None) -> Mapping[str, Joint | None]:
    """Return by name the ways to decide: of the small judge alone, and, with the larger one, of all."""
    if joint is None:
        return {"small": None}
    whole = replace(joint, doubtful=0.0, certain=1.0)
    return {
        "small": None,
        "larger": LARGER_ALONE,
        "mean": MEAN,
        "joint": whole,
        "served": joint,
    }


def alone(told: Asked, joint: Joint | None) -> dict[str, Any]:
    """Return how often a way without the rules is right, by a regression that has not seen the sheet."""
    rows, right = told.logits(joint), told.right
    if joint is not None and joint.small == joint.larger:
        rows = rows.mean(axis=1, keepdims=True)
    chances = cross_val_predict(
        LogisticRegression(C=STRENGTH),
        *(rows, right),
        groups=told.sheets,
        cv=LeaveOneGroupOut(),
        method="predict_proba",
    )[:, 1]
    correct = (chances >= 0.5) == right
    return {
        "right": mean([float(one) for one in correct]),
        "area_under_curve": round(float(roc_auc_score(right, chances)), 4),
    }
