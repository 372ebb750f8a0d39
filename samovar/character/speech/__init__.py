"""What is said, as text: the character's own words, their statements, and who is meant."""
