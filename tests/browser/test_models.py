"""The Models page: it fits a phone, what it offers can be opened, and nothing on it leads nowhere."""

import httpx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OPEN = "/?tool=models"
PHONE = {"viewport": {"width": 390, "height": 800}}
INSIDE = """() => [...document.querySelectorAll("[role=tabpanel] a[href]")]
  .filter(one => one.checkVisibility()).map(one => one.href)"""
WIDE = "document.documentElement.scrollWidth - innerWidth"
UNREADABLE = """() => [...document.querySelectorAll("[role=tabpanel] .listing td, [role=tabpanel] .cases td")]
  .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.innerText.slice(0, 60))"""


def opened(visitor, path=OPEN):
    visitor.open(path)
    expect(visitor.panel.locator(".answerers").first).to_be_visible()
    return visitor.panel


@pytest.mark.parametrize("visitor", [PHONE], indirect=True)
@pytest.mark.parametrize("path", [OPEN, "/ru?tool=models"])
def test_it_fits_a_phone_with_everything_unfolded(visitor, path):
    panel = opened(visitor, path)
    for fold in panel.locator("button.label-wrap").all():
        fold.click()
    visitor.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    expect(panel.locator(".cases table")).to_be_visible()
    expect(panel.locator(".prose.model-text")).to_be_visible()
    assert visitor.page.evaluate(WIDE) <= 0
    assert visitor.page.evaluate(UNREADABLE) == []


@pytest.mark.parametrize(
    ("path", "changed", "worse"),
    [
        (OPEN, "words (BM25) → meaning and words", "worse"),
        ("/ru?tool=models", "слова (BM25)", "хуже"),
    ],
)
def test_wins_and_losses_of_search_are_looked_through(visitor, path, changed, worse):
    panel = opened(visitor, path)
    fold = panel.locator(".breakdown")
    fold.locator("button.label-wrap").click()
    cases = fold.locator(".prose.cases")
    expect(cases.locator("tbody tr").first).to_be_visible()
    first = cases.inner_text()
    fold.locator("input").first.click()
    visitor.page.get_by_role("option").filter(has_text=changed).first.click()
    expect(cases).not_to_have_text(first, use_inner_text=True)
    expect(cases.locator(".badge.bad").first).to_have_text(worse)
    visitor.page.goto(f"{visitor.site}/?tool=search")
    expect(visitor.page.get_by_text("Wins and losses")).to_be_hidden()


def test_every_link_answers(visitor):
    panel = opened(visitor)
    visitor.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for href in visitor.page.evaluate(INSIDE):
        place = href.removeprefix(visitor.page.url)
        if place.startswith("#"):
            expect(visitor.page.locator(place)).to_have_count(1)
        elif href.startswith(visitor.site):
            assert httpx.get(href).status_code == 200, href
        else:  # a host that no test asks
            assert href.startswith("https://"), href
    assert panel.locator("[data-card]").count() > 5


@pytest.mark.parametrize("path", [OPEN, "/ru?tool=models"])
def test_a_name_opens_its_model_card_where_it_stands(visitor, path):
    panel = opened(visitor, path)
    panel.locator("[data-card=verifier-e5]").click()
    card = panel.locator(".prose.model-text")
    expect(card.locator("h1")).to_have_text("verifier-e5")
    expect(card).to_be_in_viewport()
    assert visitor.page.url == visitor.site + path
    assert card.locator("a[href], img").count() == 0  # nothing beside the card is served
