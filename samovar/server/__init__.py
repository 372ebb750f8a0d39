"""The OpenAI-compatible HTTP API over the models of this process."""
