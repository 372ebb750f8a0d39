"""The choices in running llama.cpp on a CPU, what each costs, and what the product takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DRAFT = 3
"""Tokens tried at once where a reply seems to repeat something."""


@dataclass(frozen=True, slots=True)
class Options:
    """Say how llama.cpp holds and runs a model; `python -m eval.chat_engines` compares the choices."""

    waiting: Literal["passive", "active"] = "passive"
    """How its threads wait for each other: asleep, or awake, OpenMP's default.

    Awake they take the cores from the thread that they wait for: beside one other busy process on
    two cores Qwen2.5-Coder-1.5B wrote 0.7 tokens/s, asleep 4.2. Alone, awake is a fifth faster.
    The first server of a process decides for all.
    """
    mapped: bool = False
    """Whether the file stays mapped into memory.

    The weights are reordered for the CPU into memory of their own, and the mapped file would lie
    there a second time: 2,070 MB instead of 1,470 for Qwen2.5-Coder-1.5B, at the same speed.
    """
    reordered: bool = True
    """Whether the weights are laid out for the CPU's vector instructions; unordered is half as fast."""
    lookup: int = 0
    """Length in tokens of the end of a reply that is searched in what went before it.

    Where it is found, the DRAFT tokens that followed are tried at once. 0: no search.
    """


SERVED = Options()
"""What the product runs with."""
