"""How a conversation is drawn: plain text, verdicts with word and sign, buttons where they can work."""

from __future__ import annotations

import pytest

from samovar.character.card import Partner, body, downloads
from samovar.character.exchange import Claim, Exchange, Reply
from samovar.character.talk import Talk
from samovar.phrases import LANGUAGES
from samovar.records import Fact

FACT = Fact("f", "House limps.", "leg", 1, 2, ru="Хаус хромает.")
CLAIMS = (
    Claim("I limp.", "supported", FACT),
    Claim("I dance.", "contradicted", FACT),
    Claim("I am rich.", "unknown"),
)
HI = Exchange("Hi", (Reply("No."), Reply("I limp. I dance. I am rich.", CLAIMS, 0.83)), 1, (FACT,))
HOUSE = Partner("House", ("What is it?",))


def test_each_claim_has_sign_word_fact_and_place():
    drawn = str(body(Talk((HI,)), HOUSE, "en"))
    for said in ("✓ supported", "✗ contradicted", "? unknown", "no fact speaks about it", "S1 E2"):
        assert said in drawn
    assert "✓ 1 supported" in drawn and "Sounds like House: 83\u00a0%" in drawn
    assert "<details>" in drawn, "the claims open below the reply"
    russian = str(body(Talk((HI,)), HOUSE, "ru"))
    assert "Хаус хромает." in russian and "подтверждено" in russian and "House limps" not in russian


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "**b** ![x](y)", '"><img src=x>'])
def test_no_text_becomes_markup(text, language):
    claims = (Claim(text, "supported", Fact("f", text, text, ru=text)),)
    exchange = Exchange(text, (Reply(text, claims),), 0, (Fact("f", text, text),))
    drawn = str(body(Talk((exchange,)), Partner(text, (text,)), language))
    assert "<script" not in drawn and "<img" not in drawn and "<b>b" not in drawn


def acts(talk: Talk, **how: bool) -> list[str]:
    parts = str(body(talk, Partner("Ada", ("One.", "Two.")), "en", **how)).split('data-act="')[1:]
    return [part.split('"')[0] for part in parts]


def test_buttons_stand_where_they_can_work():
    assert acts(Talk()) == ["opening", "opening"]
    assert acts(Talk((HI,))) == ["edit", "swipe", "swipe", "again", "delete"]
    assert acts(Talk((HI, HI))) == ["edit", "edit", "swipe", "swipe", "again", "delete"]
    assert acts(Talk((HI, HI), edited=0)).count("keep") == 1
    assert acts(Talk((HI, HI)), live=True) == acts(Talk((HI,)), acts=False) == []


def test_the_alternative_at_either_end_has_no_neighbour():
    drawn = str(body(Talk((HI,)), HOUSE, "en"))
    assert "2/2" in drawn
    earlier, later = (part.split(">")[0] for part in drawn.split('data-act="swipe"')[1:])
    assert "disabled" not in earlier and 'data-at="0"' in earlier
    assert "disabled" in later


def test_a_reply_that_is_being_written_or_stayed_away_is_said():
    assert "is writing" in str(body(Talk((Exchange("Hi"),)), HOUSE, "en", live=True))
    assert "Ask for another reply" in str(body(Talk((Exchange("Hi"),)), HOUSE, "en"))
    assert "Write the first message" in str(body(Talk(), Partner("Ada"), "en"))


def test_a_conversation_can_be_downloaded():
    assert downloads(Talk(), "house", None) == ()
    [file] = downloads(Talk((HI,)), "house", None)
    assert file.name == "samovar-character.jsonl" and file.text.count("\n") == 2
