"""The choices in running llama.cpp on a CPU, what each costs, and what the product takes."""

from __future__ import annotations

from dataclasses import dataclass

DRAFT = 3
"""Tokens tried at once where a reply seems to repeat something."""


@dataclass(frozen=True, slots=True)
class Options:
    """Say how llama.cpp holds and runs a model; `python -m eval.chat_engines` compares the choices."""

    looks: int = 1_000
    """How often a thread that waits for another looks before it falls asleep (GOMP_SPINCOUNT).

    Awake for long, as OpenMP has it by default, it takes the core from the thread that it waits for:
    beside one other busy process on two cores Qwen2.5-Coder-1.5B wrote 0.7 tokens/s, asleep at once
    4.2. A thousand looks lose nothing beside another process (5.3 against 5.4 tokens/s), and alone
    they are a fifth faster than none. The first server of a process decides for all.
    """
    mapped: bool = False
    """Whether the file stays mapped into memory.

    The weights are reordered for the CPU into memory of their own, and the mapped file would lie
    there a second time: 2,070 MB instead of 1,470 for Qwen2.5-Coder-1.5B, at the same speed.
    """
    reordered: bool = True
    """Whether the weights are laid out for the CPU's vector instructions; unordered is half as fast."""
    batch: int = 32
    """Tokens that one step reads at the most, of all prompts together.

    Between two steps a request can be cancelled, and each reply that is being written gets a token. By
    the library's 2,048 a prompt of 700 tokens was one step, ten seconds of Qwen2.5-Coder-1.5B, in which
    nobody else got a word and a client that had left still held its place.
    """
    lookup: int = 0
    """Length in tokens of the end of a reply that is searched in what went before it.

    Where it is found, the DRAFT tokens that followed are tried at once. 0: no search.
    """


SERVED = Options()
"""What the product runs with."""
