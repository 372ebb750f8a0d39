"""Edges of names: a case holds what a tagger says and what it becomes."""

import pytest
from notation import read, write

from samovar.ner.tagging.edges import tidied
from samovar.records import Span


@pytest.mark.parametrize(
    ("said", "right"),
    [
        # half a pair of quotes: both or none
        ("ООО [«Белая ладья]ORG» открылось", "ООО «[Белая ладья]ORG» открылось"),
        ("[АО «Белая]ORG ладья» открылось", "[АО «Белая ладья»]ORG открылось"),
        ("[АО «Белая ладья]ORG открылось", "АО «[Белая ладья]ORG открылось"),
        ('the [" Blue Sky]ORG club', 'the " [Blue Sky]ORG club'),
        ("the [“Blue Sky]ORG” club", "the “[Blue Sky]ORG” club"),
        ("the [“Blue Sky”]ORG club", "the [“Blue Sky”]ORG club"),
        ("[Mercury (Freddie)]PER sang", "[Mercury (Freddie)]PER sang"),
        ("(in [Lima)]LOC", "(in [Lima]LOC)"),
        # loose signs
        ("[Rio —]LOC here", "[Rio]LOC — here"),
        ("[- Olga]PER, [Igor,]PER [...]MISC", "- [Olga]PER, [Igor]PER, ..."),
        ("at [Widget Inc.]ORG and [Yahoo!]ORG", "at [Widget Inc.]ORG and [Yahoo!]ORG"),
        ("[O'Hara]PER and [James']PER", "[O'Hara]PER and [James']PER"),
        ("[-5 degrees]QUANTITY", "[-5 degrees]QUANTITY"),
        # double surnames and other compounds
        ("[Лидия Сухово]PER-[Кобылина]PER пела", "[Лидия Сухово-Кобылина]PER пела"),
        ("Лидия [Сухово-Кобылина]LOC пела", "[Лидия Сухово-Кобылина]PER пела"),
        ("[Emma Hale]PER-Winter sang", "[Emma Hale-Winter]PER sang"),
        ("Nova-[Cola]ORG grew", "[Nova-Cola]ORG grew"),
        ("the [Smith]PER-[Jones]PER talks", "the [Smith]PER-[Jones]PER talks"),
        ("a [Lima]LOC-based firm", "a [Lima]LOC-based firm"),
        ("у озера [Сухово-Заречное]LOC", "у озера [Сухово-Заречное]LOC"),
    ],
)
def test_edges(said: str, right: str) -> None:
    text, spans = read(said)
    found = tidied(text, spans, ("PER",))
    assert write(text, found) == right
    assert all(span.text == text[span.start : span.end] for span in found)


def test_spans_that_overlap_come_apart() -> None:
    text = "Emma Hale left"
    given = [Span(0, 9, "PER", "Emma Hale"), Span(5, 9, "LOC", "Hale")]
    assert [span.text for span in tidied(text, given, ("PER",))] == ["Emma Hale"]
