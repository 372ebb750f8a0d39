"""The sections of an HTML file: its text only, without scripts, styles and menus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from samovar.errors import InputError
from samovar.files.section import Outline, Section, tidy
from samovar.files.source import File
from samovar.files.text import ENCODING, MARKS, PLAIN, SAVE_UTF8, SPLIT, WHOLE
from samovar.phrases import Phrase

LEFT_OUT = frozenset(
    "script style template noscript svg math iframe object canvas select button nav head".split()
)
INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strong "
    "sub sup time tt u var wbr".split()
)
"""What does not break the line."""
BREAKS = {"br": "\n", "td": " | ", "th": " | ", "li": "\n"}
"""What stands after an element, two line ends if nothing is said."""
PARAGRAPH = "\n\n"
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)")
DECLARED = 4_000
"""Bytes in which a page names its encoding."""
NOT_HTML = Phrase("{path} is no HTML page: {why}.", "{path} — не страница HTML: {why}.")
NAME = Phrase("Give the file the ending of its kind.", "Дайте файлу имя с верным окончанием.")


def sections(file: File) -> Iterator[Section]:
    """Yield the text under each heading of the page.

    Raises:
        InputError: it cannot be read, is too large, or neither UTF-8 nor what it says it is.
    """
    root = _root(file)
    outline = Outline()
    title = root.findtext(".//title") if root is not None else None
    outline.heading(0, title or "")
    parts: list[str] = []
    for kind, said in _walk(root):
        if kind in HEADINGS:
            yield from _section(parts, outline)
            parts = []
            outline.heading(HEADINGS[kind], said)
        else:
            parts.append(said)
    yield from _section(parts, outline)


def _section(parts: list[str], outline: Outline) -> Iterator[Section]:
    if text := tidy("".join(parts)).strip(" |\n"):
        yield Section(text, outline.path)


def _walk(root: Any) -> Iterator[tuple[str, str]]:
    """Yield (name of the heading or empty, text) in order, without recursion: pages can be deep."""
    from lxml import etree

    heading: list[str] | None = None
    as_written = 0
    walk: Any = etree.iterwalk(root, events=("start", "end")) if root is not None else ()
    for event, node in walk:
        name = node.tag if isinstance(node.tag, str) else ""
        hidden = not name or name in LEFT_OUT
        as_written += (name == "pre") * (1 if event == "start" else -1)
        gap, text = "", ""
        if event == "start" and hidden:
            walk.skip_subtree()
        elif event == "start":
            heading = [] if name in HEADINGS else heading
            gap, text = "" if name in INLINE or name in BREAKS else PARAGRAPH, node.text
        else:
            if name in HEADINGS and heading is not None:
                yield name, "".join(heading)
                heading = None
            gap = "" if hidden or name in INLINE else BREAKS.get(name, PARAGRAPH)
            text = node.tail
        said = gap + (text or "" if as_written else _spaced(text or ""))
        if heading is not None:
            heading.append(said)
        else:
            yield "", said


def _spaced(text: str) -> str:
    """Return text as a browser shows it, where line ends are spaces."""
    if not text:
        return ""
    inner = " ".join(text.split())
    return f"{' ' * text[0].isspace()}{inner}{' ' * (text[-1].isspace() and bool(inner))}"


def _root(file: File) -> Any:
    from lxml import etree

    file.require_size(WHOLE, SPLIT)
    with file.opened() as stream:
        data = stream.read()
    if b"\0" in data and not any(data.startswith(mark) for mark, _ in MARKS):
        raise InputError(NOT_HTML, NAME, path=file.name, why="U+0000")
    text = _decoded(data, file).encode("utf-8", "replace")  # libxml2 knows fewer encodings
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    try:
        root = etree.fromstring(text, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None  # nothing in it
    fatal = parser.error_log.filter_from_fatals()
    if fatal:  # elements inside each other more than 2,048 deep: the rest would be lost
        raise InputError(NOT_HTML, NAME, path=file.name, why=fatal[0].message)
    return root


def _decoded(data: bytes, file: File) -> str:
    """Return the text in the encoding that the bytes show, or else in the one that the page names."""
    said = CHARSET.search(data[:DECLARED])
    shown = [name for mark, name in MARKS if data.startswith(mark)]
    named = [said[1].decode("ascii")] if said else []
    for name in [*shown, PLAIN, *named]:
        with suppress(LookupError, ValueError):
            return data.decode(name)
    raise InputError(ENCODING, SAVE_UTF8, path=file.name, line=1)
