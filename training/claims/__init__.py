"""The judge of what a character says: facts, claims and verdicts, as pairs for the entailment model."""
