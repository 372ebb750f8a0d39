"""Texts whose names are known: files of them, their labels, and the shipped sentences."""
