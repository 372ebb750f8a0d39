"""Paraphrases of a command, each validated, the rejected ones with the reason."""
