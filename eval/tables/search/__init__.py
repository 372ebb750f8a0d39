"""Tables of search."""
