"""A visitor's own intents and the base model beside the adapted one."""

from __future__ import annotations

import pytest
import yaml
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OWN = """text,intent
wake me at six,alarm
set an alarm for seven,alarm
alarm at half past eight,alarm
wake me up early,alarm
get me up at five,alarm
how warm is it outside,weather
will it rain today,weather
do I need a coat,weather
is it sunny in Rome,weather
what is the forecast,weather
"""
ONE = "text,intent\nwake me at six,alarm\nset an alarm,alarm\n"


def load(visitor, name, text):
    panel = visitor.panel
    box = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    panel.locator(".own-intents input[type=file]").set_input_files(box)
    return panel.locator(".own-intents .notice")


@pytest.mark.parametrize(
    ("path", "wrong", "right"),
    [("/", "only the intent alarm", "2 intents"), ("/ru", "только намерение alarm", "намерений 2")],
)
def test_own_intents_are_loaded_used_and_not_linked(visitor, path, wrong, right):
    visitor.open(f"{path}?tool=paraphrase")
    panel = visitor.panel
    panel.locator(".own-intents button").first.click()
    expect(load(visitor, "bad.csv", ONE)).to_contain_text(wrong, timeout=60_000)
    expect(load(visitor, "bot.csv", OWN)).to_contain_text(right, timeout=60_000)
    panel.locator("textarea").first.fill("set an alarm for half past six")
    card = visitor.answer()
    expect(card.locator(".intents")).to_contain_text("bot.csv")
    expect(card.locator(".intents")).to_contain_text("alarm")
    link = card.locator("[data-copy]").first.get_attribute("data-copy")
    assert "intents" not in link and "bot" not in link
    panel.locator(".own-intents :is(button[title=Clear], button[title=Очистить])").click()
    expect(panel.locator(".own-intents .notice")).to_have_count(0)
    expect(visitor.answer().locator(".intents")).to_contain_text("CLINC150", timeout=60_000)


def test_the_base_model_stands_beside_with_the_same_seed(visitor):
    visitor.open("/?tool=paraphrase")
    visitor.panel.get_by_role("checkbox", name="Compare with the base model").check()
    card = visitor.answer()
    for title in ("With the adapter", "Base model"):
        column = card.get_by_role("region", name=title)
        expect(column.locator(".stat").first).to_contain_text("accepted")
        expect(column.locator("td").first).to_be_visible()
    assert "beside=true" in visitor.page.url
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_loaded_examples_are_tested(visitor):
    visitor.open("/?tool=paraphrase")
    panel = visitor.panel
    panel.locator(".own-intents button").first.click()
    few = "\n".join([*OWN.splitlines()[:3], *OWN.splitlines()[6:8], ""])
    expect(load(visitor, "bot.csv", few)).to_contain_text("2 intents", timeout=60_000)
    panel.get_by_role("checkbox", name="Test the loaded examples instead").check()
    card = visitor.answer()
    file = card.locator("a[download='samovar-bench-junit.xml']")
    expect(file).to_be_visible(timeout=180_000)
    expect(card.locator(".stat").first).to_contain_text("4")
    expect(card).to_contain_text("Suite bot.csv")
    assert "bench" not in visitor.page.url


def test_the_training_data_is_copied_with_the_intent_that_was_named(visitor):
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.open("/?tool=paraphrase")
    panel = visitor.panel
    panel.locator(".own-intents button").first.click()
    panel.get_by_label("Intent of the command").fill("wake_up")
    panel.locator("textarea").first.fill("wake me up at [six](time)")
    card = visitor.answer()
    card.get_by_text("For Rasa: the original and").click()
    button = card.locator("[data-copy-text]").first
    button.click()
    expect(button).to_have_text("Copied")
    [group] = yaml.safe_load(visitor.page.evaluate("navigator.clipboard.readText()"))["nlu"]
    assert group["intent"] == "wake_up"
    assert group["examples"].startswith("- wake me up at [six](time)\n")
