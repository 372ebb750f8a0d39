"""Chromium, and a visitor's page that notes what should not happen on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
expect.set_options(timeout=30_000)  # a first request loads models, beside other tests
READY = "typeof samovar !== 'undefined' && samovar.settled"


class Visitor:
    """Drive one page of the app; `wrong` lists console errors and requests to other hosts."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.wrong: list[str] = []
        page.set_default_timeout(60_000)
        page.on("request", lambda request: self._asked(request.url))
        page.on("response", lambda got: self._got(got.status, got.url))
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", lambda said: self._said(said.type, said.text))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.site, "data:", "blob:")):
            self.wrong.append(f"asked {url}")

    def _got(self, status: int, url: str) -> None:
        if status >= 500:
            self.wrong.append(f"{status} {url}")

    def _said(self, kind: str, text: str) -> None:
        if kind == "error":
            self.wrong.append(f"console: {text}")

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.site + path)
        self.page.wait_for_function(READY)
        return self.page

    @property
    def panel(self) -> Any:
        return self.page.locator("[role=tabpanel]:visible")

    def answer(self) -> Any:
        """Press the main button and wait until a card of our own stands there."""
        self.panel.locator("button.run").click()
        card = self.panel.locator(".answer:not(:has(.ribbon)):has(.foot .cost)")
        expect(card).to_be_visible(timeout=120_000)
        return card


@pytest.fixture(
    scope="module"
)  # while it is open an event loop runs, and no other test may start one
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        found = next(filter(None, map(shutil.which, NAMES)), own if Path(own).exists() else None)
        if found is None:
            pytest.fail("No Chromium: apt-get install chromium, or playwright install chromium")
        browser = playwright.chromium.launch(executable_path=found, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A new visitor; parametrize indirectly with options of the browser context."""
    options = {"locale": "en-US", "reduced_motion": "reduce", **getattr(request, "param", {})}
    context = chromium.new_context(**options)
    found = Visitor(context.new_page(), site)
    yield found
    context.close()
    assert found.wrong == []
