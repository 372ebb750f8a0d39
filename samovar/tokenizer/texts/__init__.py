"""What a visitor brings: a file of text, and the box that holds the terms."""
