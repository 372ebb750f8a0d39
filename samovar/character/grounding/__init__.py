"""What is true in a character's world: facts found for a message, and claims judged by them."""
