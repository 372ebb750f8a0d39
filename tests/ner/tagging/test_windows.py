import pytest

from samovar.ner.tagging.llm import windows
from samovar.ner.tagging.prompt import WINDOW


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ann left. Bob stayed.", ["Ann left.", "Bob stayed."]),
        ("Ann left", ["Ann left"]),
        ("one two three four", ["one two", "three four"]),
        ("abcdefghijklmnop", ["abcdefghijkl", "mnop"]),
        ("Ann\n\nBob is at home", ["Ann", "Bob is at", "home"]),
        ("  ", []),
    ],
)
def test_a_text_is_cut_after_sentences_then_words(text: str, parts: list[str]) -> None:
    assert windows(text, 12) == parts


def test_no_character_but_white_space_is_lost() -> None:
    text = "Anna went to Rome. She saw 2.5 million cats! " * 80
    parts = windows(text, WINDOW)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert max(map(len, parts)) <= WINDOW
