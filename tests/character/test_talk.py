"""A conversation is kept, goes on from an edited message, and is written to a file and read back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samovar.character.cards.sheet import sheet, written
from samovar.character.exchange import Claim, Exchange, Reply
from samovar.character.talk import EXCHANGES, KEPT, OWN, Talk, Talks, kept, key, lines, read, stored
from samovar.errors import InputError
from samovar.records import Cost, Fact, to_json

FACT = Fact("f", "House limps.", "leg", 1, 2, 0.9, "Хаус хромает.")
REPLIES = (Reply("No."), Reply("Go away.", (Claim("Go away", "unknown", FACT),), 0.5))
HI = Exchange("Hi", REPLIES, 1, (FACT,), Cost(7.0, "m", "e"))
WHY = Exchange("Why?\nTell me.", (Reply("Because."),))
CARD = written(sheet({"name": "Ada", "first_mes": "Mind the stairs."}))


def talk_file(talk: Talk, character: str = "house", card: Any = None) -> bytes:
    rows = (json.dumps(to_json(row), ensure_ascii=False) for row in lines(talk, character, card))
    return "".join(f"{row}\n" for row in rows).encode()


def test_a_message_that_is_edited_ends_the_conversation_before_it():
    talk = Talk((HI, WHY), edited=1)
    assert talk.open() == Talk((HI,))
    assert talk.open().and_then(Exchange("How?")).exchanges == (HI, Exchange("How?"))
    assert Talk((HI, WHY)).open().exchanges == (HI, WHY)


def test_another_reply_of_the_last_exchange_is_chosen():
    assert Talk((WHY, HI)).choosing(0).exchanges[-1].reply == "No."
    assert Talk((WHY, HI)).choosing(2) == Talk((WHY, HI))  # there is no third one
    assert Talk().choosing(0) == Talk()


def test_what_the_browser_keeps_comes_back():
    talks = Talks({"data": Talk((WHY,))}).having("house", Talk((HI, WHY), 1, 0))
    assert kept(json.loads(json.dumps(stored(talks)))) == talks
    assert talks.last(None) == "house" and talks.having("data", Talk()).last(None) == "data"


def test_the_card_of_the_last_conversation_must_be_there():
    talks = Talks().having(key(OWN, CARD), Talk((HI,)))
    assert talks.last(CARD) == OWN
    assert talks.last(None) == talks.last({**CARD, "spec": "other"}) == ""
    assert Talks().last(CARD) == ""


def test_a_damaged_conversation_does_not_take_the_others_along():
    memory = stored(Talks({"house": Talk((HI,))}))
    memory["talks"]["data"] = {"exchanges": "x"}
    assert kept(memory) == Talks({"house": Talk((HI,))})


def test_of_a_long_conversation_the_newest_exchanges_are_kept():
    long = Talk(tuple(Exchange(str(n)) for n in range(EXCHANGES + 3)))
    talks = kept(stored(Talks().having("house", long)))
    assert [one.message for one in talks.of("house").exchanges][::99] == ["3", "102"]


def test_the_oldest_conversations_are_forgotten():
    talks = Talks()
    for number in range(KEPT + 5):
        talks = talks.having(f"card-{number}", Talk((HI,)))
    assert len(talks.talks) == KEPT and "card-4" not in talks.talks
    assert talks.of("card-4") == Talk()


@pytest.mark.parametrize(
    "memory",
    [
        None,
        "house",
        [1],
        {"talks": {"house": "Hi"}},
        {"talks": {"house": {"exchanges": [{"message": ""}]}}},
        {"talks": {"house": {"exchanges": [{"message": "a\x00b"}]}}},
        {"talks": {"house": {"exchanges": [{"message": "x" * 2001}]}}},
        {"talks": {"house": {"exchanges": [{"message": "x"}] * (EXCHANGES + 1)}}},
        {"talks": {"house": {"exchanges": [{"message": "x", "replies": [{"text": 7}]}]}}},
    ],
)
def test_what_no_page_wrote_counts_as_nothing(memory):
    assert kept(memory) == Talks()


def test_a_conversation_is_read_back_from_its_file():
    talk = Talk((HI, WHY), 1)
    assert read(talk_file(talk), ("house",)) == ("house", None, talk)
    assert read(b"\xef\xbb\xbf" + talk_file(talk), ("house",)) == ("house", None, talk)
    assert read(talk_file(Talk((HI,)), OWN, CARD), ("house",)) == (OWN, CARD, Talk((HI,)))


HEADER = '{"character": "house", "opening": 0}'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "it is empty"),
        ("\n \n", "it is empty"),
        ("Hi\nNo.", "first line"),
        ("[1]", "first line"),
        ('{"character": "moriarty"}', "first line"),
        ('{"message": "Hi"}', "first line"),
        (HEADER + "\nHi", "line 2 is no exchange"),
        (HEADER + '\n{"message": "Hi"}\n{"reply": "No."}', "line 3 is no exchange"),
        (HEADER + '\n{"message": ["Hi"]}', "line 2 is no exchange"),
        (HEADER + '\n{"message": "Hi", "replies": [{"text": "x", "claims": [1]}]}', "line 2"),
        (HEADER + '\n{"message": "Hi"}' * (EXCHANGES + 1), "at most 100"),
        (HEADER + '\n{"message": " "}', "`message` is empty"),
        ('{"character": "card"}', "no character card"),
        (" " * (4 * 2**20 + 1), "more than 4 MB"),
        ("[" * 100_000, "first line"),
    ],
)
def test_a_file_that_is_no_conversation_is_refused(data, said):
    with pytest.raises(InputError) as refused:
        read(data.encode(), ("house",))
    assert said in refused.value.say("en")
    assert any("а" <= char <= "я" for char in refused.value.say("ru"))


def test_a_file_of_another_encoding_is_refused():
    with pytest.raises(InputError, match="UTF-8"):
        read("Привет".encode("utf-16"), ("house",))
