"""Pairs as conversations for a chat model."""
