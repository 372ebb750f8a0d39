"""Work in progress: seen at once, pressed once, stopped, and an earlier result is not taken for the new one."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TOOLS = ("paraphrase", "search", "ner", "character", "marketing")
SEEN = """async () => {
  const bench = [...document.querySelectorAll('.bench')].find(one => one.offsetParent);
  const began = performance.now();
  bench.querySelector('button.run').click();
  while (!bench.hasAttribute('data-running')) {
    if (performance.now() - began > 5000) return null;
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - began;
}"""


def bench(visitor):
    return visitor.panel.locator(".bench").first


def ended(visitor):
    expect(bench(visitor)).not_to_have_attribute("data-running", re.compile(".*"), timeout=120_000)


@pytest.mark.parametrize(
    ("tool", "path"), [*((tool, "/") for tool in TOOLS), ("search", "/ru"), ("ner", "/ru")]
)
def test_a_press_is_seen_at_once_and_the_button_is_its_own_again(visitor, tool, path):
    visitor.open(f"{path}?tool={tool}")
    if tool == "character":
        visitor.panel.locator("textarea").first.fill("Is it lupus?")
    run = visitor.panel.locator("button.run").first
    label = run.inner_text()
    assert visitor.page.evaluate(SEEN) < 300
    if bench(visitor).get_attribute("data-running") is not None:
        said = "Working" if path == "/" else "Работает"
        expect(visitor.panel.locator(".work").first).to_contain_text(said)
    ended(visitor)
    expect(run).to_have_text(label)
    expect(visitor.panel.locator(".work").first).to_be_hidden()
    expect(visitor.panel.locator(".notice.error")).to_have_count(0)


def test_a_second_press_asks_nothing(visitor):
    page = visitor.open("/?tool=ner")
    asked = []
    page.on("request", lambda one: asked.append(one.url) if "queue/join" in one.url else None)
    visitor.panel.locator("button.sample").nth(1).click()
    time.sleep(0.5)
    asked.clear()
    run = visitor.panel.locator("button.run")
    run.evaluate("button => { button.click(); setTimeout(() => button.click(), 60); }")
    time.sleep(0.5)
    ended(visitor)
    assert len(asked) == 1


def test_an_earlier_result_is_marked_while_the_next_is_made_and_after_a_refusal(visitor):
    visitor.open("/?tool=search")
    query = visitor.panel.locator("textarea, input[type=text]").first
    query.fill("volcano")
    visitor.answer()
    ended(visitor)
    query.fill("   ")
    visitor.panel.locator("button.run").click()
    expect(visitor.panel.locator(".notice.error")).to_be_visible()
    expect(visitor.panel.locator(".refused").first).to_contain_text("earlier result")
    expect(bench(visitor)).to_have_attribute("data-refused", "")
    query.fill("penguin")
    visitor.panel.locator("button.run").click()
    expect(visitor.panel.locator(".hit").first).to_contain_text(re.compile("enguin|ингвин"))
    ended(visitor)
    expect(visitor.panel.locator(".refused").first).to_be_hidden()


def test_a_stopped_run_says_that_it_was_stopped(visitor):
    visitor.open("/?tool=marketing")
    visitor.panel.locator("button.run").click()
    stop = visitor.panel.locator("button.stop")
    expect(stop).to_be_enabled()
    stop.click()
    expect(visitor.panel.locator(".notice.hint").first).to_contain_text("stopped")
    ended(visitor)


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_on_a_phone_the_result_comes_into_view(visitor):
    visitor.open("/?tool=search")
    run = visitor.panel.locator("button.run")
    run.scroll_into_view_if_needed()
    visitor.answer()
    ended(visitor)
    top = visitor.panel.locator(".result-card").first.bounding_box()["y"]
    assert -5 <= top <= 400
