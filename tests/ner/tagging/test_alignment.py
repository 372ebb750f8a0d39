import pytest
from notation import read, write

from samovar.ner.tagging.alignment import Entity, align

PER, LOC, ORG, MISC = "PER", "LOC", "ORG", "MISC"


@pytest.mark.parametrize(
    ("marked", "entities"),
    [
        ("[Маша]PER живёт в [Твери]LOC", [("Твери", LOC), ("Маша", PER)]),
        ("[Paris]LOC, [Paris]LOC and Parisian bread", [("Paris", LOC)]),
        ("[New York]LOC and [York]LOC", [("York", LOC), ("New York", LOC)]),
        ("call [ANNA]PER, then [Anna]PER's son", [("Anna", PER), ("ANNA", PER)]),
        ("only [anna]PER is here", [("Anna", PER)]),
        ("[Anna]PER is not anna", [("Anna", PER)]),
        ("the U.S. and the [US]LOC, not USB", [("US", LOC)]),
        ("[Tim\n  Cook]PER spoke", [("Tim Cook", PER)]),
        ("🍕 [Ёжик]PER 🍕", [("ёжик", PER)]),
        ("İİ [Bob]PER", [("bob", PER)]),
        ("в [Твери]LOC и под [Тверью]LOC, не в Тверской", [("Тверь", LOC)]),
        ("с [Иваном Петровым]PER и без Ивана", [("Иван Петров", PER)]),
        ("у [Петра]PER и к [Петру]PER", [("Пётр", PER)]),
        ("[Анна]PER звала Анну", [("Анна", PER)]),
        ("Germans and [German]MISC", [("German", MISC)]),
        ("(C++) [C++]MISC", [("C++) C++", MISC), ("C++", MISC)]),
    ],
)
def test_every_mention_is_found_between_word_borders(
    marked: str, entities: list[tuple[str, str]]
) -> None:
    text, _ = read(marked.replace("(C++)", "(C)"))
    found = align(text, [Entity(*entity) for entity in entities])
    assert write(text, found.spans) == marked.replace("(C++)", "(C)")


def test_the_first_label_of_a_name_wins() -> None:
    found = align("Jordan", [Entity("Jordan", PER), Entity("Jordan", LOC)])
    assert [span.label for span in found.spans] == [PER]


def test_a_name_with_two_labels_has_them_in_the_order_of_its_mentions() -> None:
    found = align("Jordan in Jordan, Jordan", [Entity("Jordan", PER), Entity("Jordan", LOC)])
    assert [span.label for span in found.spans] == [PER, LOC, LOC]


def test_names_that_the_text_lacks_are_invented_each_once() -> None:
    found = align(
        "Bob sat.", [Entity("Stockholm", LOC), Entity("Bob", PER), Entity("Stockholm", ORG)]
    )
    assert found.invented == ("Stockholm",)
    assert [span.text for span in found.spans] == ["Bob"]


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_a_blank_name_is_neither_found_nor_invented(name: str) -> None:
    found = align("Bob sat.", [Entity(name, PER)])
    assert (found.spans, found.invented) == ((), ())


def test_a_name_with_signs_of_regular_expressions_is_plain_text() -> None:
    found = align("a.b (x|y) axb", [Entity("a.b", MISC), Entity("(x|y)", MISC)])
    assert [span.text for span in found.spans] == ["a.b", "(x|y)"]


def test_twenty_thousand_characters_of_one_name_take_no_time() -> None:
    found = align("Bo " * 6666, [Entity("Bo", PER), Entity("Bo Bo", ORG), Entity("bo", LOC)])
    assert len(found.spans) == 3333
