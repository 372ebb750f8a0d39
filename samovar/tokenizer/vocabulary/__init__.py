"""The base's vocabulary: its pieces, its vectors, and where the vectors of new entries begin."""
