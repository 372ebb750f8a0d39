"""What is measured beside our own models, and wrappers that spare repeated work."""
