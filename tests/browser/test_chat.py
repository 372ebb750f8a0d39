"""The chat as people know it: typing ahead, another reply, editing, reload, files, cards."""

import json
import re

import pytest
from playwright.sync_api import expect

from samovar.character.exchange import ABLATION

pytestmark = pytest.mark.browser

CARD = {
    "spec": "chara_card_v2",
    "spec_version": "2.0",
    "data": {
        "name": "Ada <b>",
        "description": "{{char}} keeps a lighthouse and hates visitors. <script>alert(1)</script>",
        "first_mes": "Mind the stairs, {{user}}. ![x](https://example.org/x.png)",
        "alternate_greetings": ["The lamp is out."],
    },
}


class Chat:
    """Talk on the page of a visitor."""

    def __init__(self, visitor, path="/"):
        self.page = visitor.open(f"{path}?tool=character")
        self.panel = visitor.panel
        self.line = self.panel.locator(".composer textarea")
        self.bubbles = self.panel.locator(".bubble.you .plain")
        self.replies = self.panel.locator(".bubble.they > .plain")

    def idle(self):
        """Wait for the end of the reply that is being written: its cost comes last."""
        expect(self.panel.locator(".answer .foot .cost")).to_be_visible(timeout=120_000)
        expect(self.panel.locator("button.stop").first).to_be_disabled()
        expect(self.panel.locator(".waiting")).to_have_count(0)

    def say(self, text):
        self.line.fill(text)
        self.line.press("Enter")
        expect(self.bubbles.last).to_have_text(text, timeout=120_000)
        self.idle()

    def act(self, name):
        return self.panel.locator(f"[data-act={name}]")

    def reload(self):
        self.page.reload()
        self.page.wait_for_function("typeof samovar !== 'undefined' && samovar.settled")


def test_what_is_typed_while_a_reply_streams_stays(visitor):
    chat = Chat(visitor)
    chat.line.fill("Tell me about your leg.")
    chat.line.press("Enter")
    expect(chat.line).to_have_value("")
    chat.page.keyboard.type("And then")  # the line still has the focus
    expect(chat.bubbles.last).to_have_text("Tell me about your leg.")
    chat.idle()
    expect(chat.line).to_have_value("And then")
    expect(chat.line).to_be_focused()
    chat.page.keyboard.press("Shift+Enter")
    chat.page.keyboard.type("what?")
    expect(chat.line).to_have_value("And then\nwhat?")
    expect(chat.bubbles).to_have_count(1)


def test_another_reply_is_asked_for_and_chosen(visitor):
    chat = Chat(visitor)
    chat.say("Who are you?")
    count = chat.panel.locator(".count")
    chat.act("again").click()  # several may hold up, and all can be chosen
    expect(count).to_have_text(re.compile(r"^[2-9]/[2-9]$"), timeout=120_000)
    chat.idle()
    chosen, listed = map(int, count.inner_text().split("/"))
    chat.act("swipe").first.click()
    expect(count).to_have_text(f"{chosen - 1}/{listed}")


def test_a_talk_outlives_a_reload_and_a_change_of_language(visitor):
    chat = Chat(visitor)
    chat.say("Who are you?")
    told = chat.replies.last.inner_text()
    chat.reload()  # its address names the character
    expect(chat.bubbles).to_have_text(["Who are you?"])
    expect(chat.replies.last).to_have_text(told)
    chat = Chat(visitor, "/ru")  # this one does not
    expect(chat.bubbles).to_have_text(["Who are you?"])
    chat.panel.get_by_role("radio", name=re.compile("Дейта")).check()
    expect(chat.bubbles).to_have_count(0)
    chat.say("У вас есть кот?")
    chat = Chat(visitor)
    expect(chat.bubbles).to_have_text(["У вас есть кот?"])
    chat.panel.get_by_role("radio", name=re.compile("House")).check()
    expect(chat.bubbles).to_have_text(["Who are you?"])
    expect(chat.replies.last).to_have_text(told)


def test_a_message_is_edited_and_the_talk_goes_on_from_there(visitor):
    chat = Chat(visitor)
    chat.say("Who are you?")
    chat.say("Are you sure?")
    chat.act("edit").first.click()
    expect(chat.line).to_have_value("Who are you?")
    expect(chat.line).to_be_focused()
    chat.say("Is it lupus?")
    expect(chat.bubbles).to_have_text(["Is it lupus?"])
    chat.act("delete").click()
    expect(chat.bubbles).to_have_count(0)


def test_the_newest_line_is_in_view(visitor):
    chat = Chat(visitor)
    for said in ("Why do you limp?", "Who is Wilson?", "Do you play the piano?"):
        chat.say(said)
    expect(chat.replies.last).to_be_in_viewport()
    expect(chat.line).to_be_in_viewport()


def test_each_character_has_his_own_talk_and_greets_first(visitor):
    chat = Chat(visitor)
    chat.say("Who are you?")
    expect(chat.replies.first).to_contain_text("ten seconds")
    chat.panel.get_by_role("radio", name=re.compile("Data")).check()
    expect(chat.replies).to_have_count(1)
    expect(chat.replies.first).to_contain_text("Lieutenant Commander Data")
    chat.panel.get_by_role("radio", name=re.compile("House")).check()
    expect(chat.bubbles).to_have_text(["Who are you?"])


def test_a_conversation_is_written_to_a_file_and_read_back(visitor, tmp_path):
    chat = Chat(visitor)
    chat.say("Who are you?")
    said = chat.replies.last.inner_text()
    with chat.page.expect_download() as download:
        chat.panel.locator("a[download]").click()
    path = tmp_path / "talk.jsonl"
    download.value.save_as(path)
    chat.panel.get_by_role("button", name="New conversation").click()
    expect(chat.bubbles).to_have_count(0)
    load = chat.panel.locator("input[type=file][accept*=jsonl]")
    load.set_input_files(path)
    expect(chat.bubbles).to_have_text(["Who are you?"])
    expect(chat.replies.last).to_have_text(said)
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"character": "house"}\n{"reply": "No."}\n')
    load.set_input_files(bad)
    expect(chat.panel.locator(".notice.error")).to_contain_text("line 2 is no exchange")
    expect(chat.bubbles).to_have_text(["Who are you?"])


@pytest.mark.parametrize(
    "path, taken, refused",
    [("/", "taken out", "no character card"), ("/ru", "убраны", "Это не карточка")],
)
def test_a_card_is_loaded_as_plain_text(visitor, tmp_path, path, taken, refused):
    chat = Chat(visitor, path)
    file, bad = tmp_path / "ada.json", tmp_path / "page.json"
    file.write_text(json.dumps(CARD))
    bad.write_text("<html><script>alert(1)</script></html>")
    load = chat.panel.locator("input[type=file][accept*=png]")
    load.set_input_files(file)
    expect(chat.panel.locator(".choice .notice")).to_contain_text(taken)
    expect(chat.replies).to_have_count(1)
    expect(chat.replies.first).to_have_text("Mind the stairs, Visitor.")
    expect(chat.panel.locator(".bubble .who").first).to_have_text("Ada")
    chat.act("opening").last.click()
    expect(chat.replies.first).to_have_text("The lamp is out.")
    chat.say("Who are you?")
    chat.reload()
    expect(chat.bubbles).to_have_text(["Who are you?"])
    load.set_input_files(bad)
    expect(chat.panel.locator(".choice .notice.error")).to_contain_text(refused)


def test_the_ways_to_answer_stand_side_by_side(visitor):
    chat = Chat(visitor)
    chat.panel.get_by_text("What each step brings").click()
    fold = chat.panel.locator(".fold")
    fold.locator("textarea, input[type=text]").first.fill("Why do you limp?")
    fold.get_by_role("button", name="Compare").click()
    ways = len(ABLATION)
    expect(fold.locator(".reply")).to_have_count(ways)
    times = fold.locator(".reply .style", has_text=re.compile(r"\d s$"))
    expect(times).to_have_count(ways, timeout=240_000)
    assert "ways" not in chat.page.url
