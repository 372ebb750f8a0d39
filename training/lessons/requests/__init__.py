"""Requests and what asks for the same or for something else, as lessons."""
