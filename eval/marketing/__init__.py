"""Evaluation of the marketing tool."""
