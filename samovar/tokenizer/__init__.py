"""The pieces of a text before and after domain terms are added to the vocabulary."""
