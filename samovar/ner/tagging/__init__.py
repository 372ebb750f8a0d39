"""The taggers: their table and labels, and the chat model as one of them."""
