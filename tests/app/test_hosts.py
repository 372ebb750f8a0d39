"""The page asks nobody else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import httpx
import pytest

NO_REQUEST = {"og:image", "og:url", "twitter:image"}
"""Addresses that only a social network's preview reads; Gradio's template brings them."""


class Addresses(HTMLParser):
    """Collect what a browser would fetch on its own while it opens the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and {given.get("property"), given.get("name")} & NO_REQUEST:
            return
        if tag != "a":
            self.found += [given[name] for name in ("src", "href", "content") if name in given]


@pytest.mark.parametrize("path", ["/", "/ru"])
def test_the_page_names_no_other_host(site, path):
    page = httpx.get(site + path, trust_env=False).text
    parser = Addresses()
    parser.feed(page)
    hosts = {urlsplit(address).hostname for address in parser.found if "//" in address}
    assert hosts <= {None, "127.0.0.1"}
    assert "fonts.googleapis.com" not in page
    assert "fonts.gstatic.com" not in page


@pytest.mark.parametrize("path", ["/theme.css", "/gradio_api/theme.css"])
def test_the_style_sheet_fetches_no_font(site, path):
    reply = httpx.get(site + path, trust_env=False, follow_redirects=True)
    if reply.is_success:
        assert not re.search(r"(@import|url\()\s*['\"]?(url\()?['\"]?https?:", reply.text)
