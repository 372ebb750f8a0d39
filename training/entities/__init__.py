"""Public corpora of named entities, read as annotated texts with the page's labels."""
