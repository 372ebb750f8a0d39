"""The rule of verdicts for each model that compares statements with facts.

`python -m eval.selection.claims --write` writes this file: weights of a regression on the development
claims of all characters, and thresholds chosen on the same claims by cross-validation.
"""

from __future__ import annotations

from collections.abc import Mapping

from samovar.character.grounding.verdicts import Rule

RULES: Mapping[str, Rule] = {
    "entailment-e5": Rule(
        {
            "entailed": (-0.13, 0.28, -0.15),
            "contradicted": (0.14, -0.31, 0.18),
            "cosine": (9.55, 20.97, -30.52),
            "known words": (1.76, 1.95, -3.71),
            "strange names": (0.57, 0.19, -0.76),
            "constant": (-8.85, -19.16, 28.01),
        },
        entailed=0.2,
        certain=0.6,
        sure=0.5,
    ),
}
"""Entailment model → its rule, the best model first: the first that is on the machine judges."""
