"""Weights of a chat model whose vocabulary was grown: rows put in, and the proof that nothing broke."""
