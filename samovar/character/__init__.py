"""A chat with a character of a series, with facts of its world beside each reply."""
