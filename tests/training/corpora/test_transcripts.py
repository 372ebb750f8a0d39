"""Transcripts as people have them: tables and plays, English and Russian, and files that are neither."""

from __future__ import annotations

import pytest

from samovar.errors import InputError
from training.corpora import transcripts
from training.corpora.transcripts import Line, read

PLAY = """\
Scene 1: the harbour

ANNA: Is the boat ready?
BORIS: It leaks.
  So it is not.
ANNA: Then we swim.

[The next day.]
CAPTAIN FOX: Who took my boat?
Note that nobody here ever: answers.
"""


def put(tmp_path, name, text, encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_play_is_read_with_its_scenes(tmp_path):
    lines = read(put(tmp_path, "play.txt", PLAY))
    assert [(line.speaker, line.text) for line in lines] == [
        ("ANNA", "Is the boat ready?"),
        ("BORIS", "It leaks. So it is not."),
        ("ANNA", "Then we swim."),
        ("CAPTAIN FOX", "Who took my boat? Note that nobody here ever: answers."),
    ]
    assert len({line.scene for line in lines}) == 2 and lines[0].scene == lines[2].scene


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_russian_play_in_any_usual_encoding(tmp_path, encoding):
    path = put(tmp_path, "пьеса.txt", "АННА: Лодка готова?\nБорис: Она течёт.\n", encoding)
    assert read(path) == [
        Line("АННА", "Лодка готова?"),
        Line("Борис", "Она течёт."),
    ]


def test_western_signs_that_are_no_utf8(tmp_path):
    assert (
        read(put(tmp_path, "a.txt", "ANNA: A café – open?\n", "cp1252"))[0].text == "A café – open?"
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_with_empty_episodes_and_blank_rows(tmp_path, delimiter):
    rows = [
        ("Season", "Episode", "Character", "Line"),
        ("2", "", "Anna", '"A boat, then?"'),
        ("", "", "", ""),
        ("2", "7", "Boris", "No."),
        ("2", "7", "Boris", ""),
    ]
    path = put(tmp_path, "t.csv", "".join(delimiter.join(row) + "\r\n" for row in rows))
    assert read(path) == [
        Line("Anna", "A boat, then?", 2, "", 0),
        Line("Boris", "No.", 2, "7", 1),
    ]


def test_the_files_of_a_folder_are_read_by_name(tmp_path):
    for season in (2, 1):
        put(tmp_path, f"season_{season}.csv", f"Season,Character,Line\n{season},Anna,Hi.\n")
    put(tmp_path, "readme.md", "ANNA: not read")
    assert [line.season for line in read(tmp_path)] == [1, 2]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n", "is empty"),
        ("a.txt", b"Once upon a time there was a boat.\nIt sank.\n", "names no speakers"),
        ("a.csv", b"who,what\nAnna,Hi.\n", "has the columns who, what"),
        ("a.csv", b"Season,Character,Line\none,Anna,Hi.\n", "Row 2"),
        ("a.csv", b"Season,Character,Line\n", "names no speakers"),
        ("a.csv", b'Character,Line\nAnna,"' + b"x" * 140_000 + b'"\n', "cannot be read"),
        ("a.txt", b"\x89PNG\r\n\x00\x00", "is no text"),
    ],
)
def test_what_is_no_transcript_is_refused_in_words(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert said in str(caught.value) and str(caught.value.hint.ru)


def test_a_missing_and_a_large_file(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "none.csv")
    monkeypatch.setattr(transcripts, "LARGEST", 10)
    with pytest.raises(InputError, match="at most 10"):
        read(put(tmp_path, "play.txt", PLAY))
