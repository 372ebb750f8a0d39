"""Advertising texts as lessons of a chat model."""
