"""Advertising texts to train on: drafted, filtered by similarity, split by sheet."""
