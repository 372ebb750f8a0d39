"""A visitor's own documents: read once, searched in memory, limits told; what they can be filtered by."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_files import pdf, word

from samovar.errors import InputError
from samovar.models.base import Encoder
from samovar.models.shelf import shelf
from samovar.search import core, own, tab
from samovar.search.documents.corpus import Document
from samovar.search.documents.facets import facets
from samovar.search.uploads import facet_list, loaded
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


def test_documents_of_every_kind_are_searched_by_sections_and_pages(
    tmp_path: Path, minilm: Encoder
) -> None:
    pages = pdf(["Kettles boil water.", "Violins are played with a bow."], [("Tea", 0)])
    letter = word([("Heading 1", "Harbour"), ("Normal", "Ships wait for the tide."), [["a", "b"]]])
    files = upload(
        tmp_path,
        report_pdf=pages,
        letter_docx=letter,
        page_html="<title>Notes</title><p>Before.<h2>Bread</h2><p>Dough rises overnight.",
        guide_md="# Guide\n\nRead me.\n\n## Rice\n\nRice is steamed.",
        rows_tsv="id\ttext\tprice\nsugar\tSugar is sweet.\t9.90\n",
    )
    made = own.own(files, minilm)
    titles = {one.id: one.title for one in made.documents}
    assert titles == {
        "report.pdf#page=1": "Tea",
        "report.pdf#page=2": "Tea",
        "letter.docx": "Harbour",
        "page.html#notes": "Notes",
        "page.html#bread": "Notes: Bread",
        "guide.md#guide": "Guide",
        "guide.md#rice": "Guide: Rice",
        "sugar": "",
    }
    assert made.fields == {"file": ("text",), "page": ("number",), "price": ("number",)}

    def first(query: str, **wanted: object) -> str:
        asked = core.question(query, "en", wanted=wanted, fields=made.fields)
        return core.search(made, asked, minilm.encode([query], "query")[0]).hits[0].id

    assert first("violin bow") == "report.pdf#page=2"
    assert first("violin bow", page={"<": 2}) == "report.pdf#page=1"
    assert first("ships in the tide") == "letter.docx"
    assert first("dough", file="page.html") == "page.html#bread"
    assert first("anything", price="9.9") == "sugar"
    with pytest.raises(InputError, match="the field holds numbers"):
        first("violin", page={">": "ten"})


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
    with pytest.raises(InputError, match="must say a field"):
        shown("year 1800")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a_exe": "MZ"}, "a.exe is a file of an unknown kind"),
        ({"a_txt": b"\xff\xfa"}, "a.txt, line 1: this is not UTF-8"),
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
    assert (found["n"].values, found["n"].distinct, found["n"].ends) == ((), 40, ("0", "39"))
    assert [found[name].kinds for name in ("tags", "n")] == [("text",), ("number",)]


def test_the_kind_of_a_field_is_told_with_its_ends() -> None:
    rows = [
        {"id": 1460323737035677698 - at, "day": f"{at + 1:02}.05.2020", "sum": [at, f"{at} EUR"]}
        for at in range(20)
    ]
    found = facets(Document(str(n), "", "x", row) for n, row in enumerate([*rows, {"new": True}]))
    said = str(facet_list(found, "en"))
    for name, kinds in (("id", "numbers"), ("day", "dates"), ("sum", "numbers, texts"), ("new", "true or false")):  # fmt: skip
        assert f"<bdi>{name}</bdi>" in said and f"({kinds})" in said
    assert "1460323737035677679 to 1460323737035677698" in said
    assert "01.05.2020 to 20.05.2020" in said and "<bdi>true</bdi> 1" in said
    assert "(true или false)" in str(facet_list(found, "ru"))
