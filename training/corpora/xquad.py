"""XQuAD by article: one half trains the encoder of search, the other half measures it.

The articles were put in the order of their sha256 and dealt out in turn, once, before anything was
trained. Both languages hold the same articles and follow the same split, so that no paragraph that
an encoder learned in one language measures it in the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TRAINING = frozenset(
    {
        "Apollo_program",
        "Black_Death",
        "French_and_Indian_War",
        "Fresno,_California",
        "Huguenot",
        "Jacksonville,_Florida",
        "Martin_Luther",
        "Pharmacy",
        "Prime_number",
        "Scottish_Parliament",
        "Super_Bowl_50",
        "Yuan_dynasty",
    }
)
"""Titles of the articles that only train."""


def articles(data: Path, language: str, training: bool) -> Iterator[dict[str, Any]]:
    """Yield the articles of one half: title, and paragraphs with context and qas.

    Raises:
        FileNotFoundError: the folder `data` has no XQuAD in `language`.
    """
    text = (data / "xquad" / f"xquad.{language}.json").read_text(encoding="utf-8")
    for article in json.loads(text)["data"]:
        if (article["title"] in TRAINING) == training:
            yield article
