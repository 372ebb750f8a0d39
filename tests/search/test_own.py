"""A visitor's own documents: read once, searched in memory, limits told; what they can be filtered by."""

from __future__ import annotations

from pathlib import Path

import pytest

from samovar.errors import InputError
from samovar.models.base import Encoder
from samovar.models.shelf import shelf
from samovar.search import own, tab
from samovar.search.documents.corpus import Document
from samovar.search.documents.facets import facets
from samovar.search.uploads import loaded
from samovar.tool import Visit

ROWS = """id,title,text,year,kind
a,Kettle,A kettle boils water for tea.,1890,thing
b,Violin,A violin is played with a bow.,1550,thing
c,Harbour,Ships wait in the harbour for the tide.,1890,place
"""


def upload(folder: Path, **files: str | bytes) -> list[Path]:
    """Write files as Gradio does, each in a folder of its own."""
    found = []
    for number, (name, content) in enumerate(files.items()):
        path = folder / str(number) / name.replace("_", ".")
        path.parent.mkdir(parents=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        found.append(path)
    return found


def test_uploaded_files_are_searched_and_removed(tmp_path: Path, minilm: Encoder) -> None:
    files = upload(tmp_path, rows_csv=ROWS, notes_md="# Bread\n\nDough rises overnight.")
    seen: list[tuple[int, int]] = []
    made = own.own(files, minilm, lambda *said: seen.append(said))
    assert [one.id for one in made.documents] == ["a", "b", "c", "notes.md"]
    assert seen[-1] == (4, 4) and not list(tmp_path.iterdir())


def test_the_tab_searches_them_instead_of_the_encyclopedia(tmp_path: Path) -> None:
    made = own.own(upload(tmp_path, rows_csv=ROWS), shelf().retriever())

    def shown(conditions: str, topic: str = "") -> str:
        visit = Visit("en")
        return str(tab.answer(visit, "instrument", topic, "", conditions, "hybrid", 3, made).body)

    assert shown("").index("Violin") < shown("").index("Harbour")
    old = shown("year >= 1800; kind in thing, animal")
    assert "Kettle" in old and "Violin" not in old and "The filter removed 2." in old
    with pytest.raises(InputError, match="No document has a field `topic`"):
        shown("", topic="art")
    with pytest.raises(InputError, match="must name fields"):
        shown("year 1800")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a_exe": "MZ"}, "a.exe is a file of an unknown kind"),
        ({"a_txt": b"\xff\xfe"}, "a.txt, line 1: this is not UTF-8"),
        ({"a_txt": " "}, "The files holds no text: 1 empty"),
        ({"a_jsonl": '{"id":"x","text":"1"}', "b_jsonl": '{"id":"x","text":"2"}'}, "occurs twice"),
        ({"a_txt": "x" * 5_000_001}, "5,000,001 bytes; at most 5,000,000"),
        ({f"a{n}_txt": "tea" for n in range(51)}, "51 files were given; at most 50"),
        ({"a_csv": "text\n" + "tea\n" * 3001}, "3,001 passages; at most 3,000"),
    ],
)
def test_a_limit_is_told_and_nothing_is_kept(
    files: dict[str, str | bytes], told: str, tmp_path: Path, minilm: Encoder
) -> None:
    with pytest.raises(InputError, match=told) as refused:
        own.own(upload(tmp_path, **files), minilm)
    assert any("а" <= letter <= "я" for letter in refused.value.say("ru"))
    assert not list(tmp_path.iterdir())


def test_the_upload_says_what_can_be_filtered(tmp_path: Path, minilm: Encoder) -> None:
    evil = '{"id": "x", "text": "tea", "<b>field</b>": "<script>"}'
    made = own.own(upload(tmp_path, rows_csv=ROWS, evil_jsonl=evil), minilm)
    drawn = str(loaded(made, "en"))
    assert "4 documents, 4 passages" in drawn
    assert "<bdi>kind</bdi>" in drawn and "<bdi>thing</bdi> 2 · <bdi>place</bdi> 1" in drawn
    assert "<script>" not in drawn and "&lt;b&gt;field&lt;/b&gt;" in drawn
    assert "Полей для фильтра" in str(loaded(own.own(upload(tmp_path, a_txt="чай"), minilm), "ru"))


def test_facets_count_documents_not_mentions() -> None:
    rows = [{"tags": ["Sea", "sea", "sky"], "n": at, "year": 1990 + at % 2} for at in range(40)]
    found = {
        one.field: one for one in facets(Document(str(n), "", "x", r) for n, r in enumerate(rows))
    }
    assert found["tags"].values == (("Sea", 40), ("sky", 40))
    assert found["year"].values == (("1990", 20), ("1991", 20))
    assert (found["n"].values, found["n"].distinct, found["n"].numbers) == ((), 40, (0.0, 39.0))
