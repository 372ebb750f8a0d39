"""The rule of verdicts for each model that compares statements with facts.

`python -m eval.selection.claims --write` writes this file: weights of a regression on the development
claims of all characters, and thresholds chosen on the same claims by cross-validation.
"""

from __future__ import annotations

from collections.abc import Mapping

from samovar.character.grounding.verdicts import Rule

RULES: Mapping[str, Rule] = {
    "claims-e5": Rule(
        {
            "entailed": (-0.02, 0.40, -0.38),
            "contradicted": (0.36, -0.10, -0.26),
            "cosine": (0.33, 21.66, -21.99),
            "known words": (1.28, 1.92, -3.20),
            "strange names": (0.59, 0.32, -0.91),
            "constant": (-0.00, -18.84, 18.84),
        },
        entailed=0.1,
        certain=0.5,
        sure=0.35,
    ),
    "entailment-e5": Rule(
        {
            "entailed": (-0.07, 0.14, -0.07),
            "contradicted": (0.29, -0.27, -0.02),
            "cosine": (7.00, 20.96, -27.97),
            "known words": (2.17, 1.82, -3.99),
            "strange names": (0.65, 0.08, -0.73),
            "constant": (-6.69, -18.99, 25.67),
        },
        entailed=0.05,
        certain=0.6,
        sure=0.35,
    ),
}
"""Entailment model → its rule, the best model first: the first that is on the machine judges."""
