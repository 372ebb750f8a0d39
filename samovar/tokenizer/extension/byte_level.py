"""How a byte-level vocabulary writes text: one printable character a byte, a space as Ġ."""

from __future__ import annotations

from functools import cache


@cache
def alphabet() -> dict[str, int]:
    """Return the byte that each character of a byte-level vocabulary stands for.

    Printable characters of Latin-1 stand for themselves, the other bytes for U+0100 and on
    (Radford et al. 2019, GPT-2).
    """
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(b): b for b in printable} | {chr(256 + n): b for n, b in enumerate(others)}


def spelled(text: str) -> str:
    """Return `text` as an entry of the vocabulary.

    >>> spelled(" smart contract")
    'ĠsmartĠcontract'
    """
    return "".join(_letters()[byte] for byte in text.encode("utf-8"))


@cache
def _letters() -> dict[int, str]:
    return {byte: letter for letter, byte in alphabet().items()}
