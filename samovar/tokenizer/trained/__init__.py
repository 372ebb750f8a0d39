"""A vocabulary that was trained and ships with the project."""
