"""The annotated sentences of data/names: `[Маша]PER живёт в [Твери]LOC`, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samovar.ner.annotated.gold import Annotated
from samovar.phrases import Language
from samovar.records import Span

NAME = re.compile(r"\[([^\]]+)\](PER|LOC|ORG|MISC)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence and the group it stands in (news, chat, commands …)."""

    text: Annotated
    group: str


def sentences(data: Path, language: Language) -> list[Sentence]:
    """Return the sentences of `data`/names/<language>.txt; `# …` begins a group."""
    lines = (data / "names" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return list(_read(lines, language))


def _read(lines: list[str], language: Language) -> Iterator[Sentence]:
    group = ""
    for line in lines:
        if line.startswith("#"):
            group = line.lstrip("# ")
        elif line.strip():
            yield Sentence(annotated(line, language), group)


def annotated(line: str, language: Language) -> Annotated:
    """Return the text of `line` without its marks, and its names.

    >>> annotated("[Ann]PER left [Rome]LOC.", "en").spans[1].start
    9
    """
    text, at = "", 0
    spans: list[Span] = []
    for match in NAME.finditer(line):
        text += line[at : match.start()]
        spans.append(Span(len(text), len(text) + len(match[1]), match[2], match[1]))
        text += match[1]
        at = match.end()
    return Annotated(text + line[at:], tuple(spans), language)
