"""Which chat model serves which tool where the profile's own is a small one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Base:
    """Name a chat model that may answer a tool."""

    model: str
    """Its id in the catalog."""
    adapter: str | None = None
    """Adapter of that model for this tool, used where it is on this machine; None: the model as it is."""


LARGER: dict[str, tuple[Base, ...]] = {
    "character": (Base("qwen2.5-coder-1.5b-instruct"),),
    "marketing": (Base("qwen2.5-coder-1.5b-instruct"),),
    "paraphrase": (Base("qwen2.5-coder-1.5b-instruct", "requests-qwen"),),
}
"""Tool → larger models that answer it, the best first, where their file is here and memory allows.

Paraphrase draws its samples with the profile's model and lets the larger one verify them and write what
is missing. Names has an adapter for the profile's model and stays with it.
"""
