"""Find passages by meaning and by words, in English and Russian alike."""
