"""Inputs that several measurements share."""
