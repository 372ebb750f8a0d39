import json
from pathlib import Path

import pytest

from samovar.errors import InputError
from samovar.files.source import File
from samovar.tokenizer.core import grown
from samovar.tokenizer.result import BEGINNING, LIMIT, beginning, cut
from samovar.tokenizer.texts.corpus import BYTES, read, taken
from samovar.tokenizer.vocabulary.embeddings import embeddings


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.bin", b"text", ".txt, .md"),
        ("a.pdf", b"%PDF-1.7", "a.pdf is no PDF that can be read"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a.txt, line 1: this is not UTF-8"),
        ("a.txt", b"text\n\x00\x01", "line 2: the character U+0000"),
        ("a.txt", "да\x07".encode(), "line 1: the character U+0007"),
        ("a.md", b" \n\t\n", "no text"),
        ("a.txt", b"", "no text"),
        ("a.txt", b"x" * (BYTES + 1), "2,000,001"),
        ("a.jsonl", b'{"text": "a"}\n{"body": "b"}', "Line 2"),
        ("a.jsonl", b"[1]", "Line 1"),
        ("a.jsonl", b'"\\ud800"', "line 1"),
        ("a.jsonl", b"kubectl", "line 1"),
    ],
)
def test_a_file_that_is_no_text_is_refused(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(File(name, data))
    assert said in str(caught.value)
    assert any("а" <= letter <= "я" for letter in caught.value.say("ru"))


def test_texts_are_read() -> None:
    assert read(File("a.TXT", "\ufeffда\r\n".encode())).text == "да\r\n"
    rows = [{"text": "one", "id": 1}, "two"]
    assert read(File("a.jsonl", "\n".join(map(json.dumps, rows)).encode())).text == "one\n\ntwo"


def test_an_uploaded_file_is_removed_even_when_it_is_refused(tmp_path: Path) -> None:
    for content in (b"text", b"\x00"):
        folder = tmp_path / "upload"
        folder.mkdir()
        (folder / "a.txt").write_bytes(content)
        try:
            assert taken(folder / "a.txt").name == "a.txt"
        except InputError:
            assert content == b"\x00"
        assert not folder.exists()


def test_a_long_file_is_counted_whole_and_its_parts_are_cut_as_the_whole_is() -> None:
    text = "Run kubectl 12 on\n\n\n  the pods.\nkubectl\r\n\nа kube-proxy!\n" * 900
    found = cut(read(File("a.txt", text.encode())), ["kubectl", "kube-proxy"])
    assert len(text) > LIMIT and found.characters == len(text)
    pieces = cut(read(File("a.txt", text[:60].encode())), ["kubectl", "kube-proxy"]).comparison
    shown = found.comparison
    assert len(shown.before) < found.counts.before / 2
    assert beginning(read(File("a.txt", text.encode()))).startswith(text[: BEGINNING - 60])
    assert shown.after[: len(pieces.after) - 2] == pieces.after[:-2]


def test_counts_of_parts_are_those_of_the_whole() -> None:
    text = "Run kubectl 12 on\n\n\n  the pods.\nkubectl\r\n\nа kube-proxy!\n\tx\n🍕\n" * 900
    terms = ("kubectl", "kube-proxy")
    vocabulary = embeddings()
    found = cut(read(File("a.txt", text.encode())), list(terms)).counts
    larger = grown(vocabulary, terms, False).tokenizer
    assert found.before == len(vocabulary.tokenizer.encode(text).ids)
    assert found.after == len(larger.encode(text).ids)
