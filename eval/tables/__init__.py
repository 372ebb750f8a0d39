"""Tables of the documents, drawn from eval/results."""
