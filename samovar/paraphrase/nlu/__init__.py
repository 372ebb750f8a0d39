"""What a bot is trained on and understands: intents, their examples, marked slots."""
