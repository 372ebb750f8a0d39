"""Parsers: a text becomes tokens with lemmas, parts of speech and Universal Dependencies."""
