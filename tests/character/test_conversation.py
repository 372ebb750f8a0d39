"""What the page does with a conversation: send, ask again, choose, edit, delete, recall, load."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from samovar.character.cards.sheet import sheet, written
from samovar.character.conversation import ACTS, again, anew, answer, load, recall, resume
from samovar.character.exchange import Exchange, Reply
from samovar.character.talk import OWN, Talk, Talks, kept, key, stored
from samovar.errors import InputError
from samovar.phrases import LANGUAGES
from samovar.tool import Shown, Visit

VISIT = Visit("en")
HI = Exchange("Hi", (Reply("No."), Reply("Go away.")))
WHY = Exchange("Why?", (Reply("Because."),))
CARD = written(
    sheet({"name": "Ada", "first_mes": "Mind the stairs.", "alternate_greetings": ["Hush."]})
)
HOUSE = {"character": "house", "card": None, "seed": 0, "retrieval": False}
ADA = {**HOUSE, "character": OWN, "card": CARD}


def memory(talk: Talk, inputs: dict[str, Any] = HOUSE) -> Any:
    name = key(inputs["character"], inputs["card"])
    return json.loads(json.dumps(stored(Talks().having(name, talk))))


def talk(shown: Shown, inputs: dict[str, Any] = HOUSE) -> Talk:
    return kept(shown.memory).of(key(inputs["character"], inputs["card"]))


def act(name: str, at: int, before: Talk, inputs: dict[str, Any] = HOUSE) -> Shown:
    shown = ACTS[name].answer(VISIT, at, memory=memory(before, inputs), **inputs)
    assert isinstance(shown, Shown)
    return shown


def test_another_reply_is_chosen():
    assert talk(act("swipe", 1, Talk((WHY, HI)))).exchanges[-1].reply == "Go away."


def test_the_last_exchange_is_deleted():
    shown = act("delete", 1, Talk((HI, WHY)))
    assert talk(shown).exchanges == (HI,) and "Why?" not in shown.body


def test_an_edited_message_comes_back_into_the_line_and_can_be_left():
    shown = act("edit", 0, Talk((HI, WHY)))
    assert shown.inputs == {"message": "Hi"} and talk(shown).edited == 0
    left = act("keep", 0, talk(shown))
    assert left.inputs == {"message": ""} and talk(left) == Talk((HI, WHY))


@pytest.mark.parametrize("name", ["edit", "again"])
def test_a_page_that_shows_an_older_state_is_told(name):
    with pytest.raises(InputError, match="older state"):
        list(ACTS[name].answer(VISIT, 5, memory=memory(Talk((HI,))), **HOUSE))


def test_the_character_greets_first():
    assert "ten seconds" in recall(VISIT, None, **HOUSE).body
    assert "десять секунд" in recall(Visit("ru"), None, **HOUSE).body
    assert "Mind the stairs." in recall(VISIT, None, **ADA).body
    assert "Hush." in act("opening", 1, Talk(), ADA).body


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_card_the_page_says_how_to_get_one(language):
    shown = recall(Visit(language), None, **{**ADA, "card": None})
    assert "SillyTavern" in shown.body and bool(re.search("[а-я]", shown.body)) == (
        language == "ru"
    )
    with pytest.raises(InputError, match="No character card"):
        list(answer(VISIT, "Hi", **{**ADA, "card": None}))


def test_each_character_has_a_conversation_of_its_own():
    both = memory(Talk((HI,)))
    assert "Go away" not in recall(VISIT, both, **{**HOUSE, "character": "data"}).body
    assert recall(VISIT, both, **HOUSE).body.count("bubble you") == 1
    assert talk(anew(VISIT, both, **HOUSE)) == Talk()


def test_a_page_that_opens_goes_on_with_the_last_conversation():
    shown = resume(VISIT, memory(Talk((WHY,)), ADA), **{**HOUSE, "card": CARD})
    assert shown.inputs == {"character": OWN} and "Because." in shown.body
    gone = resume(VISIT, memory(Talk((WHY,)), ADA), **HOUSE)
    assert gone.inputs == {} and "Because." not in gone.body


@pytest.mark.parametrize("inputs", [HOUSE, ADA])
def test_a_downloaded_conversation_is_loaded(inputs):
    [file] = act("swipe", 1, Talk((WHY, HI)), inputs).downloads
    shown = load(VISIT, file.text.encode(), None, **HOUSE)
    assert [one.reply for one in talk(shown, inputs).exchanges] == ["Because.", "Go away."]
    assert shown.inputs["character"] == inputs["character"]
    assert shown.inputs.get("card") == inputs["card"]


@pytest.mark.parametrize("text", ["", "Hi", '{"character": "card", "card": {"name": "<b></b>"}}'])
def test_a_file_that_is_no_conversation_is_refused(text):
    with pytest.raises(InputError):
        load(VISIT, text.encode(), None, **HOUSE)


def test_a_message_that_breaks_a_rule_changes_nothing():
    with pytest.raises(InputError, match="is empty"):
        next(answer(VISIT, " \n", memory=memory(Talk((HI,))), **HOUSE))


def test_a_real_reply_grows_and_a_second_one_stands_beside_it():
    first, *_, last = answer(VISIT, "Who are you?", memory=memory(Talk((HI,), edited=0)), **HOUSE)
    assert first.inputs == last.inputs == {}  # what is typed meanwhile stays
    assert talk(first).exchanges == (Exchange("Who are you?"),)
    assert last.cost and "Hi" not in last.body
    [said] = talk(last).exchanges
    assert said.reply
    *_, other = again(VISIT, 0, last.memory, **HOUSE)
    [twice] = talk(other).exchanges
    assert len(twice.replies) > len(said.replies)
    assert twice.replies[: len(said.replies)] == said.replies
    assert 'data-act="swipe"' in other.body


def test_a_real_reply_of_a_card():
    *_, last = answer(VISIT, "Who are you?", memory=None, **ADA)
    assert talk(last, ADA).exchanges[0].reply and "Mind the stairs." in last.body
