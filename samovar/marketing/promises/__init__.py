"""Words and pairs of words by which advertising promises, for each kind and language."""
