"""Words, sentences and tags: `|` stands between words, `‖` between sentences."""

import pytest
from notation import read, write

from samovar.models.taggers import words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("O'Brien's dog", "O'Brien|'|s|dog"),
        ("Ростов-на-Дону, 2.5%", "Ростов|-|на|-|Дону|,|2.5|%"),
        ("U.S.-led", "U|.|S|.|-|led"),
        ("«Яндекс»…", "«|Яндекс|»|…"),
        ("🍕a\u200bb", "🍕|a|\u200b|b"),
        ("   ", ""),
    ],
)
def test_words(text: str, cut: str) -> None:
    found = words.words(text)
    assert "|".join(word.text for word in found) == cut
    assert all(text[word.start : word.end] == word.text for word in found)


@pytest.mark.parametrize(
    "marked",
    [
        "Ann left. Bob stayed.",
        "Ann left.‖Bob stayed.",
        "Mr. Tom Hale spoke.‖He left.",
        "J. K. Rowling wrote.‖“It sold.”‖Nobody read it.",
        "А. С. Пушкин жил в г. Твери.‖Потом уехал.",
        "title\n‖Text goes on",
        "It cost 2.5 dollars.‖5 people came.",
        "he left. she stayed.",
    ],
)
def test_sentences(marked: str) -> None:
    """A border is expected where ‖ stands (white space around it belongs to no sentence)."""
    expected = marked.replace("Ann left. Bob", "Ann left.‖Bob")
    text = expected.replace("‖", " ")
    found = words.sentences(text)
    assert [" ".join(text[s[0].start : s[-1].end].split()) for s in found] == [
        " ".join(part.split()) for part in expected.split("‖")
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "[Ann Lee]PER met [Bob]PER",
        "[A]PER-[B]ORG",
        "[New York]LOC [Times]ORG",
        "no names",
        "[Ё]MISC",
    ],
)
def test_tags_say_where_names_are(marked: str) -> None:
    text, spans = read(marked)
    cut = words.words(text)
    assert write(text, words.spans(text, cut, words.tags(cut, spans))) == marked


def test_a_cut_word_belongs_to_the_name_and_the_first_name_wins() -> None:
    text = "Petersburger Straße"
    cut = words.words(text)
    spans = [words.Span(0, 10, "LOC", text[:10]), words.Span(4, 19, "ORG", text[4:])]
    assert words.tags(cut, spans) == ["B-LOC", "O"]


def test_a_lonely_inside_tag_begins_a_name() -> None:
    cut = words.words("a b c")
    found = words.spans("a b c", cut, ["I-PER", "I-LOC", "I-LOC"])
    assert write("a b c", found) == "[a]PER [b c]LOC"
