"""A grown vocabulary to take home: tokenizer, new rows, and the script that applies them to the base."""
