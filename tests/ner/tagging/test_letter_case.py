"""Capitals put back into small letters and into capitals, by the vocabulary that ships with the app."""

import pytest

from samovar.models.taggers.case_vocabulary import case_vocabulary
from samovar.ner.tagging.letter_case import recased, uncased
from samovar.settings import Settings


@pytest.fixture(scope="module")
def likely():
    return case_vocabulary(Settings.from_env()).score


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("emma watson moved to madrid", "Emma Watson moved to Madrid"),
        ("EMMA WATSON MOVED TO MADRID", "Emma Watson moved to Madrid"),
        ("вчера пугачёва приехала в самару", "Вчера Пугачёва приехала в Самару"),
        ("ПУТИН ПРИЕХАЛ В САМАРУ", "Путин приехал в Самару"),
        ("she works for ibm in the usa", "She works for IBM in the USA"),
        ("Emma Watson left. WE SAW HER IN MADRID!", "Emma Watson left. We saw her in Madrid!"),
    ],
)
def test_words_get_the_letters_they_mostly_have(likely, text: str, right: str) -> None:
    assert uncased(text)
    assert recased(text, likely) == right


@pytest.mark.parametrize(
    "text",
    ["Emma moved to madrid", "He met NASA.", "Эмма в Самаре, НАТО", "", "12:30", "«А»", "NATO"],
)
def test_texts_with_their_own_letters_stay(likely, text: str) -> None:
    assert not uncased(text) or not text.strip("«»А0123456789: ")
    assert recased(text, likely) == text


def test_the_length_stays_whatever_the_letters(likely) -> None:
    for text in ("STRASSE IN ŉ İSTANBUL UND GROẞ", "straße in ŉ ǰ ﬁ großstadt"):
        assert len(recased(text, likely)) == len(text)
