"""The articles of a Wikipedia dump (`pages-articles.xml`, also bz2), read as a stream."""

from __future__ import annotations

import bz2
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.search.documents.corpus import Document

ARTICLE = "0"
HIDDEN = ("-2", "6", "14")
"""Namespaces whose links are no text: media, files, categories."""
ENGLISH = ("media", "file", "image", "category")
"""They are understood in a wiki of any language."""
DROPPED = ("ref", "table", "gallery", "timeline", "imagemap", "score", "math")
BLANK = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")
ABSENT = Phrase("There is no file {path}.", "Нет файла {path}.")
BROKEN = Phrase(
    "{path} is no dump of Wikipedia, or it is cut off (after {n:,} pages): {why}.",
    "{path} — не дамп Википедии, или он оборван (после {n:,} страниц): {why}.",
)
AGAIN = Phrase(
    "Give pages-articles.xml or pages-articles.xml.bz2, downloaded completely.",
    "Нужен pages-articles.xml или pages-articles.xml.bz2, скачанный полностью.",
)
NOT_INSTALLED = Phrase(
    "`mwparserfromhell` is not installed.", "Пакет mwparserfromhell не установлен."
)
INSTALL = Phrase(
    "Install it: pip install -r requirements-search.txt",
    "Установите его: pip install -r requirements-search.txt",
)


@dataclass(frozen=True, slots=True)
class Site:
    """Hold what a dump says of its wiki: its name, such as ruwiki, and its hidden namespaces."""

    name: str
    hidden: frozenset[str]


def articles(path: Path) -> Iterator[Document]:
    """Yield the articles of the dump `path`: plain text, with the site and the page's number as id.

    Raises:
        InputError: there is no such file, it is no dump, or it is cut off.
    """
    if not path.is_file():
        raise InputError(ABSENT, AGAIN, path=path)
    pages = 0
    try:
        with _opened(path) as file:
            site = Site("", frozenset(ENGLISH))
            for name, element in _elements(file):
                if name == "siteinfo":
                    site = _site(element)
                else:
                    pages += 1
                    if article := _article(element, site):
                        yield article
    except (ElementTree.ParseError, OSError, EOFError) as error:
        raise InputError(BROKEN, AGAIN, path=path, n=pages, why=error) from error


def plain(wikitext: str, hidden: frozenset[str] = frozenset(ENGLISH)) -> str:
    """Return `wikitext` without its markup: no templates, tables, notes, files and categories.

    Raises:
        InputError: the library that reads wikitext is not installed.
    """
    try:
        import mwparserfromhell
    except ImportError as error:
        raise InputError(NOT_INSTALLED, INSTALL) from error
    code: Any = mwparserfromhell.parse(wikitext)
    for tag in code.filter_tags(matches=lambda node: str(node.tag).lower() in DROPPED):
        _remove(code, tag)
    for link in code.filter_wikilinks():
        space = str(link.title).partition(":")[0].strip().lower()
        if ":" in str(link.title) and space in hidden:
            _remove(code, link)
    text = code.strip_code(normalize=True, collapse=True, keep_template_params=False)
    return BLANK.sub("\n\n", str(text)).strip()


def _remove(code: Any, node: Any) -> None:
    try:
        code.remove(node)
    except ValueError:  # it stood inside another one that is gone
        return


def _opened(path: Path) -> IO[bytes]:
    return bz2.open(path) if path.suffix == ".bz2" else path.open("rb")


def _elements(file: IO[bytes]) -> Iterator[tuple[str, ElementTree.Element]]:
    """Yield the site's element and every page, each thrown away afterwards."""
    root: ElementTree.Element | None = None
    for event, element in ElementTree.iterparse(file, events=("start", "end")):
        if root is None:
            root = element
        name = element.tag.rpartition("}")[2]
        if event == "end" and name in ("siteinfo", "page"):
            yield name, element
            root.clear()


def _site(element: ElementTree.Element) -> Site:
    names = set(ENGLISH)
    for space in element.iterfind(".//{*}namespace"):
        if space.get("key") in HIDDEN and space.text:
            names.add(space.text.lower())
    return Site(element.findtext("{*}dbname") or "", frozenset(names))


def _article(page: ElementTree.Element, site: Site) -> Document | None:
    if page.findtext("{*}ns") != ARTICLE or page.find("{*}redirect") is not None:
        return None
    title = (page.findtext("{*}title") or "").strip()
    text = plain(page.findtext("{*}revision/{*}text") or "", site.hidden)
    number = (page.findtext("{*}id") or "").strip()
    if not text or not number:
        return None
    return Document(f"{site.name or 'wiki'}:{number}", title, text, {"source": site.name or "wiki"})
