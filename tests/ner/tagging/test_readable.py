"""What taggers read instead of a text, and that every name is found at its place in the text as given."""

import pytest

from samovar.ner.tagging.readable import readable
from samovar.records import Span


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Kim Cho🎉 is here", "Kim Cho  is here"),
        ("Rio☀\ufe0f!", "Rio !"),
        ("👩\u200d🔬Ada Byron", "  Ada Byron"),
        ("-Olga met -Igor-", " Olga met  Igor "),
        ("**Olga** met _Igor_", "  Olga   met  Igor "),
        ("Jean-Luc, 5-7, -3, U.S.-led", "Jean-Luc, 5-7,  3, U.S.-led"),
        ("Ива\u0301н Гро\u0301зный", "Иван Грозный"),
        ("Чаи\u0306ковский", "Чайковский"),
        ("Mos\u00adcow\u200b, New\u00a0York", "Moscow, New York"),
        ("№ 5, C# & C++", "№ 5, C# & C++"),
        ("", ""),
    ],
)
def test_signs_that_hang_on_words_are_not_read(text: str, read: str) -> None:
    assert readable(text, str).text == read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, 👩\u200d🔬Ada Byron❤\ufe0f wrote", "Ada Byron"),
        ("царь Ива\u0301н Гро\u0301зный", "Ива\u0301н Гро\u0301зный"),
        ("in Mos\u00adcow today", "Mos\u00adcow"),
    ],
)
def test_a_name_that_was_read_stands_in_the_text_as_given(text: str, name: str) -> None:
    whole = readable(text, str)
    plain = readable(name, str).text
    start = whole.text.index(plain)
    found = whole.restored(Span(start, start + len(plain), "PER", plain))
    assert found.text == name == text[found.start : found.end]
