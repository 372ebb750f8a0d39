"""What small words, counts and predicates belong to."""

import pytest

from samovar.paraphrase.alignment import align, groups
from samovar.paraphrase.attachment import (
    indefinite,
    miscounted,
    presupposed,
    run_together,
    unattached,
)
from samovar.paraphrase.relations import relations
from samovar.settings import ROOT


@pytest.mark.parametrize(
    ("original", "text", "lost"),
    [
        ("ask for a second blanket", "Could you ask a second blanket", "ask for"),
        ("look after the hamster", "I'd like you to look the hamster", "look after"),
        ("call off the meeting", "please call the meeting", "call off"),
        ("one of my keys is bent", "I want to report that one key is bent", "one of my"),
        (
            "which of the three doors is open",
            "tell me which three doors are open",
            "which of the three",
        ),
        ("forward the memo to legal", "could you forward the memo for legal", "to → for legal"),
    ],
)
def test_a_lost_small_word_is_named(original, text, lost):
    assert unattached(original, text, "en") == [lost]


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("ask for a second blanket", "I want a second blanket to be asked for"),
        ("look for a flat in Porto", "find a flat in Porto"),
        ("which of my keys is bent", "tell me which key is bent among my keys"),
        ("turn all of the lights off", "could you turn all the lights off"),
        ("set an alarm to six", "set an alarm for six"),
        ("forward the memo to legal", "could you forward legal the memo"),
    ],
)
def test_other_words_for_the_same_are_free(original, text):
    assert unattached(original, text, "en") == []


def test_what_is_asked_is_not_taken_for_granted():
    assert presupposed("which trains are late", "do you know which late trains are", "en") == [
        "late trains"
    ]
    assert presupposed("which holiday is next", "tell me which holiday is next", "en") == []
    assert presupposed("which holiday is next", "what is the next holiday", "en") == []


def test_a_participle_stays_one_in_a_question():
    asked = "is the hall heated in winter"
    assert presupposed(asked, "check if the hall heating is in winter", "en") == [
        "heated → heating"
    ]
    assert presupposed(asked, "check if the hall has heating in winter", "en") == []


def test_each_count_stays_with_its_thing():
    asked = "ring Ann twice and Ben once"
    assert miscounted(asked, "please ring Ann and Ben twice and once", "en") != []
    assert miscounted(asked, "please ring Ben once and Ann twice", "en") == []
    assert miscounted("ring Ann twice", "twice ring Ann", "en") == []


def test_clauses_stay_apart():
    asked = "the tap drips all night, send a plumber"
    assert (
        run_together(asked, "please send a plumber to the tap drips all night", "en")
        == "to the tap"
    )
    assert run_together(asked, "please send a plumber, the tap drips all night", "en") == ""
    assert run_together(asked, "please send a plumber because the tap drips all night", "en") == ""
    assert (
        run_together("in the early morning, call Ann", "call Ann in the early morning", "en") == ""
    )


def test_before_a_clause_means_before_its_verb():
    first = relations("knead it before you shape it", "en")
    assert first == relations("knead it before shaping it", "en")
    assert first != relations("shape it before you knead it", "en")


class Close:
    """Give every word the same vector: whatever the encoder is asked about is near."""

    def encode(self, texts):
        import numpy as np

        return np.ones((len(texts), 1), np.float32)


@pytest.mark.parametrize(
    ("old", "new", "asked"),
    [
        ("mute", "mutilate", False),
        ("contact", "contract", False),
        ("verify", "verification", True),
        ("photo", "photograph", True),
        ("taxi", "cab", True),
    ],
)
def test_the_encoder_is_not_asked_about_words_alike_by_letters(old, new, asked):
    found = align([(f"{old} it", f"{new} it")], "en", Close(), {})[0]
    assert found.added == (() if asked else (new,))


def test_irregular_forms_and_spellings_stand_in_groups():
    known = groups(ROOT / "data" / "synonyms" / "en.txt", "en")
    pairs = [("spent money", "spending money"), ("favourite colour", "favorite color")]
    assert all(not one.added and not one.lost for one in align(pairs, "en", Close(), known))


def test_a_known_thing_stays_known():
    asked = "how far is the campsite from the lake"
    assert indefinite(asked, "how far is a campsite from the lake", "en") == [
        "the campsite → a campsite"
    ]
    assert indefinite(asked, "tell me how far the campsite is from the lake", "en") == []
    assert indefinite("book a table", "book the table", "en") == []


def test_what_to_do_is_asked_again():
    asked = "the lift is stuck, what should I do"
    assert unattached(asked, "make sure to tell me what the lift is stuck", "en") == ["what to do"]
    assert unattached(asked, "the lift is stuck, can you tell me what I should do", "en") == []


def test_should_is_had_to():
    assert relations("should the dog stay in", "en") == relations(
        "does the dog have to stay in", "en"
    )
    assert relations("should the dog stay in", "en") != relations("does the dog stay in", "en")
