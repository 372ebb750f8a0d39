"""The lists of eval/results/character-conversations.json: talks to be read, and how many replies are good."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.character.persona import CHARACTERS
from samovar.figures import statistics
from samovar.phrases import LANGUAGES, Language

Row = Mapping[str, Any]
NAMES: dict[Language, str] = {"en": "English", "ru": "Russian"}
MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
"""What Markdown would not show as it stands."""


def share(result: Mapping[str, Any]) -> list[str]:
    """Return a line a language and character: how many replies a reader finds good.

    The interval is over talks: the replies of one hang together.
    """
    table = [
        "| language | character | talks | replies | judged | good (95 %, over talks) |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for language in LANGUAGES:
        own = [row for row in result["exchanges"] if row["language"] == language]
        slugs = list(dict.fromkeys(row["character"] for row in own))
        for slug in slugs if len(slugs) > 1 else ():
            his = [row for row in own if row["character"] == slug]
            table.append(_line(NAMES[language], CHARACTERS[slug].name.en, his))
        if own:
            whom = "all" if len(slugs) > 1 else CHARACTERS[slugs[0]].name.en
            table.append(_line(NAMES[language], whom, own))
    return [*table, ""]


def talks(language: Language, result: Mapping[str, Any]) -> list[str]:
    """Return the talks of `language`, each reply with its claims and the reader's verdict."""
    own = [row for row in result["exchanges"] if row["language"] == language]
    lines = []
    for talk, rows in groupby(own, key=lambda row: row["talk"]):
        told = list(rows)
        name = CHARACTERS[told[0]["character"]].name.en
        lines += [f"### {name}, {talk}", "", *(one for row in told for one in _said(row, name)), ""]
    return lines[:-1]


LISTS = {language: partial(talks, language) for language in LANGUAGES}
"""Language → what draws its talks."""


def _line(language: str, whom: str, rows: Sequence[Row]) -> str:
    judged = [row for row in rows if row["good"] is not None]
    found = _interval(judged)
    shown = f"{found.value:.0%} ({found.low:.0%} to {found.high:.0%})" if found else "–"
    count = len({row["talk"] for row in rows})
    return f"| {language} | {whom} | {count} | {len(rows)} | {len(judged)} | {shown} |"


def _interval(judged: Sequence[Row]) -> statistics.Interval | None:
    """Return the share of good replies, with an interval over talks; None without a verdict."""
    if not judged:
        return None
    names = dict.fromkeys(row["talk"] for row in judged)
    verdicts = [[bool(row["good"]) for row in judged if row["talk"] == name] for name in names]
    good, count = np.array([(sum(own), len(own)) for own in verdicts]).T

    def measure(cases: NDArray[np.int64]) -> float:
        return float(good[cases].sum() / count[cases].sum())

    return statistics.metric(len(names), measure)


def _said(row: Row, name: str) -> Iterator[str]:
    """Yield what was said, then below the reply its claims and the verdict."""
    yield f"- **Visitor:** {_plain(row['message'])}"
    yield f"- **{name}:** {_plain(row['reply']) or '(nothing)'}"
    for claim in row["claims"]:
        fact = f" — {_plain(claim['fact'])}" if claim["fact"] else ""
        yield f"  - {claim['verdict']}: “{_plain(claim['text'])}”{fact}"
    verdict = {True: "good", False: f"**not good**: {_plain(row['why'])}", None: "*not judged*"}
    yield f"  - {verdict[row['good']]}"


def _plain(text: str) -> str:
    """Return `text` on one line, so that Markdown shows it as it is."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))
