"""Publish on the Hugging Face Hub: Spaces, adapters and their cards."""
