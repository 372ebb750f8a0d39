"""A collection of documents that can be searched: vectors, words, and how it is made."""
