"""Models that find named entities."""
