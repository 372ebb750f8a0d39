"""One question against a collection: candidates, fusion, the cross-encoder."""
