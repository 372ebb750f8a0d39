"""What the turns of many clients come to: speed, errors, and words that reached the wrong client."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from eval.service.client import Seen

SHOWN = 5
"""Answers with a word of another conversation that are kept to be read."""


def quantiles(values: Sequence[float], digits: int = 3) -> dict[str, float]:
    """Return median, 95th percentile, largest value and number of `values`."""
    if not values:
        return {"count": 0}
    found = {"p50": np.median(values), "p95": np.quantile(values, 0.95), "max": max(values)}
    return {"count": len(values), **{k: round(float(v), digits) for k, v in found.items()}}


def speed(turns: Sequence[Seen], seconds: float) -> dict[str, Any]:
    """Return how fast the turns of each model were answered within `seconds`, and of all together.

    `rate` is the tokens per second of one reply, from the request to its end, waiting included.
    """
    names = sorted({seen.model for seen in turns})
    groups = {"all": list(turns)} | {n: [s for s in turns if s.model == n] for n in names}
    return {name: _speed(group, seconds) for name, group in groups.items()}


def _speed(turns: Sequence[Seen], seconds: float) -> dict[str, Any]:
    said = [seen for seen in turns if seen.tokens and not seen.error]
    return {
        "turns": len(turns),
        "first_seconds": quantiles([seen.first for seen in said]),
        "seconds": quantiles([seen.seconds for seen in said]),
        "rate": quantiles([seen.tokens / seen.seconds for seen in said], 1),
        "tokens_per_second": round(sum(seen.tokens for seen in said) / seconds, 1),
    }


def faults(turns: Sequence[Seen]) -> dict[str, Any]:
    """Return errors, and signs that an answer reached another client than the one that asked.

    Such signs are a word of another conversation, a word that the schema demands and that is not there,
    and other facts for the same opening question than before.
    """
    words = {seen.word for seen in turns}
    foreign = [
        {"own": seen.word, "text": seen.text}
        for seen in turns
        if any(word in seen.text for word in words - {seen.word})
    ]
    facts: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for seen in turns:
        if seen.opening and not seen.error:
            facts[seen.model, seen.opening].add(seen.facts)
    return {
        "errors": dict(Counter(seen.error for seen in turns if seen.error)),
        "foreign_words": len(foreign),
        "foreign": foreign[:SHOWN],
        "words_missing": sum(not seen.written for seen in turns if not seen.error),
        "openings_with_other_facts": sum(len(found) > 1 for found in facts.values()),
        "openings": len(facts),
        "silent": sum(not seen.text for seen in turns if not seen.error),
    }


def shares(turns: Iterable[Seen], clients: int) -> dict[str, int]:
    """Return how many turns the client with the fewest had, and the one with the most."""
    counts = Counter(seen.client for seen in turns)
    each = [counts[number] for number in range(clients)]
    return {"fewest_turns": min(each), "most_turns": max(each)}


def beside_one(many: dict[str, Any], one: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return for each model what the many clients have of what one alone has, in times."""
    found = {}
    for name in sorted(set(many) & set(one) - {"all"}):
        if many[name]["rate"]["count"] and one[name]["rate"]["count"]:
            found[name] = {
                "first_p95": round(
                    many[name]["first_seconds"]["p95"]
                    / max(0.001, one[name]["first_seconds"]["p50"]),
                    2,
                ),
                "rate_p50": round(many[name]["rate"]["p50"] / one[name]["rate"]["p50"], 3),
                "tokens_per_second": round(
                    many[name]["tokens_per_second"] / one[name]["tokens_per_second"], 2
                ),
            }
    return found
