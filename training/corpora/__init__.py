"""Readers of the public data sets, one module per family; each yields frozen records."""
