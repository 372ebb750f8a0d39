"""The judge of adverts in the larger chat model, and how it and the small one decide together."""
