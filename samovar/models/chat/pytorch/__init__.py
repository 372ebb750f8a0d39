"""Chat by transformers and peft: every model, the GPU, and the reference."""
