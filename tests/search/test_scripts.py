"""`python -m samovar.search.index` and `python -m samovar.search.query`, as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from samovar.search import index, query

ENCODER = ["--encoder", "all-minilm-l6-v2"]
ROWS = """id,title,text,topic
tea,Tea,A hot drink made by pouring boiling water over leaves.,drink
violin,Violin,Four strings are played with a bow.,music
drum,Drum,A skin stretched over a frame is struck.,music
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    (folder / "rows.csv").write_text(ROWS, encoding="utf-8")
    given = ["--input", str(folder / "rows.csv"), "--index", str(folder / "index"), *ENCODER]
    assert index.main(given) == 0
    return folder


def run(built: Path, *argv: str) -> int:
    return query.main(["--index", str(built / "index"), *ENCODER, *argv])


def test_index_says_what_it_did(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Tea.")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    given = ["--input", str(tmp_path), "--index", str(tmp_path / "index"), *ENCODER]
    assert index.main(given) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        f"1 documents, 1 passages → {tmp_path / 'index'} (all-minilm-l6-v2)",
        "New: 1, changed: 0, deleted: 0, unchanged: 0; encoded before an interruption: 0",
        "Vectors: flat: 1 vectors, and up to 20,000 an exact search takes a few milliseconds",
        "Skipped as empty: 1",
        "Files of other kinds left out: 1",
    ]
    assert "encode: 100%" in err


def test_one_question_as_json(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(built, "strings and a bow", "-k", "2", "--filter", "topic=music", "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert [hit["id"] for hit in row["hits"]] == ["violin", "drum"]
    assert set(row["hits"][0]) == {
        "rank", "score", "id", "title", "text", "metadata",
        "bm25_rank", "dense_rank", "fused_rank", "rerank_rank", "exact", "missing",
    }  # fmt: skip
    assert (row["query"], row["removed"]) == ("strings and a bow", 0)


def test_one_question_for_a_reader(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(built, "boiling", "-k", "1") == 0
    out = capsys.readouterr().out
    assert " 1. Tea" in out and "BM25 #1 · dense #1 · fused #1 · topic=drink" in out


def test_what_is_nowhere_is_told(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(built, "E-4471", "-k", "1") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["» E-4471", "No good match. Below is what lies nearest."]
    assert said[2].startswith(" 1. ") and "missing: E-4471" in said[4]
    assert run(built, "E-4471", "-k", "1", "--json") == 0
    assert json.loads(capsys.readouterr().out)["good"] is False


def test_a_file_of_questions(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = built / "queries.txt"
    path.write_bytes("boiling water\r\n\nчто бьют палками?\n".encode() + b"x" * 3000 + b"\n")
    assert run(built, "--queries", str(path), "--json", "--mode", "dense") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["query"][:17] for row in rows] == [
        "boiling water",
        "",
        "что бьют палками?",
        "x" * 17,
    ]
    assert rows[0]["hits"][0]["id"] == "tea" and rows[0]["hits"][0]["score"] > 0.3
    assert (rows[1]["line"], rows[3]["line"]) == (2, 4)
    assert "is empty" in rows[1]["error"] and "3,000 characters" in rows[3]["error"]
    assert len(rows[2]["hits"]) == 3
    assert run(built, "boiling water", "--json", "--mode", "dense") == 0
    alone = json.loads(capsys.readouterr().out)["hits"][0]["score"]
    assert alone == pytest.approx(rows[0]["hits"][0]["score"], abs=0.01)


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["tea", "--filter", "colour=red"], "field `colour`"),
        (["tea", "--filter", "topic"], "must say a field, a comparison and a value"),
        (["tea", "-k", "0"], "between 1 and 100"),
        (["tea", "--mode", "magic"], "hybrid, dense, bm25, rerank"),
        (["tea", "--queries", "q.txt"], "either a question or --queries"),
        ([], "either a question or --queries"),
        ([" "], "`query` is empty"),
        (["--queries", "absent.txt"], "absent.txt cannot be read"),
        (["tea", "--index", "absent"], "There is no index in absent"),
        (["tea", "--encoder", "word2vec"], "no model `word2vec`"),
        (["tea", "--encoder", "multilingual-e5-small"], "Ask with --encoder all-minilm-l6-v2"),
    ],
)
def test_what_is_refused_is_said_on_one_line(
    built: Path, argv: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(built, *argv, "--json") == 2
    out, err = capsys.readouterr()
    assert out == "" and told in err
    assert "Traceback" not in err and len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bad.txt", b"\xff\xfa", "bad.txt, line 1: this is not UTF-8"),
        ("bad.csv", b"%PDF-1.7", "bad.csv has no column `text`"),
        ("bad.exe", b"MZ", "unknown kind"),
    ],
)
def test_a_bad_upload_is_refused_before_anything_is_written(
    tmp_path: Path, name: str, content: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    folder = tmp_path / "index"
    assert index.main(["--input", str(tmp_path / name), "--index", str(folder), *ENCODER]) == 2
    assert told in capsys.readouterr().err
    assert not list(folder.iterdir())


def test_the_language_of_messages_is_a_setting(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAMOVAR_LANGUAGE", "ru")
    assert run(built, "tea", "--filter", "colour=red") == 2
    assert "нет поля «colour»" in capsys.readouterr().err


def test_both_are_separate_scripts(built: Path) -> None:
    for name in ("index", "query"):
        command = [sys.executable, "-m", f"samovar.search.{name}", "--help"]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=Path(__file__).parents[2]
        )
        assert done.returncode == 0 and "--index DIR" in done.stdout
