"""Which chat model serves which tool in the profile `embedded`."""

from __future__ import annotations

LARGER: dict[str, tuple[str, ...]] = {
    "character": ("qwen2.5-coder-1.5b-instruct",),
}
"""Tool → larger models that answer it, the best first, where their file is here and memory allows.

Tools that are not named stay with the profile's model: Paraphrase and Names have adapters for it, and
Marketing's examples make both models write the same texts, the larger one in forty times the time.
"""
