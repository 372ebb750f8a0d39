"""Weights on disk: found, verified, fetched, and read in their formats."""
