"""Questions and texts for the encoder of search and its cross-encoder."""
