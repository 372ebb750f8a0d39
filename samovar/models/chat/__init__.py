"""Chat models: what all engines share, the remote engine, and one folder an engine."""
