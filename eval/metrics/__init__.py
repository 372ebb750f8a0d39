"""Metrics that several measurements share."""
