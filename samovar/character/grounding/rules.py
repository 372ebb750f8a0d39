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
            "entailed": (-0.07, 0.14, -0.07),
            "contradicted": (0.30, -0.27, -0.02),
            "cosine": (7.15, 20.92, -28.06),
            "known words": (2.15, 1.82, -3.97),
            "strange names": (0.65, 0.08, -0.73),
            "constant": (-6.81, -18.95, 25.75),
        },
        entailed=0.05,
        certain=0.6,
        sure=0.35,
    ),
}
"""Entailment model → its rule, the best model first: the first that is on the machine judges."""
