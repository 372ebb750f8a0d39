"""The page around the tools: links, languages, look, width, keyboard, accessibility."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TABS = ("paraphrase", "search", "ner", "tokenizer", "character", "marketing", "models")
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 100)).slice(-6)"""
STILL = "document.getAnimations().every(one => one.playState === 'finished')"
SHOTS = Path(__file__).parents[1] / "screenshots"
LINK = "?tool=ner&v=1&text=Ann+lives+in+Rome.&taggers=%5B%22spacy%22%5D&language=en"


def test_a_link_restores_inputs_and_the_language_switch_keeps_them(visitor):
    page = visitor.open("/" + LINK)
    for path in ("/", "/ru", "/"):
        expect(visitor.panel.locator("textarea").first).to_have_value("Ann lives in Rome.")
        expect(visitor.panel.locator(".input-card input[type=checkbox]:checked")).to_have_count(1)
        expect(visitor.panel.locator("input[type=radio]:checked")).to_have_value("en")
        assert page.url == visitor.site + path + LINK
        if path == "/ru":
            expect(page.locator("h1")).to_have_text("Самовар")
            expect(page.locator("html")).to_have_attribute("lang", "ru")
        page.locator("button.language").click()
        page.wait_for_url("**/?tool=**" if path == "/ru" else "**/ru?tool=**")
        visitor.page.wait_for_function("typeof samovar !== 'undefined' && samovar.settled")


@pytest.mark.parametrize("path", ["/", "/ru"])
def test_all_tabs_are_in_sight_and_a_click_changes_the_address(visitor, path):
    page = visitor.open(path)
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(len(TABS))
    for at in (3, 6, 0):
        tabs.nth(at).click()
        page.wait_for_url(f"**{path}?tool={TABS[at]}")


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
@pytest.mark.parametrize("path", ["/", "/ru"])
def test_on_a_phone_every_tool_is_one_tap_away_and_its_button_in_view(visitor, path):
    page = visitor.open(path)
    menu = page.locator("[data-tool]:visible")
    expect(menu).to_have_count(len(TABS))
    for slug in ("marketing", "models", "search"):
        page.locator(f"[data-tool={slug}]:visible").click()
        page.wait_for_url(f"**{path}?tool={slug}")
        expect(page.locator("[data-tool][aria-current=true]:visible")).to_have_attribute(
            "data-tool", slug
        )
    run = visitor.panel.locator("button.run").first.bounding_box()
    assert run["y"] + run["height"] <= 800


def test_values_that_no_widget_accepts_are_ignored(visitor):
    visitor.open("/?tool=search&v=1&query=sea&mode=magic&k=9000&topic=%3Cb%3E")
    expect(visitor.panel.locator("textarea, input[type=text]").first).to_have_value("sea")
    expect(visitor.panel.locator("input[type=radio]:checked")).to_have_value("hybrid")
    expect(visitor.panel.locator("input[type=number]").first).to_have_value("5")


@pytest.mark.parametrize("visitor", [{"locale": "ru-RU"}], indirect=True)
def test_a_russian_browser_gets_russian(visitor):
    visitor.page.goto(visitor.site)
    visitor.page.wait_for_url("**/ru")
    expect(visitor.page.locator("h1")).to_have_text("Самовар")


@pytest.mark.parametrize("visitor", [{"color_scheme": "light"}], indirect=True)
def test_the_look_is_switched_and_remembered(visitor):
    page = visitor.open()
    assert not page.evaluate("document.body.classList.contains('dark')")
    page.locator("button.look").click()
    page.wait_for_function("document.body.classList.contains('dark')")
    visitor.open()
    page.wait_for_function("document.body.classList.contains('dark')")


def test_the_keyboard_reaches_the_run_button(visitor):
    page = visitor.open("/?tool=ner")
    visitor.panel.locator("textarea").first.focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('run')"):
            return
    pytest.fail("30 presses of Tab do not reach the main button")


@pytest.mark.parametrize("path", ["/", "/ru"])
@pytest.mark.parametrize("tab", TABS)
def test_the_address_opens_the_tool_and_it_looks_right(visitor, path, tab):
    """No overflow, no serious fault of accessibility; the pictures are for people."""
    page = visitor.open(f"{path}?tool={tab}")
    selected = page.locator("[role=tab][aria-selected=true]:visible")
    expect(selected).to_have_attribute("data-tab-id", tab)
    assert page.url.endswith(f"{path}?tool={tab}")
    SHOTS.mkdir(exist_ok=True)
    language = path.strip("/") or "en"
    for look, width in (("light", 1280), ("dark", 1280), ("light", 390)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("dark => document.body.classList.toggle('dark', dark)", look == "dark")
        page.wait_for_function(STILL)
        page.screenshot(path=SHOTS / f"{tab}-{language}-{look}-{width}.png", full_page=True)
        assert page.evaluate(TOO_WIDE) == [], f"{width} px: the page is wider than the window"
        if path == "/ru" and width == 1280:
            continue  # the same elements in the same colours as in English
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        faults = [
            (fault["id"], node["target"], node["html"][:160], node["failureSummary"])
            for fault in found
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"]
        ]
        assert faults == [], f"{look}, {width} px"
