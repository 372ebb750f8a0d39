"""The tokenizer as a visitor uses it: it answers while he types, and adds nothing that he did not ask for."""

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OWN = ".answer:not(:has(.ribbon))"


def numbers(panel):
    """Return the big numbers of the card."""
    return [
        int(one) for one in panel.locator(f"{OWN} .stats").first.locator("dd").all_inner_texts()
    ]


def test_it_begins_empty_and_cuts_a_text_as_it_is_typed(visitor):
    visitor.open("/?tool=tokenizer")
    panel = visitor.panel
    expect(panel.locator(".answer .ribbon")).to_be_visible()
    for label in ("Text", "Your terms, one a line or with commas"):
        expect(panel.get_by_label(label, exact=True)).to_have_value("")
    panel.get_by_label("Text", exact=True).press_sequentially("Run kubectl now", delay=20)
    card = panel.locator(OWN).first
    expect(card.locator(".piece")).to_have_text(["Run", "·k", "ub", "ect", "l", "·now"])
    expect(card.locator(".piece.new")).to_have_count(0)
    expect(visitor.panel.locator(".notice.error")).to_have_count(0)


def test_only_the_terms_that_were_typed_are_added(visitor):
    visitor.open("/?tool=tokenizer")
    panel = visitor.panel
    panel.get_by_label("Text", exact=True).fill("Run kubectl and kubelet with etcd, a CRD, RBAC")
    terms = panel.get_by_label("Your terms, one a line or with commas", exact=True)
    terms.fill("kubectl, kubelet, etcd, CRD, RBAC")
    card = panel.locator(OWN).first
    expect(card.locator("details summary", has_text="New terms (5)")).to_be_visible()
    expect(card.locator(".piece.new")).to_have_count(5)
    terms.fill("")
    expect(card.locator(".piece.new")).to_have_count(0)


def test_a_found_word_is_ticked_and_unticked(visitor):
    visitor.open("/ru?tool=tokenizer")
    panel = visitor.panel
    panel.get_by_label("Текст", exact=True).fill("Run kubectl; kubectl runs")
    found = panel.locator(".found").get_by_label("kubectl 2×4")
    expect(found).not_to_be_checked()
    found.check()
    terms = panel.get_by_label("Ваши термины: через запятую или по строкам", exact=True)
    expect(terms).to_have_value("kubectl")
    expect(panel.locator(f"{OWN} .piece.new")).to_have_count(2)
    expect(panel.locator(OWN).first).to_contain_text("токенов после")
    found.uncheck()
    expect(terms).to_have_value("")
    expect(panel.locator(f"{OWN} .piece.new")).to_have_count(0)


def test_a_file_is_counted_and_a_binary_one_refused(visitor, tmp_path):
    visitor.open("/?tool=tokenizer")
    panel = visitor.panel
    panel.get_by_role("button", name="A text file instead").click()
    box = panel.locator("input[type=file]").first
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    box.set_input_files(tmp_path / "picture.txt")
    expect(panel.locator(".notice.error")).to_contain_text("this is not UTF-8 text")
    (tmp_path / "notes.jsonl").write_text(json.dumps({"text": "Run kubectl now"}))
    box.set_input_files(tmp_path / "notes.jsonl")
    expect(panel.locator(".notice.hint").filter(has_text="notes")).to_contain_text(
        "notes.jsonl: 15 characters, 3 words"
    )
    expect(panel.locator(OWN).first).to_contain_text("the whole file notes.jsonl")
    assert numbers(panel) == [6]


def test_a_price_and_the_ids_are_shown_when_wished(visitor):
    visitor.open(
        "/?tool=tokenizer&v=1&text=Run+kubectl+now&terms=kubectl&case=false&price=2&ids=true"
    )
    card = visitor.panel.locator(OWN).first
    expect(card.locator(".piece.new small")).to_have_text("49152")
    expect(card).to_contain_text(re.compile(r"0\.800 → 0\.400\s*a million characters cost"))


def test_tokenizers_stand_side_by_side_and_the_hub_is_refused_offline(visitor):
    visitor.open("/?tool=tokenizer&v=1&text=Run+kubectl+now&terms=kubectl")
    panel = visitor.panel
    panel.get_by_role("button", name="Several tokenizers side by side").click()
    fold = panel.locator(".fold", has_text="Tokenizers on this machine").first
    for name in ("SmolLM2-135M-Instruct", "all-MiniLM-L6-v2"):
        fold.get_by_label(name, exact=True).check()
    fold.locator("button.run").click()
    rows = fold.locator(".sides").first.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("with your terms")
    fold.get_by_label("Others, from the Hugging Face Hub").fill("nobody/nothing")
    fold.locator("button.run").click()
    expect(fold.locator(".notice.error")).to_contain_text("nobody/nothing")


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_the_vocabulary_is_taken_home_from_a_phone(visitor):
    visitor.open("/?tool=tokenizer&v=1&text=Run+kubectl+now&terms=kubectl")
    panel = visitor.panel
    panel.get_by_role("button", name="Take the vocabulary home").click()
    fold = panel.locator(".fold", has_text="Make the folder").first
    fold.locator("button.run").click()
    download = fold.locator("a[download]")
    expect(download).to_have_attribute("download", "samovar-vocabulary.zip", timeout=120_000)
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
