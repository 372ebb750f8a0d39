"""A reply holds the character's own words, whatever script the model goes on with."""

import pytest

from samovar.character.speech.lines import Speaker, over, spoken, steady, trimmed

HOUSE = Speaker(
    ("House", "Gregory House", "Хаус"), ("Wilson", "Cuddy", "Foreman", "Уилсон", "Кадди")
)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ('House: (sighs) "You are *smirks* fine."\nWilson: Am I?', "You are fine."),
        ("I am fine. Cuddy: Go to the clinic!", "I am fine."),
        ("**House**: It is not lupus. **Foreman**: Then what?", "It is not lupus."),
        ("No.\nCuddy — go to the clinic", "No."),
        ("No.\nDr. Smith: hello", "No."),
        ("No.\nUser: why?", "No."),
        ("Хаус: Нет. Уилсон: Да.", "Нет."),
        ("Нет.\nКадди — в клинику!", "Нет."),
        ("Доктор Уилсон: Да.", ""),
        ("Wilson: I'm not sure.", ""),
        ("Fine. <b>bold</b>", "Fine."),
        ("No. ```python\nprint(1)```", "No."),
        ("It is **not** lupus.<|im_end|>", "It is not lupus."),
        ("No. Question: Who are you?", "No."),
        ("Нет. Вопрос: Кто вы?", "Нет."),
        ("Rule one: everybody lies.", "Rule one: everybody lies."),
        ("Wilson — my only friend. He pays.", "Wilson — my only friend. He pays."),
        ("Ask Wilson: he knows.", "Ask Wilson: he knows."),
        ('"Everybody lies." That is all.', '"Everybody lies." That is all.'),
    ],
)
def test_only_his_own_words_stay(raw, said):
    assert spoken(raw, HOUSE) == said


def test_a_name_that_may_become_a_label_is_not_shown_yet():
    assert steady("No.\nWilson", HOUSE) == "No."
    assert steady("No. Wilson is a friend", HOUSE) == "No. Wilson is a friend"


def test_a_loop_and_an_unfinished_sentence_are_cut():
    assert trimmed("You are wrong. You are wrong. You are wro", True) == "You are wrong."
    assert trimmed("Ask Dr. Wilson. He is ni", True) == "Ask Dr. Wilson."
    assert trimmed("Ask Dr. Wilson. He is ni", False) == "Ask Dr. Wilson. He is ni"
    assert over("No. No, no. Yes. Go away.") and over("I am. I am.") and not over("No. Yes.")
