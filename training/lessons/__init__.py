"""What makes, filters and labels training examples, one folder a kind of model."""
