"""Reading ease: constants by language, what is a syllable and a sentence."""

import pytest

from eval.metrics.readability import reading_ease


@pytest.mark.parametrize(
    ("language", "easy", "hard"),
    [
        (
            "en",
            "The cat sat. The dog ran.",
            "Institutional considerations necessitate deliberation.",
        ),
        ("ru", "Кот спит. Пёс ест.", "Организационные мероприятия обусловливают целесообразность."),
    ],
)
def test_short_words_and_sentences_read_more_easily(language, easy, hard):
    assert reading_ease(easy, language) > 80 > 30 > reading_ease(hard, language)


def test_the_formula_is_flesch_s():
    """Ten words of eleven syllables in two sentences."""
    text = "The kettle holds two cups. You drink both of them."
    assert reading_ease(text, "en") == pytest.approx(206.835 - 1.015 * 5 - 84.6 * 1.1)
    assert reading_ease("Чай горячий.", "ru") == pytest.approx(206.835 - 1.3 * 2 - 60.1 * 2)


def test_headlines_end_with_their_line_and_numbers_are_no_words():
    assert reading_ease("Tea for two\nIt is hot.", "en") == reading_ease(
        "Tea for two. It is hot.", "en"
    )
    assert reading_ease("1,500 ml", "en") == reading_ease("ml", "en")
    assert reading_ease("…", "ru") == 0.0
