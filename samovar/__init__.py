"""Samovar: six NLP tools on small language models, in English and Russian."""

__version__ = "0.1.0"
