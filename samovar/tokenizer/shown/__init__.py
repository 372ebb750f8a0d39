"""What several cards of the tool draw."""
