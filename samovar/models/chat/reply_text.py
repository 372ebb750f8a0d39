"""The text of one growing reply: whole characters only, ended by stop strings."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.decoders import DecodeStream


class ReplyText:
    """Turn tokens into text as they arrive; hold back what may become a stop string.

    With the stop string "END", "the EN" is given out as "the " until the next token decides.
    """

    def __init__(self, tokenizer: Tokenizer, stop: Sequence[str]) -> None:
        self._tokenizer = tokenizer
        self._decoder = DecodeStream(skip_special_tokens=True)
        self._stop = [string for string in stop if string]
        self._held = ""
        self.stopped = False
        """True once a stop string has come."""

    def add(self, token: int) -> str:
        """Return the text that is certain after `token`."""
        self._held += self._decoder.step(self._tokenizer, token) or ""
        places = [at for at in map(self._held.find, self._stop) if at >= 0]
        if places:
            self.stopped = True
            certain, self._held = self._held[: min(places)], ""
            return certain
        keep = max((self._overlap(string) for string in self._stop), default=0)
        certain = self._held[: len(self._held) - keep]
        self._held = self._held[len(certain) :]
        return certain

    def rest(self) -> str:
        """Return what was held back, at the end of a reply."""
        rest, self._held = self._held, ""
        return rest

    def _overlap(self, string: str) -> int:
        """Return how many last characters held are a beginning of `string`."""
        sizes = range(min(len(string) - 1, len(self._held)), 0, -1)
        return next((size for size in sizes if self._held.endswith(string[:size])), 0)
