"""Terms as ordinary entries of a byte-level vocabulary, in a tokenizer.json that any library reads.

The terms are no added tokens. Those match before anything else, leftmost and longest, and a match
that turns out to be no whole word is dropped: with `kube api` added, `kube` is lost in `kube apis`;
the space before them is lost in decoding. Here a term is a word of the vocabulary like any other.
"""

from __future__ import annotations

from samovar.tokenizer.extension.growth import Extension, Form, extend

__all__ = ("Extension", "Form", "extend")
