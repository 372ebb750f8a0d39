"""The judges of what is said: facts, claims and verdicts, as pairs for the entailment model."""
