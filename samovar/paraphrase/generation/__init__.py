"""Where variants come from: prompts, the chat models that answer them, and the choice among the answers."""
