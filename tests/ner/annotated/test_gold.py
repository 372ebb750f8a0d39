"""Files with gold labels: what is read, and what is said of a file that is not right."""

import json

import pytest
from notation import write

from samovar.errors import InputError
from samovar.files.source import File
from samovar.ner.annotated import gold
from samovar.ner.annotated.schemes import SCHEMES
from samovar.ner.tagging.labels import NAMES
from samovar.records import Span


def marked(content: str) -> list[str]:
    return [write(one.text, one.spans) for one in gold.read(File("gold.txt", content.encode()))]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("EU NNP I-NP I-ORG\nsays O\n\nAnn I-PER\nLee I-PER\n", ["[EU]ORG says", "[Ann Lee]PER"]),
        ("Ann\tB-PER\nLee\tB-PER\n", ["[Ann]PER [Lee]PER"]),
        ("-DOCSTART- O\n\nAnn S-person\n", ["[Ann]PER"]),
        ("New B-GPE\nYork L-GPE\n", ["[New York]LOC"]),
        ("Ann B-PER\nsaw O\nMonday B-DATE\n", ["[Ann]PER saw Monday"]),
        ("0\tAnn\tB-PER\n1\tleft\tO\n\n0\tBob\tB-PER\n", ["[Ann]PER left", "[Bob]PER"]),
        ("1 NNP O\n2 NNP B-PER\n\n5 NNP O\n", ["NNP [NNP]PER", "NNP"]),
        ("7 CD O\nAnn NNP B-PER\n", ["7 [Ann]PER"]),
        ('{"text": "Ann", "spans": [{"start": 0, "stop": 3, "type": "PER"}]}', ["[Ann]PER"]),
        ('{"text": "Ann left", "spans": [[0, 3, "PERSON"]]}\n\n', ["[Ann]PER left"]),
        ("# id s1\tdomain=train\nAnn _ _ B-PER\n10\u00a0000 _ _ O\n", ["[Ann]PER 10\u00a0000"]),
        ("# sent_id = 1\nAnn B-PER\n\n# text = OK\nBob\tB-PER\n#\tO\n", ["[Ann]PER", "[Bob]PER #"]),
        ("#global.columns = ID FORM TAG\n1\tAnn\tB-PER\n2\tleft\tO\n", ["[Ann]PER left"]),
        ("#\tO\nAnn\tB-PER\n", ["# [Ann]PER"]),
        ("a\u2028b\u0085c\tO\r\nAnn\tB-PER\r\n", ["a\u2028b\u0085c [Ann]PER"]),
        (
            '{"text": "a\u2028b\u2029c\u0085 Ann", "spans": [[7, 10, "PER"]]}\n{"text": "Bob", "spans": []}',
            ["a\u2028b\u2029c\u0085 [Ann]PER", "Bob"],
        ),
        (
            '{"text": "в Твери", "entities": [{"start": 2, "end": 7, "label": "CITY"}]}',
            ["в [Твери]LOC"],
        ),
        ('\ufeff{"text": "Ann", "label": [[0, 3, "per"]]}', ["[Ann]PER"]),
    ],
)
def test_both_formats_and_many_labels_are_read(content: str, expected: list[str]) -> None:
    assert marked(content) == expected


def test_the_language_is_given_or_found() -> None:
    rows = [
        {"text": "Маша живёт в Твери", "spans": [[0, 4, "PER"]]},
        {"text": "OK", "language": "ru", "spans": []},
    ]
    content = "\n".join(json.dumps(row) for row in rows)
    assert [one.language for one in gold.read(File("gold.txt", content.encode()))] == ["ru", "ru"]


TEXT = {"text": "Ann Lee left", "spans": [[0, 7, "PER"]]}


def line(**changed: object) -> str:
    return json.dumps(TEXT) + "\n" + json.dumps(TEXT | changed)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no texts with names"),
        ("Ann O\nleft O\n", "no texts with names"),
        ("Ann\n", "Line 1 has one column"),
        ("Ann B-PER\nleft X\n", "Line 2: 'X' is no tag"),
        ("Ann B-DRAGON\n", "Line 1: The label 'DRAGON' is unknown. Known are PER, LOC, ORG, MISC"),
        ('{"text": "Ann"', "gold.txt, line 1: this is not JSON"),
        ("{}\n", "Line 1: `text` must be a text"),
        (line(text=""), "Line 2: `text` is empty"),
        (line(text="x" * 50_000), "Line 2: `text` has 50,000 characters; at most 20,000"),
        (line(spans="PER"), "Line 2: There is no list of spans"),
        (line(spans=[[0, 3]]), "Line 2: [0, 3] is no span"),
        (line(spans=[[0, "3", "PER"]]), "is no span"),
        (line(spans=[[0, True, "PER"]]), "is no span"),
        (line(spans=[[0, 3, 5]]), "is no span"),
        (line(spans=[[5, 99, "PER"]]), "5:99 lies outside of the text, which has 12"),
        (line(spans=[[3, 3, "PER"]]), "outside"),
        (line(spans=[[0, 3, "HERO"]]), "Line 2: The label 'HERO' is unknown"),
        (
            line(spans=[[0, 7, "PER"], [4, 7, "LOC"]]),
            "Line 2: The spans 'Ann Lee' (0:7) and 'Lee' (4:7) overlap",
        ),
        (
            line(spans=[{"start": 0, "end": 3, "label": "PER", "text": "Bob"}]),
            "At 0:3 stands 'Ann', not 'Bob'",
        ),
        (line(language="de"), 'Line 2: `language` has no value "de"'),
        ("Ann B-PER\n\n" + "x" * 20_001 + " O\n", "Line 3: `text` has 20,001"),
    ],
)
def test_a_malformed_file_is_refused_with_line_and_way_out(content: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        gold.read(File("gold.txt", content.encode()))
    assert said in str(caught.value)
    assert any("а" <= letter <= "я" for letter in caught.value.say("ru"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe{", "not UTF-8"),
        (b"\x89PNG\r\n", "gold.txt, line 1: this is not UTF-8"),
        (b"Ann B-PER\nPK\x03\x04 O", r"gold.txt, line 2: .* U.0003 shows that this is not a text"),
        (b"x" * (gold.LARGEST + 1), "at most 20,000,000"),
        (b"Ann B-PER\n\n" * (gold.MOST + 1), "more than 5,000"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        gold.read(File("gold.txt", content))


def test_every_scheme_ends_in_the_labels_of_the_page() -> None:
    for name, scheme in SCHEMES.items():
        assert set(scheme.values()) <= set(NAMES), name


def test_spans_are_sorted() -> None:
    content = json.dumps({"text": "Ann Bob", "spans": [[4, 7, "PER"], [0, 3, "PER"]]})
    (one,) = gold.read(File("gold.txt", content.encode()))
    assert one.spans == (Span(0, 3, "PER", "Ann"), Span(4, 7, "PER", "Bob"))
