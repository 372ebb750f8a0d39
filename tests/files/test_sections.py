"""Markdown, HTML, PDF and DOCX: their sections, and what is said of files that are not right."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from small_files import pdf, replaced, word

from samovar.errors import InputError
from samovar.files.sections import sections
from samovar.files.source import File

PAGE = """<!DOCTYPE html><html><head><title>Tea &amp; co</title><style>p {color: red}</style>
<script>var hidden = "<h1>no</h1>";</script></head><body><nav><a href="/">Home</a></nav>
<p>Before <b>any</b>
heading.</p><h1>Black <i>tea</i></h1><p>Hot,&nbsp;strong.<br>Second line.</p>
<ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>
<h2>Чай<a href="#">¶</a></h2><pre>x = 1
y = 2</pre><!-- no --><h2></h2>Last.</body></html>"""


def read(name: str, data: bytes | str) -> list[tuple[int | str, str]]:
    """Return (page, or headings joined, text) of each section."""
    found = sections(File(name, data.encode() if isinstance(data, str) else data))
    return [(part.page or " > ".join(part.headings), part.text) for part in found]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Only text.", [("", "Only text.")]),
        ("A\n=\none\n\nB\n-\ntwo\n", [("A", "one"), ("A > B", "two")]),
        ("# A\n## B\n### C\nc\n## D\nd\n# E\ne\n", [("A > B > C", "c"), ("A > D", "d"), ("E", "e")]),
        ("# `run` a [link](x) &amp; *more*\nt\n", [("run a link & more", "t")]),
        ("# A\n\n    # code\n\n~~~\n# code\n~~~\n\n> # quoted\n", [("A", "# code\n\n~~~\n# code\n~~~\n\n> # quoted")]),
        ("---\ntitle: Notes\ntags: [a]\n---\nFirst.\n\n# A\nx", [("Notes", "First."), ("Notes > A", "x")]),
        ("---\ntitle: Tea\n---\n# Tea\nHot.", [("Tea", "Hot.")]),
        ("---\nno: [yaml\n---\n", [("", "---")]),
        ("a\u2028a\x85\r\n\r\n# B\r\nb\u2028c\r\n", [("", "a\u2028a"), ("B", "b\u2028c")]),
        ("# Only a heading\n", []),
    ],
)  # fmt: skip
def test_markdown_is_read_by_its_headings(written: str, expected: list[tuple[str, str]]) -> None:
    assert read("a.md", written) == expected


def test_a_page_is_read_as_it_is_seen() -> None:
    assert read("a.html", PAGE) == [
        ("Tea & co", "Before any heading."),
        ("Tea & co > Black tea", "Hot, strong.\nSecond line.\n\none\ntwo\n\na | b |\n\nc | d"),
        ("Tea & co > Black tea > Чай", "x = 1\ny = 2"),
        ("Tea & co > Black tea", "Last."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_page_is_read_in_its_encoding(encoding: str) -> None:
    meta = '<meta charset="windows-1251">' if encoding == "cp1251" else ""
    assert read("a.htm", f"{meta}<p>Чай с ёлкой".encode(encoding)) == [("", "Чай с ёлкой")]


def test_a_deep_or_empty_page_is_no_trouble() -> None:
    begun = time.perf_counter()
    assert read("a.html", "") == read("a.html", "<html>") == []
    assert read("a.html", "<div>" * 1_500 + "tea") == [("", "tea")]
    with pytest.raises(InputError, match="depth"):
        read("a.html", "<div>" * 50_000 + "tea")
    assert time.perf_counter() - begun < 20


def test_a_pdf_keeps_its_pages_and_outline() -> None:
    outline = [("Tea", 0), ("Coffee", 2)]
    data = pdf(["Hot tea is good for an exam-\nple.", "", "Black coffee"], outline)
    assert read("a.pdf", data) == [(1, "Hot tea is good for an example."), (3, "Black coffee")]
    found = list(sections(File("a.pdf", data)))
    assert [part.headings for part in found] == [("Tea",), ("Coffee",)]


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    assert read("a.pdf", pdf(["Open to all"], password="")) == [(1, "Open to all")]


def test_a_docx_is_read_by_its_headings_with_its_tables() -> None:
    data = word(
        [
            *[("Title", "Чай"), ("Normal", "Первый абзац."), ("Heading 1", "Сорта")],
            *[("Heading 2", "Чёрный"), ("Normal", "Крепкий."), [["a", "b"], ["c", "d"]]],
            *[("Heading 1", "Вода"), ("Normal", "Мягкая."), ("Normal", "  ")],
        ]
    )
    assert read("a.docx", data) == [
        ("Чай", "Первый абзац."),
        ("Чай > Сорта > Чёрный", "Крепкий.\n\na | b\nc | d"),
        ("Чай > Вода", "Мягкая."),
    ]
    assert read("empty.docx", word()) == []


BOMB = (
    b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">%s]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"""
    % b"".join(
        b'<!ENTITY %c "%s">' % (b"bcdefghij"[n : n + 1], b"&%c;" % b"abcdefghi"[n : n + 1] * 10)
        for n in range(9)
    )
)
DOCUMENT = "word/document.xml"


def swollen() -> bytes:
    """Return a DOCX of 200 kB that unpacks to 200 MB."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open(DOCUMENT, "w") as part,
    ):
        for _ in range(200):
            part.write(b"\0" * 1_000_000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xyz", b"tea", "a.xyz is a file of an unknown kind. Give one of: .txt, .md, .html, .htm, .pdf, .docx."),
        ("a.md", b"\x89PNG", "a.md, line 1: this is not UTF-8"),
        ("a.html", b"\x89PNG\r\n\x1a\n\0\0", "a.html is no HTML page"),
        ("a.html", "чай".encode("cp1251"), "a.html, line 1: this is not UTF-8"),
        ("a.pdf", b"", "a.pdf is no PDF that can be read"),
        ("a.pdf", b"%PDF-1.7\ntea", "a.pdf is no PDF that can be read"),
        ("a.pdf", pdf(["x"])[:300], "a.pdf is no PDF that can be read"),
        ("a.pdf", pdf(["secret"], password="word"), "a.pdf is protected by a password. Save it without"),
        ("a.pdf", pdf(["", ""]), "a.pdf holds no text on its 2 pages: it is made of pictures."),
        ("a.docx", b"", "a.docx is no DOCX that can be read"),
        ("a.docx", b"tea", "a.docx is no DOCX that can be read"),
        ("a.docx", word([("Normal", "x")])[:5000], "a.docx is no DOCX that can be read"),
        ("a.docx", replaced(word(), DOCUMENT, b"<w:doc"), "a.docx is no DOCX that can be read"),
        ("a.docx", replaced(word(), DOCUMENT, BOMB), "its XML declares entities"),
        ("a.docx", replaced(word(), DOCUMENT, BOMB.decode().encode("utf-16")), "its XML declares entities"),
        ("a.docx", replaced(word(), DOCUMENT, b" " * 30_000_000), "a.docx would unpack to 30,000,000 bytes; at most 20,000,000"),
        ("a.docx", swollen(), "a.docx would unpack to 200,000,000 bytes; at most 100,000,000"),
    ],
    ids=lambda given: given[:40] if isinstance(given, str) else "",
)  # fmt: skip
def test_a_file_that_is_not_right_is_refused(name: str, data: bytes, said: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(InputError) as refused:
        list(sections(File(name, data)))
    assert said in refused.value.say("en")
    assert any("а" <= letter <= "я" for letter in refused.value.say("ru"))
    assert time.perf_counter() - begun < 20
