"""How to run a model: one protocol per role, one file per engine."""
