"""Tables of the experiments in which a model learns new terms (python -m training.tokenizer)."""
