"""Fit the rule that turns what is seen of a claim into its verdict, and write the file of the rules.

The weights are a regression on all claims given; the thresholds are those with the best mean share of
right verdicts, each verdict counting alike, on claims that the regression has not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from samovar.character.grounding.rules import RULES
from samovar.character.grounding.verdicts import VERDICTS, Rule, Seen
from samovar.records import Verdict
from training.claims.corpus import CharacterClaim

SEED = 0
FOLDS = 10
STRENGTH = 0.3
"""Inverse of the regularisation; 0.1 and 1 do as well by cross-validation."""
ENTAILED = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)
CERTAIN = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
SURE = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
"""Thresholds that are tried."""
BEGIN, END = "RULES: Mapping[str, Rule] = {\n", '}\n"""Entailment model'


@dataclass(frozen=True, slots=True)
class Read:
    """Hold a claim, what is seen of it, and what its verdict depends on."""

    claim: CharacterClaim
    seen: Seen
    features: Mapping[str, float]

    def verdict(self, rule: Rule) -> Verdict:
        """Return what `rule` says of it."""
        return rule.verdict(self.features, self.seen.read)


def fitted(read: Sequence[Read]) -> tuple[Rule, list[Verdict]]:
    """Return the rule of the claims in `read`, and the verdicts by weights fitted on the other folds."""
    from sklearn.model_selection import StratifiedKFold

    right = np.array([one.claim.verdict for one in read])
    strata = [f"{one.claim.verdict} {one.claim.language}" for one in read]
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(strata, strata)
    rough: dict[int, Rule] = {}
    for others, own in folds:
        rule = _rule([read[at] for at in others])
        rough |= dict.fromkeys(own.tolist(), rule)

    def given(thresholds: tuple[float, float, float]) -> list[Verdict]:
        return [one.verdict(_with(rough[at], thresholds)) for at, one in enumerate(read)]

    best = max(
        product(ENTAILED, CERTAIN, SURE),
        key=lambda thresholds: balanced(right, np.array(given(thresholds))),
    )
    return _with(_rule(read), best), given(best)


def balanced(right: NDArray[np.str_], given: NDArray[np.str_]) -> float:
    """Return the share of right verdicts, each verdict counting alike."""
    shares = [(given[right == verdict] == verdict).mean() for verdict in VERDICTS]
    return float(np.mean(shares))


def source(text: str, changed: Mapping[str, Rule]) -> str:
    """Return the file of the rules, whose text is given, with the rules in `changed` put first.

    >>> source(f"{BEGIN}anything{END}.", {})[:len(BEGIN)] == BEGIN
    True
    """
    kept = {name: rule for name, rule in RULES.items() if name not in changed}
    rows = "".join(_row(name, rule) for name, rule in {**changed, **kept}.items())
    return text[: text.index(BEGIN)] + BEGIN + rows + text[text.index(END) :]


def _rule(read: Sequence[Read]) -> Rule:
    """Return a rule with weights that fit, and thresholds that are still to be chosen."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = [name for name in read[0].features if name != "constant"]
    values = np.array([[one.features[name] for name in names] for one in read])
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
    model.fit(scaler.transform(values), [one.claim.verdict for one in read])
    assert tuple(model.classes_) == VERDICTS
    weights = model.coef_ / scaler.scale_
    constants = model.intercept_ - (weights * scaler.mean_).sum(1)
    columns = dict(zip([*names, "constant"], [*weights.T, constants], strict=True))
    return Rule({name: _three(column) for name, column in columns.items()}, 0.0, 1.0, 0.0)


def _three(column: NDArray[np.float64]) -> tuple[float, float, float]:
    first, second, third = (round(float(value), 2) for value in column)
    return first, second, third


def _with(rule: Rule, thresholds: tuple[float, float, float]) -> Rule:
    entailed, certain, sure = thresholds
    return replace(rule, entailed=entailed, certain=certain, sure=sure)


def _row(name: str, rule: Rule) -> str:
    """Return the lines of one rule in the file."""
    weights = [
        f'            "{key}": ({", ".join(f"{value:.2f}" for value in values)}),\n'
        for key, values in rule.weights.items()
    ]
    thresholds = [
        f"        {key}={getattr(rule, key)},\n" for key in ("entailed", "certain", "sure")
    ]
    opening = f'    "{name}": Rule(\n        {{\n'
    return "".join([opening, *weights, "        },\n", *thresholds, "    ),\n"])
