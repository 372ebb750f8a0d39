"""Advertising texts for a product and a channel, each checked against the product sheet."""
