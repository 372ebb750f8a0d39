"""Text, JSON Lines, tables and columns, as people's programs write them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samovar.errors import InputError
from samovar.files import columns, json_lines, table
from samovar.files.source import File, uploaded
from samovar.files.text import content, lines
from samovar.phrases import NOTHING

ODD = "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg"


def table_rows(
    data: bytes | str, wanted: tuple[str, ...] = ("text",)
) -> list[tuple[int, dict[str, str]]]:
    file = File("a.csv", data.encode() if isinstance(data, str) else data)
    return [(row.line, dict(row.fields)) for row in table.rows(file, wanted, "id,text")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
)
def test_a_text_is_read_in_every_encoding_that_marks_itself(encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("e") else ""
    file = File("a.txt", f"{mark}чай\r\n{ODD}\r🫖".encode(encoding))
    assert list(lines(file)) == ["чай\r\n", f"{ODD}\r", "🫖"]
    assert content(file) == f"чай\r\n{ODD}\r🫖"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"tea\ncaf\xe9\n", "a.txt, line 2: this is not UTF-8 text. Save the file as UTF-8"),
        (b"tea\n\xed\xa0\x80", "a.txt, line 2: this is not UTF-8 text."),
        (b"\xff\xfet\0e\0\n\0a", "a.txt, line 2: this is not UTF-8 text."),
        (b"\xff\xfe\x00\xd8\n\0", "a.txt, line 1: this is not UTF-8 text."),
        (b"t\0e\0a\0", "a.txt, line 1: the character U+0000 shows that this is not a text file."),
        (b"PK\x03\x04", "the character U+0003"),
    ],
)
def test_what_is_no_text_is_refused_by_line(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        content(File("a.txt", data))
    assert said in refused.value.say("en")
    assert any("а" <= letter <= "я" for letter in refused.value.say("ru"))


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "no.txt", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            content(File(path.name, path))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('id;"title, author, year";text\n1;x;tea\n', [(2, {"id": "1", "title, author, year": "x", "text": "tea"})]),
        ("sep=;\r\nid;text\r\n1;a,b\r\n", [(3, {"id": "1", "text": "a,b"})]),
        ('"sep=|"\nid|text\n1|a;b\n', [(3, {"id": "1", "text": "a;b"})]),
        ("SEP=\t\nid\ttext\n1\ta\n", [(3, {"id": "1", "text": "a"})]),
        ("\ufefftext\ntea\n", [(2, {"text": "tea"})]),
        ("text,id,,\na,1,,\nb,,,,\n\nc,3\n", [(2, {"text": "a", "id": "1"}), (3, {"text": "b"}), (5, {"text": "c", "id": "3"})]),
        ('text,n\n"two\n""lines""",1\nx,2\n', [(2, {"text": 'two\n"lines"', "n": "1"}), (4, {"text": "x", "n": "2"})]),
        ('"a;b;c;d",text\n1,tea\n', [(2, {"a;b;c;d": "1", "text": "tea"})]),
        (f"text\n{ODD}\n", [(2, {"text": ODD})]),
        ("text\n", []),
    ],
)  # fmt: skip
def test_tables_are_read_as_spreadsheets_write_them(
    data: str, expected: list[tuple[int, dict[str, str]]]
) -> None:
    assert table_rows(data) == expected
    assert table_rows(data.removeprefix("\ufeff").encode("utf-16")) == expected


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a.csv has no column `text`"),
        (b"sep=;\n", "a.csv has no column `text`"),
        (b"id,body\n1,tea\n", "a.csv has no column `text`; its first line gives: id, body."),
        (b"text,n,n\n1,2,3\n", "a.csv has two columns n"),
        (b"text,n\ntea, milk,1\n", "a.csv, line 2: 3 cells under 2 columns. Put texts"),
        (b"id,text\n1\n", "a.csv, line 2: 1 cells under 2 columns"),
        (b'id,text\n1,"tea\n', "a.csv, line 2: this is not CSV"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a.csv, line 1: the character U+0003 shows"),
        (b"\xd0\xcf\x11\xe0", "a.csv, line 1: this is not UTF-8 text"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        table_rows(data)
    assert said in refused.value.say("en")
    assert any("а" <= letter <= "я" for letter in refused.value.say("ru"))


def test_a_raw_line_separator_does_not_end_a_line_of_json() -> None:
    raw = '{"text": "a\u2028b\u2029c\x85d"}\r\n\n["x"]\n'
    found = list(json_lines.values(File("a.jsonl", raw.encode()), NOTHING))
    assert found == [(1, {"text": "a\u2028b\u2029c\x85d"}), (3, ["x"])]


TAG = re.compile("O|[BI]-PER")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("# id s1\tdomain=train\nAnn _ _ B-PER\n10\u00a0000 _ _ O\n", ["Ann 10\u00a0000"]),
        ("Ann\tB-PER\n\n\n# text = Bob\nBob \tO\n#\tO\n", ["Ann", "Bob #"]),
        ("-DOCSTART- -X- O\n\nAnn NNP  B-PER\r\n", ["Ann"]),
        ("a\u2028b\x85c\tO\n", ["a\u2028b\x85c"]),
        ("# only a comment\n", []),
    ],
)
def test_columns_are_cut_at_tabs_and_spaces_only(written: str, expected: list[str]) -> None:
    found = columns.sentences(lines(File("a.conll", written.encode())), TAG)
    assert [" ".join(cells[0] for _, cells in rows) for rows in found] == expected


def test_an_upload_is_gone_whatever_happens(tmp_path: Path) -> None:
    for content_ in (b"tea", b"\0"):
        folder = tmp_path / "upload"
        folder.mkdir()
        (folder / "a.txt").write_bytes(content_)
        try:
            with uploaded([folder / "a.txt"]) as files:
                assert content(files[0]) == "tea"
        except InputError:
            assert content_ == b"\0"
        assert not folder.exists()
