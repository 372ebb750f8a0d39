"""Readers: what becomes a document, and what every bad file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from samovar.errors import InputError
from samovar.search.documents import corpus


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "documents"),
    [
        ("tea.txt", "Tea is hot.\n", [("tea.txt", "tea", "Tea is hot.", {})]),
        ("tea.md", "# On *tea*\n\nHot.", [("tea.md", "On tea", "Hot.", {})]),
        (
            "guide.md",
            "Before.\n\n# Guide\n\n## Install\n\n```sh\n# no heading\n```\n\n## Use\n\nA\n\n## Use\n\nB\n\n## Use 1\n\nC\n",
            [
                ("guide.md#top", "guide", "Before.", {"file": "guide.md"}),
                (
                    "guide.md#install",
                    "Guide: Install",
                    "```sh\n# no heading\n```",
                    {"file": "guide.md"},
                ),
                ("guide.md#use", "Guide: Use", "A", {"file": "guide.md"}),
                ("guide.md#use-1", "Guide: Use", "B", {"file": "guide.md"}),
                ("guide.md#use-1-1", "Guide: Use 1", "C", {"file": "guide.md"}),
            ],
        ),
        ("bom.txt", b"\xef\xbb\xbfTea", [("bom.txt", "bom", "Tea", {})]),
        (
            "a.jsonl",
            '{"id": "x", "title": "T", "text": "A\\u2028b", "year": 1957}\r\n\n{"text": "B", "n": null}',
            [("x", "T", "A\u2028b", {"year": 1957}), ("a.jsonl:3", "", "B", {})],
        ),
        ("ids.jsonl", '{"id": 7, "text": "seven"}', [("7", "", "seven", {})]),
        ("null.jsonl", '{"id": null, "text": "a"}', [("null.jsonl:1", "", "a", {})]),
        (
            "raw.jsonl",
            '{"text": "a\u2028b\u2029c\x85"}',
            [("raw.jsonl:1", "", "a\u2028b\u2029c", {})],
        ),
        ("wide.txt", "чай".encode("utf-16"), [("wide.txt", "wide", "чай", {})]),
        (
            "quoted.csv",
            'id;"title, author, year";text\n1;"T, A, 1900";tea\n',
            [("1", "", "tea", {"title, author, year": "T, A, 1900"})],
        ),
        (
            "excel.csv",
            "sep=;\r\nid;text;\r\n1;a, b, c;;\r\n",
            [("1", "", "a, b, c", {})],
        ),
        ("tabs.tsv", "id\ttext\tn\n1\ta, b; c\t5\n", [("1", "", "a, b; c", {"n": "5"})]),
        ("unicode.csv", "id\ttext\n1\tчай\n".encode("utf-16"), [("1", "", "чай", {})]),
        (
            "lines.csv",
            '"text","two\nlines"\rtea,1\r',
            [("lines.csv:3", "", "tea", {"two\nlines": "1"})],
        ),
        (
            "a.csv",
            'id,text,topic\n1,"Two\nlines, one row",tea\n2,Next,\n',
            [("1", "", "Two\nlines, one row", {"topic": "tea"}), ("2", "", "Next", {})],
        ),
        (
            "semi.csv",
            "text;lang\r\nчай, кофе;ru\r\n",
            [("semi.csv:2", "", "чай, кофе", {"lang": "ru"})],
        ),
    ],
)
def test_a_file_becomes_documents(
    tmp_path: Path, name: str, content: str | bytes, documents: list[tuple[object, ...]]
) -> None:
    read = corpus.read(write(tmp_path, name, content)).documents
    assert [(d.id, d.title, d.text, dict(d.metadata)) for d in read] == documents


def test_a_folder_is_read_in_order_and_says_what_it_left_out(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "second")
    write(tmp_path, "a/deep.md", "first")
    write(tmp_path, "empty.txt", " \n")
    write(tmp_path, "picture.png", b"\x89PNG")
    write(tmp_path, ".hidden/secret.txt", "never")
    write(tmp_path, "rows.csv", "text\nthird\n\n")
    read = corpus.read(tmp_path)
    assert [d.id for d in read.documents] == ["a/deep.md", "b.txt", "rows.csv:2"]
    assert (read.empty, read.ignored) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("latin.txt", "first\nsecond café".encode("latin-1"), "latin.txt, line 2"),
        ("wide.csv", "text\ntea".encode("utf-16")[:-1], "wide.csv, line 2"),
        ("zip.txt", b"PK\x03\x04\x14\x00\x00", r"zip.txt, line 1: .* U\+0003"),
        ("photo.jsonl", b"\x89PNG\r\n\x1a\n", "photo.jsonl, line 1"),
        ("table.jsonl", "id,text\n1,tea", "table.jsonl, line 1: this is not JSON"),
        ("list.jsonl", '[{"text": "tea"}]', "list.jsonl, line 1: a JSON object"),
        ("second.jsonl", '{"text": "a"}\n{"text": 5}', "second.jsonl, line 2: `text`"),
        ("nothing.jsonl", '{"body": "tea"}', "nothing.jsonl, line 1: `text` must be a text, not null"),
        ("half.jsonl", '{"text": "\\ud800"}', "half.jsonl, line 1: half of a character"),
        ("deep.jsonl", "[" * 100_000, "deep.jsonl, line 1"),
        ("json.csv", '{"id": 1, "text": "tea"}', "json.csv has no column `text`"),
        ("prose.csv", "Just a letter.\nWith lines, and more.", "prose.csv has no column `text`"),
        ("wide.csv", "id,text\n1,tea, with milk", "wide.csv, line 2: 3 cells under 2 columns"),
        ("open.csv", 'id,text\n1,"tea\n2,coffee', "open.csv, line 2: this is not CSV"),
        ("void.csv", "", "void.csv has no column `text`"),
        ("void.txt", "\n", "holds no text: 1 empty"),
        ("scan.png", "%PNG", "scan.png is a file of an unknown kind"),
        ("scan.pdf", "%PDF", "scan.pdf is no PDF that can be read"),
        ("twice.csv", "text,a,a\n1,2,3", "twice.csv has two columns a"),
        ("same.jsonl", '{"id":"a","text":"1"}\n{"id":"a","text":"2"}', "id a occurs twice: .* line 1 and .* line 2"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_name_and_line(
    tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(InputError, match=told) as refused:
        corpus.read(path)
    assert any("а" <= letter <= "я" for letter in refused.value.say("ru"))


def test_one_id_in_two_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", '{"id": "x", "text": "1"}')
    write(tmp_path, "b.csv", "id,text\nx,2")
    with pytest.raises(InputError, match=r"a\.jsonl, line 1 and b\.csv, line 2"):
        corpus.read(tmp_path)


@pytest.mark.parametrize("name", ["absent", "absent.txt"])
def test_a_place_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="no file or folder"):
        corpus.read(tmp_path / name)


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file that can be indexed"):
        corpus.read(tmp_path)


def test_the_fingerprint_sees_every_change(tmp_path: Path) -> None:
    rows = ['{"id":"a","text":"1"}', '{"id":"b","text":"2"}']
    variants = [rows, rows[::-1], [rows[0], '{"id":"b","text":"2","year":1}'], rows[:1]]
    prints = set()
    for variant in [*variants, rows]:
        path = write(tmp_path, "a.jsonl", "\n".join(variant))
        prints.add(corpus.fingerprint(corpus.read(path).documents))
    assert len(prints) == len(variants)


def test_a_text_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    for name in ("large.txt", "large.md"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(2_000_000_000)  # sparse: takes no space
        with pytest.raises(
            InputError, match=rf"{name} has 2,000,000,000 bytes.*50,000,000"
        ) as told:
            corpus.read(tmp_path / name)
        assert "файл может" in told.value.say("ru") or "размера" in told.value.say("ru")


def test_a_line_without_an_end_is_refused(tmp_path: Path) -> None:
    for name in ("endless.jsonl", "endless.csv"):
        path = tmp_path / name
        path.write_bytes(b'{"text": "' if name.endswith("l") else b"text\n")
        with path.open("ab") as file:
            file.truncate(2_000_000_000)
        with pytest.raises(InputError, match=r"longer than 16,000,000 characters|U\+0000"):
            corpus.read(path)


def test_many_lines_with_missing_columns(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    with path.open("w") as file:
        file.write("id,text,topic\n")
        file.writelines(
            f"{at},text {at}\n" if at % 3 else f"{at},text {at},t\n" for at in range(10**5)
        )
    read = corpus.read(path).documents
    assert len(read) == 10**5 and read[1].metadata == {} and read[3].metadata == {"topic": "t"}
    path.write_text("id,text,topic\na,text,t\nlast\n")
    with pytest.raises(InputError, match="line 3: 1 cells under 3 columns"):
        corpus.read(path)


def test_one_bad_file_among_good_ones_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "хорошо")
    write(tmp_path, "b.txt", "плохо".encode("cp1251"))
    with pytest.raises(InputError, match=r"b\.txt, line 1: this is not UTF-8"):
        corpus.read(tmp_path)


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'text\n"' + "tea\n" * 100_000 + '"\n')
    assert len(corpus.read(path).documents[0].text) == 399_999
