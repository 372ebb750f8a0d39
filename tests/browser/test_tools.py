"""Each tool as a visitor uses it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TOOLS = {
    "paraphrase": ("table", r"\w"),
    "search": (".hits .hit", r"\w"),
    "ner": (".entity", r"(PER|LOC|ORG)"),
    "tokenizer": (".piece", r"\w"),
    "character": (".answered", r"\w"),
    "marketing": (".plain", r"\w"),
}
"""Tool → what its card must contain."""


@pytest.mark.parametrize("tool", TOOLS)
def test_a_sample_is_answered(visitor, tool):
    visitor.open(f"/?tool={tool}")
    panel = visitor.panel
    expect(panel.locator(".answer .ribbon")).to_be_visible()
    panel.locator("button.sample").first.click()
    card = visitor.answer()
    inside, text = TOOLS[tool]
    expect(card.locator(inside).first).to_contain_text(re.compile(text))
    expect(card.locator(".foot .cost")).to_contain_text(re.compile(r"\d+ ms"))
    expect(panel.locator(".notice.error")).to_have_count(0)
    link = card.locator("[data-copy]").first.get_attribute("data-copy")
    assert link.startswith(f"?tool={tool}&")
    assert visitor.page.url.endswith(link)
    for download in card.locator("a[download]").all():
        name = download.get_attribute("download")
        assert name.startswith("samovar-")
        assert download.get_attribute("href").startswith("data:")


def test_a_sample_fills_the_input(visitor):
    visitor.open("/?tool=search")
    box = visitor.panel.locator("textarea, input[type=text]").first
    visitor.panel.locator("button.sample", has_text="Alaska").click()
    expect(box).to_have_value("who sold Alaska to America")
    box.press("Enter")
    expect(visitor.panel.locator(".hit").first).to_contain_text(re.compile("Alaska|Аляск"))


@pytest.mark.parametrize("path, said", [("/", "is empty"), ("/ru", "пусто")])
def test_an_empty_text_gets_a_notice_and_the_next_run_works(visitor, path, said):
    visitor.open(f"{path}?tool=tokenizer")
    box = visitor.panel.locator("textarea").first
    box.fill("  ")
    visitor.panel.locator("button.run").click()
    expect(visitor.panel.locator(".notice.error")).to_contain_text(said)
    box.fill("kubectl")
    visitor.answer()
    expect(visitor.panel.locator(".notice.error")).to_have_count(0)


def test_markup_typed_by_a_visitor_stays_text(visitor):
    visitor.open("/?tool=tokenizer")
    typed = "<img src=x onerror=alert(1)> **b**"
    visitor.panel.locator("textarea").first.fill(typed)
    card = visitor.answer()
    expect(card.locator("img")).to_have_count(0)
    expect(card).to_contain_text("onerror")


def test_stop_ends_a_reply_and_the_next_one_comes(visitor):
    visitor.open("/?tool=character")
    panel = visitor.panel
    stop = panel.locator("button.stop")
    expect(stop).to_be_disabled()
    panel.locator("textarea, input[type=text]").first.fill("Tell me a long story about your life.")
    panel.locator("button.run").click()
    expect(stop).to_be_enabled()
    stop.evaluate("button => button.click()")
    expect(stop).to_be_disabled()
    panel.locator("textarea, input[type=text]").first.fill("Is it lupus?")
    visitor.answer()
    expect(panel.locator(".bubble.you").last).to_contain_text("Is it lupus?")


def test_a_conversation_is_remembered_until_a_new_one(visitor):
    visitor.open("/?tool=character")
    panel = visitor.panel
    for said in ("Who are you?", "Are you sure?"):
        panel.locator("textarea, input[type=text]").first.fill(said)
        visitor.answer()
        expect(panel.locator(".bubble.you").last).to_contain_text(said)
        expect(panel.locator("button.stop")).to_be_disabled()
    expect(panel.locator(".bubble.you")).to_have_count(2)
    panel.get_by_role("button", name="New conversation").click()
    expect(panel.locator(".bubble.you")).to_have_count(0)
