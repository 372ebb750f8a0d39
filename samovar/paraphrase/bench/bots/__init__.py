"""Bots that can be asked what a text means, a row a kind."""
