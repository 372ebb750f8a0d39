"""Measurements, one module a table: `python -m eval.<name>` writes `eval/results/<name>.json`."""
