"""Rules without a model: speech acts, numbers, small words, slots, diversity, selection."""

import pytest

from samovar.paraphrase.act import KEPT, act
from samovar.paraphrase.form import lost_verb, odd_form
from samovar.paraphrase.numbers import numbers
from samovar.paraphrase.relations import moved, negations, new_persons, relations
from samovar.paraphrase.selection import select
from samovar.paraphrase.slots import kept
from samovar.paraphrase.words import likeness, pinc, repeats
from samovar.records import Variant


@pytest.mark.parametrize(
    "case",
    """
    dim the bedroom lamp                       → command
    could you please dim the lamp?             → command
    I'd like you to dim the lamp               → command
    I need a cab to the station                → wish
    Could I get a cab to the station?          → wish
    Has the parcel been shipped yet?           → question
    can you tell me when the gate opens        → question
    I'd like to know if it rains               → question
    After your workout, remember to drink      → advice
    You should drink more water                → advice
    The museum is closed on Mondays.           → statement
    I will put two kilos on the list           → statement
    """.strip().splitlines(),
)
def test_speech_act(case):
    text, expected = (part.strip() for part in case.split("→"))
    assert act(text, "en").value == expected


def test_a_promise_is_no_rewording_of_a_command():
    assert act("I'll put eggs on the list", "en") not in KEPT[act("put eggs on the list", "en")]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("two tickets for 25 dollars", "en", "2 25"),
        ("wake me at half past six", "en", "1/2 6"),
        ("at 7:00 or 7", "en", "7 7"),
        ("the 3rd of May, 1,000 euros", "en", "1000 3"),
        ("no numbers here", "en", ""),
        ("две пиццы и 5 кол", "ru", "2 5"),
    ],
)
def test_numbers(text, language, expected):
    assert " ".join(sorted(numbers(text, language).elements())) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Don't forget the milk", "en", 0),
        ("I don't want milk", "en", 1),
        ("no nuts and not too sweet", "en", 2),
        ("without sugar", "en", 1),
        ("не забудь молоко", "ru", 0),
        ("не звони без причины", "ru", 2),
    ],
)
def test_negations(text, language, expected):
    assert negations(text, language) == expected


def test_directions_must_keep_their_objects():
    there = relations("a cab from 12 Elm Street to Central Station", "en")
    back = relations("a cab from Central Station to 12 Elm Street", "en")
    assert there != back
    assert relations("before your workout", "en") != relations("after your workout", "en")


def test_new_persons():
    assert new_persons("send Ann a note", "send him a note", "en") == ["him"]
    assert new_persons("pay my landlord", "pay your landlord", "en") == ["your"]
    assert new_persons("freeze the card", "freeze my card", "en") == []


def test_odd_forms():
    assert odd_form("Would you mind set an alarm?", "en")
    assert not odd_form("Would you mind setting an alarm?", "en")
    assert odd_form("Could you setting an alarm?", "en")
    assert odd_form("see http://x", "en") and odd_form("<b>bold</b>", "en")
    assert odd_form("Do you know where is my bag?", "en")
    assert not odd_form("Do you know where my bag is?", "en")
    assert odd_form("Go ahead and wake up me at six.", "en")
    assert odd_form("Has a train RE 5 left?", "en")
    assert odd_form("I want to know if has the train left.", "en")


def test_a_sentence_needs_a_verb():
    assert lost_verb("where is my bag", "Tell me where my bag.", "en")
    assert not lost_verb("where is my bag", "Tell me where my bag is.", "en")
    assert not lost_verb("dim the lamp", "Please dim the lamp.", "en")


def test_times_and_prepositions_before_numbers():
    assert moved("a table for four", "a table at four", "en") == ["for → at four"]
    assert moved("a table on Friday", "a table for Friday", "en") == []
    assert relations("a cab at 4:45", "en") != relations("a cab at 4:45 PM", "en")
    assert relations("do I sing", "en") != relations("what do I sing", "en")


def test_what_must_stay():
    assert set(kept('Tell Priya that gate B12 says "no entry"', [])) == {"Priya", "B12", "no entry"}
    assert kept("I need it. Thanks", []) == ()


def test_pinc_and_likeness():
    assert pinc("turn off the light", "turn off the light") == 0
    assert pinc("turn off the light", "kill every lamp here") == 1
    assert likeness("Dim the lamp!", "dim the lamp") == 1
    assert repeats("go to the shop go to the shop") and not repeats("go to the shop")


def test_selection_prefers_unlike_variants_and_drops_twins():
    def variant(text):
        return Variant(text, True, (), 0.95, 0.5)

    texts = [
        "could you dim the lamp: it is late",
        "could you dim the lamp, it's late",
        "less light please",
    ]
    assert select([variant(text) for text in texts], 3) == [0, 2]


def test_selection_puts_the_nearest_in_meaning_first_however_new_its_words():
    far = Variant("have the small light burn with less power", True, (), 0.91, 0.9)
    near = Variant("please dim the lamp", True, (), 0.98, 0.3)
    assert select([far, near], 1) == [1]
    assert select([far, near], 2) == [1, 0]
