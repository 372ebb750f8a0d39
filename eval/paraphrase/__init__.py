"""The paraphrase tool measured: what it writes, what its validator accepts, what a reader says of both."""
