"""The sections of a Markdown file; # in a block of code is no heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from samovar.files.section import Outline, Section
from samovar.files.source import File
from samovar.files.text import content

LINE_END = re.compile(r"\r\n|\n|\r")
FRONT = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.S)
"""The block of YAML that site generators and notebooks of notes put before the text."""


def sections(file: File) -> Iterator[Section]:
    """Yield the text under each heading, as it is written; the front matter gives only its title.

    Raises:
        InputError: as `samovar.files.text.content`.
    """
    from markdown_it import MarkdownIt

    title, text = _front(content(file))
    rows = LINE_END.split(text)
    outline = Outline()
    outline.heading(0, title)
    start = 0
    tokens = MarkdownIt("commonmark").parse(text)
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            yield from _section(rows[start : token.map[0]], outline)
            outline.heading(int(token.tag[1]), _said(tokens[at + 1]))
            start = token.map[1]
    yield from _section(rows[start:], outline)


def _section(rows: list[str], outline: Outline) -> Iterator[Section]:
    if text := "\n".join(rows).strip():
        yield Section(text, outline.path)


def _said(inline: Any) -> str:
    """Return a heading without its marks."""
    parts = (" " if part.type == "softbreak" else part.content for part in inline.children or ())
    return "".join(parts)


def _front(text: str) -> tuple[str, str]:
    found = FRONT.match(text)
    if not found:
        return "", text
    try:
        said = yaml.load(found[1], yaml.BaseLoader)
    except yaml.YAMLError:
        return "", text
    if not isinstance(said, dict):
        return "", text
    title = said.get("title")
    return (title.strip() if isinstance(title, str) else ""), text[found.end() :]
