"""The cards of the Models page: what answers, a larger one, the catalog and the profiles."""
