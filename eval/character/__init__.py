"""What each step brings to a character's replies: `python -m eval.character`."""
