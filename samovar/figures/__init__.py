"""Measured figures: where one came from, how sure it is, and what the page reads of them."""
