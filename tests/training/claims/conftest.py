"""A handful of facts and claims of both characters, in the form of `data/characters`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

FACTS = {
    "house": (
        ("h1", "House limps because a clot destroyed a muscle in his right thigh.", "leg"),
        ("h2", "James Wilson is the head of oncology at the hospital.", "wilson"),
        ("h3", "House takes Vicodin for the pain in his leg.", "vicodin"),
        ("h4", "House had a pet rat named Steve McQueen.", "habits"),
        ("h5", "Lisa Cuddy is the dean of medicine.", "cuddy"),
    ),
    "data": (
        ("d1", "Data was built by Doctor Soong on the planet Omicron Theta.", "origin"),
        ("d2", "Spot is the cat that lives with Data.", "cat"),
        ("d3", "Data does not need sleep.", "body"),
    ),
}
CLAIMS = {
    "house": (
        ("I take Vicodin for the pain in my leg.", ["h3"], "supported"),
        ("I have never taken a Vicodin in my life.", ["h3"], "contradicted"),
        ("Vicodin is cheaper on Mondays.", ["h3"], "unknown"),
        ("Wilson is the head of oncology.", ["h2"], "supported"),
        ("Wilson is a plumber.", ["h2", "h5"], "contradicted"),
        ("My rat was called Steve McQueen.", ["h4"], "supported"),
        ("Cuddy sells used cars.", ["h5"], "contradicted"),
        ("I limp because of a clot in my thigh.", ["h1"], "supported"),
    ),
    "data": (
        ("Doctor Soong built me on Omicron Theta.", ["d1"], "supported"),
        ("Spot is my dog.", ["d2"], "contradicted"),
        ("I sleep nine hours each night.", ["d3"], "contradicted"),
        ("Spot dislikes the captain.", ["d2"], "unknown"),
    ),
}
DEVELOPMENT = {
    "house": (("I need Vicodin because my leg hurts.", ["h3"], "supported"),),
    "data": (("A cat named Spot lives with me.", ["d2"], "supported"),),
}
TEST = {
    "house": (("Wilson is the head of oncology, poor man.", ["h2"], "supported"),),
    "data": (("I was built by a gardener.", ["d1"], "contradicted"),),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder with these files."""
    data = tmp_path / "data"
    for slug, facts in FACTS.items():
        folder = data / "characters" / slug
        folder.mkdir(parents=True, exist_ok=True)
        rows = [dict(zip(("id", "text", "topic"), fact, strict=True)) for fact in facts]
        _write(folder / "facts.jsonl", rows)
        parts = {"train-a": CLAIMS, "development": DEVELOPMENT, "test": TEST}
        for name, listed in parts.items():
            keys = ("claim", "fact_ids", "verdict", "language")
            claims = [dict(zip(keys, (*claim, "en"), strict=True)) for claim in listed[slug]]
            _write(folder / f"claims-{name}.jsonl", claims)
    return data


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
