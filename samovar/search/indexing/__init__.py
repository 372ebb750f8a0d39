"""An index on disk: written whole or not at all, brought up to date, safe against a crash."""
