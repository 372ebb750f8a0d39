"""Links, Back and Forward, and the visitor's own runs."""

from __future__ import annotations

import re
import urllib.parse

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def ask(visitor, text):
    query = visitor.panel.locator("textarea, input[type=text]").first
    query.fill(text)
    visitor.panel.locator("button.run").click()
    visitor.page.wait_for_url(f"**query={urllib.parse.quote_plus(text)}*")
    bench = visitor.panel.locator(".bench").first
    expect(bench).not_to_have_attribute("data-running", re.compile(".*"))
    return visitor.panel.locator(".hit h3, .hit").first.inner_text()


def copied(visitor, ending=""):
    """Press "Copy link", or what copies the address that ends so, and return what was copied."""
    places = visitor.panel.locator(".result [data-copy]")
    button = places.last if ending else places.first
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button.click()
    expect(button).to_have_text("Copied")
    return visitor.page.evaluate("navigator.clipboard.readText()")


def test_back_and_forward_walk_tools_and_results(visitor):
    page = visitor.open("/?tool=search")
    query = visitor.panel.locator("textarea, input[type=text]").first
    first, second = ask(visitor, "volcano"), ask(visitor, "who sold Alaska")
    assert first != second
    page.get_by_role("tab", name="Names").click()
    page.wait_for_url("**/?tool=ner")
    page.go_back()
    expect(page.locator("[role=tab][aria-selected=true]:visible")).to_have_text("Search")
    expect(query).to_have_value("who sold Alaska")
    expect(visitor.panel.locator(".hit").first).to_contain_text(second.splitlines()[0])
    page.go_back()
    expect(query).to_have_value("volcano")
    expect(visitor.panel.locator(".hit").first).to_contain_text(first.splitlines()[0])
    page.go_back()
    expect(visitor.panel.locator(".answer .ribbon")).to_be_visible()
    page.go_forward()
    expect(visitor.panel.locator(".hit").first).to_contain_text(first.splitlines()[0])


def test_a_reload_shows_the_result_again_without_asking(visitor):
    page = visitor.open("/?tool=search")
    found = ask(visitor, "volcano")
    page.reload()
    expect(visitor.panel.locator(".told")).to_contain_text("Your result")
    expect(visitor.panel.locator(".hit").first).to_contain_text(found.splitlines()[0])


def test_a_shared_link_shows_the_result_it_was_made_from_and_can_stand_alone(visitor, chromium):
    visitor.open("/?tool=search")
    found = ask(visitor, "volcano")
    link = copied(visitor)
    alone = copied(visitor, "&alone=1")
    assert "&result=" in link and alone.endswith("&alone=1")
    other = chromium.new_context(locale="en-US").new_page()
    other.goto(link)
    panel = other.locator("[role=tabpanel]:visible")
    expect(panel.locator(".notice.hint").first).to_contain_text("A shared result")
    expect(panel.locator(".hit").first).to_contain_text(found.splitlines()[0])
    other.goto(f"{alone}&look=dark")
    expect(panel.locator(".hit").first).to_contain_text(found.splitlines()[0])
    for gone in (".header", ".input-card", ".page-foot", "[role=tablist]"):
        expect(other.locator(gone).first).to_be_hidden()
    assert other.evaluate("document.body.classList.contains('dark')")
    other.context.close()


def test_a_link_whose_result_is_gone_is_asked_again_and_says_so(visitor):
    visitor.open("/?tool=search&v=1&query=volcano&mode=hybrid&k=5&result=AAAAAAAAAAAAAAAA")
    expect(visitor.panel.locator(".told")).to_contain_text("no longer stored")
    expect(visitor.panel.locator(".hit").first).to_be_visible()
    expect(visitor.panel.locator(".answer .ribbon")).to_have_count(0)


def test_a_link_names_the_files_that_it_cannot_carry(visitor):
    visitor.open("/?tool=search&v=1&query=volcano&mode=hybrid&k=5&files=notes.pdf")
    expect(visitor.panel.locator(".told")).to_contain_text("notes.pdf")


def test_a_shared_chat_comes_with_its_turns_and_goes_on(visitor, chromium):
    visitor.open("/?tool=character")
    visitor.panel.locator("textarea").first.fill("Is it lupus?")
    visitor.answer()
    bench = visitor.panel.locator(".bench").first
    expect(bench).not_to_have_attribute("data-running", re.compile(".*"))
    link = copied(visitor)
    other = chromium.new_context(locale="en-US").new_page()
    other.goto(link)
    panel = other.locator("[role=tabpanel]:visible")
    expect(panel.locator(".bubble.you")).to_have_count(1)
    expect(panel.locator(".bubble.you")).to_contain_text("lupus")
    panel.locator("textarea").first.fill("Are you sure?")
    panel.locator("button.run").click()
    expect(panel.locator(".bubble.you")).to_have_count(2)
    other.context.close()


def test_own_runs_are_listed_compared_and_forgotten(visitor):
    visitor.open("/?tool=search")
    ask(visitor, "volcano")
    ask(visitor, "penguin")
    runs = visitor.panel.locator("[data-runs]")
    runs.locator("summary").click()
    expect(runs.locator(".runs > li")).to_have_count(2)
    for tick in runs.locator(".runs input").all():
        tick.check()
    expect(runs.locator(".side-by-side .result-card")).to_have_count(2)
    runs.locator("[data-forget]").click()
    expect(runs).to_be_hidden()


def test_the_right_tab_is_painted_first(visitor):
    page = visitor.page
    page.add_init_script(
        """window.seen = new Set();
        const look = () => {
          const tab = [...document.querySelectorAll('[role=tab][aria-selected=true]')].find(one => one.offsetParent);
          if (tab) seen.add(tab.dataset.tabId);
          requestAnimationFrame(look);
        };
        look();"""
    )
    visitor.open("/?tool=marketing")
    assert page.evaluate("[...seen]") == ["marketing"]


def test_files_that_stay_behind_are_named_on_the_other_page(visitor):
    page = visitor.open("/?tool=search")
    visitor.panel.get_by_text("Search in your own documents").click()
    box = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Saturn has rings. " * 20}
    visitor.panel.locator("input[type=file]").set_input_files(box)
    expect(visitor.panel.locator(".input-card .notice-place").first).to_contain_text("1 documents")
    page.locator("button.language").click()
    page.wait_for_url("**/ru?tool=search**")
    expect(visitor.panel.locator(".told")).to_contain_text("notes.txt")
