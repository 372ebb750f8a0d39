"""Advertising texts for a product sheet, each checked against the sheet."""
