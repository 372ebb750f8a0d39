"""Every tagger goes through the same reading: real ones, on texts as people write them."""

import pytest
from notation import read, write

from samovar.ner.endpoint import checked
from samovar.ner.tagging.labels import converted
from samovar.ner.tagging.taggers import TAGGERS, tagger

FAST = {"en": ("crf", "spacy", "e5"), "ru": ("crf", "natasha", "e5")}


def found(name: str, text: str, language: str) -> str:
    (markup,) = tagger(name, language).tag([text], language)
    markup = converted(markup, TAGGERS[name].conversion)
    assert all(span.text == text[span.start : span.end] for span in markup.spans)
    return write(text, [span for span in markup.spans if span.label in ("PER", "LOC", "ORG")])


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "[Anna Berg]PER🎉 lives in [Madrid]LOC🔥\ufe0f"),
        ("en", "-[Emma Hale]PER went to [Madrid]LOC"),
        ("en", "[EMMA WATSON]PER MOVED TO [MADRID]LOC"),
        ("en", "[emma watson]PER moved to [madrid]LOC"),
        ("ru", "[Лидия Сухово-Кобылина]PER живёт в [Самаре]LOC"),
        ("ru", "[АЛЛА ПУГАЧЁВА]PER ПРИЕХАЛА В [САМАРУ]LOC"),
        ("ru", "[алла пугачёва]PER приехала в [самару]LOC"),
    ],
)
def test_names_are_found_as_people_write_them(language: str, marked: str) -> None:
    text, _ = read(marked)
    assert {name: found(name, text, language) for name in FAST[language]} == dict.fromkeys(
        FAST[language], marked
    )


@pytest.mark.parametrize("name", FAST["ru"])
def test_half_a_quote_is_no_part_of_a_name(name: str) -> None:
    text = "ПАО «Северный берег» строит порт, и АО «Белая ладья» тоже."
    (markup,) = tagger(name, "ru").tag([text], "ru")
    assert all(span.text.count("«") == span.text.count("»") for span in markup.spans)


def test_each_sentence_is_read_by_the_weights_of_its_language() -> None:
    text = "Anna Berg lives in Madrid. Ольга Петрова живёт в Самаре."
    marked = "[Anna Berg]PER lives in [Madrid]LOC. [Ольга Петрова]PER живёт в [Самаре]LOC."
    assert found("crf", text, "ru") == found("crf", text, "en") == marked
    assert found("spacy", text, "en").endswith("Ольга Петрова живёт в Самаре.")
    assert found("natasha", text, "en").startswith("Anna Berg lives in Madrid.")
    assert {"spacy", "natasha"} <= set(checked(text).taggers)
    assert "natasha" not in checked(text, None, "en").taggers
