"""Transcripts as conversations with one character, and as lines of known speakers."""
