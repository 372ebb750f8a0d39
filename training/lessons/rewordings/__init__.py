"""Pairs of commands that say the same, for the paraphrase adapters."""
