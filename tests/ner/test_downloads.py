"""Columns of a result: a tag of each tagger beside each word, and a file that gold reading accepts."""

from pathlib import Path

from notation import read

from samovar.files.source import File
from samovar.ner.annotated import gold
from samovar.ner.core import Annotation, Finding
from samovar.ner.downloads import columns, files
from samovar.records import Markup

VIEWS = {
    "crf": "[Ann Lee]PER left. She likes [Oslo]LOC❤\ufe0f!",
    "e5": "Ann [Lee]ORG left. She likes Oslo❤\ufe0f!",
}


def result(*taggers: str) -> Annotation:
    found = tuple(Finding(name, Markup(tuple(read(VIEWS[name])[1]), 1.0)) for name in taggers)
    return Annotation(read(VIEWS["crf"])[0], "en", taggers, found)


def test_each_tagger_has_a_column() -> None:
    lines = columns(result("crf", "e5")).splitlines()
    assert lines[:5] == [
        "# columns: word crf e5",
        "Ann\tB-PER\tO",
        "Lee\tI-PER\tB-ORG",
        "left\tO\tO",
        ".\tO\tO",
    ]
    assert lines[5] == "" and lines[8:11] == ["Oslo\tB-LOC\tO", "❤\tO\tO", "!\tO\tO"]


def test_a_file_of_one_tagger_can_be_loaded_as_gold_labels(tmp_path: Path) -> None:
    path = tmp_path / "names.conll"
    path.write_text(columns(result("crf")), encoding="utf-8")
    texts = gold.read(File(path.name, path))
    assert [[(s.text, s.label) for s in one.spans] for one in texts] == [
        [("Ann Lee", "PER")],
        [("Oslo", "LOC")],
    ]


def test_nothing_found_is_no_file() -> None:
    assert files(Annotation("Ann", "en", ("crf",), (Finding("crf", Markup((), 1.0)),))) == ()
