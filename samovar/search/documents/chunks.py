"""Cut a document into passages that an encoder reads whole."""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 1200
"""Characters of a passage: about 180 English words or 350 tokens of Russian; 512 is what E5 reads.
Scripts with a token a character (Chinese) would need less; the encoder cuts such a passage."""


def passages(text: str, longest: int = LONGEST) -> list[str]:
    """Return `text` in passages of whole sentences, at most `longest` characters each.

    The last sentence of a passage begins the next one too when it is short, so that what stands
    on the border is found. A text that fits stays as it is.
    """
    if len(text) <= longest:
        return [text]
    parts: list[str] = []
    current: list[str] = []
    for sentence in _sentences(text, longest):
        if current and _length([*current, sentence]) > longest:
            parts.append(" ".join(current))
            current = current[-1:] if _fits_twice(current[-1], sentence, longest) else []
        current.append(sentence)
    return [*parts, " ".join(current)]


def _fits_twice(last: str, following: str, longest: int) -> bool:
    return len(last) <= longest // 4 and _length([last, following]) <= longest


def _length(sentences: list[str]) -> int:
    return sum(map(len, sentences)) + len(sentences) - 1


def _sentences(text: str, longest: int) -> Iterator[str]:
    """Yield sentences; one that is too long is cut at spaces, a word that is too long anywhere."""
    from razdel import sentenize

    for paragraph in text.split("\n\n"):
        for sentence in sentenize(paragraph):
            rest = " ".join(sentence.text.split())
            while len(rest) > longest:
                cut = rest.rfind(" ", 1, longest + 1)
                cut = longest if cut < 0 else cut
                yield rest[:cut]
                rest = rest[cut:].lstrip()
            if rest:
                yield rest
