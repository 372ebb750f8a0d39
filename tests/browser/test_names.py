"""The labels of a result as boxes; a visitor's own file with gold labels: loaded, scored, removed."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

GOLD = "Ann B-PER\nLee I-PER\nleft O\nOslo B-LOC\n. O\n\nSiemens B-ORG\nhired O\nBob B-PER\n"
OVERLAP = json.dumps({"text": "Ann Lee", "spans": [[0, 7, "PER"], [4, 7, "PER"]]})


def load(visitor, name, text):
    box = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    visitor.panel.locator(".own-gold input[type=file]").set_input_files(box)
    return visitor.panel.locator(".own-gold .notice")


@pytest.mark.parametrize(
    ("path", "wrong", "right", "title"),
    [
        ("/", "overlap", "2 texts with 4 names", "Your file"),
        ("/ru", "пересекаются", "текстов: 2, имён: 4", "Ваш файл"),
    ],
)
def test_own_texts_are_scored_and_not_linked(visitor, path, wrong, right, title):
    visitor.open(f"{path}?tool=ner")
    panel = visitor.panel
    panel.locator(".own-gold button").first.click()
    expect(load(visitor, "bad.jsonl", OVERLAP)).to_contain_text(wrong)
    expect(load(visitor, "gold.conll", GOLD)).to_contain_text(right)
    panel.locator("input[name=crf]").check()
    panel.locator("input[name=spacy]").check()
    card = visitor.answer()
    expect(card.locator("h2").first).to_contain_text(title)
    expect(card.locator("table")).to_have_count(2)  # quality and cost
    expect(card.locator("tbody tr")).to_have_count(4)
    expect(card.locator("svg circle")).to_have_count(2)
    expect(card.locator(".foot a[download]")).to_have_count(2)
    assert "gold" not in card.locator("[data-copy]").first.get_attribute("data-copy")
    panel.locator(".own-gold :is(button[title=Clear], button[title=Очистить])").click()
    panel.locator("textarea").first.fill("Ann Lee left Oslo.")
    expect(visitor.answer().locator(".tagger")).to_have_count(2)


def test_a_label_that_is_not_ticked_is_hidden_without_a_new_answer(visitor):
    visitor.open("/?tool=ner")
    card = visitor.panel.locator(".answer")
    small = card.locator("mark.of-LOC small").first
    rows = card.locator(".spans tbody tr:visible")
    card.locator("summary").first.click()
    before = rows.count()
    expect(small).to_be_visible()
    card.locator(".show-LOC").uncheck()
    expect(small).to_be_hidden()
    expect(card.locator("mark.of-PER small").first).to_be_visible()
    assert 0 < rows.count() < before
    expect(card.locator(".ribbon")).to_be_visible()  # still the shipped example


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_the_disputes_fit_a_phone(visitor):
    page = visitor.open("/?tool=ner")
    table = visitor.panel.locator(".answer .disputes .scroll")
    expect(table.locator("tbody tr")).not_to_have_count(0)
    assert table.evaluate("it => it.scrollWidth <= it.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
