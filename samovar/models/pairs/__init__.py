"""Models that read two texts together: entailment and reranking."""
