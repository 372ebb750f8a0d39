from pathlib import Path

import pytest
from safetensors.numpy import load_file
from transformers import AutoTokenizer

from samovar.tokenizer.endpoint import tokenizer
from samovar.tokenizer.export.__main__ import main
from samovar.tokenizer.export.wish import MOST
from samovar.tokenizer.vocabulary.embeddings import embeddings

TERMS = ["kubectl", "smart contract", "token", "--dry-run", "ререндер"]
TEXT = "Run kubectl --dry-run; a smart contract's ререндер\nkubectl token  5"


def test_the_exported_folder_gives_the_ids_of_the_endpoint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deep" / "out"
    assert main(["--terms", ", ".join(TERMS), "--out", str(out)]) == 0
    assert "8 new entries, ids 49152 to 49159" in capsys.readouterr().out
    answer = tokenizer(TEXT, TERMS)
    assert AutoTokenizer.from_pretrained(out)(TEXT).input_ids == [p["id"] for p in answer["after"]]
    rows, matrix = load_file(out / "rows.safetensors")["embedding"], embeddings().rows
    pieces = [piece["id"] for piece in answer["terms"][0]["pieces"]]
    assert rows[0] == pytest.approx(matrix[pieces].mean(axis=0), abs=1e-6)


def test_trained_rows_make_the_same_folder_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    assert main(["--terms", "kubectl", "--case", "--initial", "random", "--out", str(first)]) == 0
    rows = first / "rows.safetensors"
    assert main(["--rows", str(rows), "--out", str(again)]) == 0
    for path in first.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name
    assert main(["--rows", str(rows), "--terms", "kubelet", "--out", str(tmp_path / "x")]) == 2
    assert "those of other terms. Leave out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Neither terms nor rows"),
        (["--terms", "token, the"], "None of the 2 terms is new"),
        (["--terms", "<|im_end|>"], "control token"),
        (["--terms", "x" * 200], "200"),
        (["--terms", ",".join(f"t{n}" for n in range(5000))], f"5000 terms; at most {MOST}"),
        (["--terms", "kubectl", "--base", "e5"], "smollm2-135m-instruct"),
        (["--terms", "kubectl", "--initial", "none"], "similar"),
        (["--terms", "kubectl", "--texts", "none.txt"], "none.txt cannot be read"),
        (["--rows", "none.safetensors"], "none.safetensors"),
    ],
)
def test_bad_input_is_refused_and_leaves_nothing(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["--terms", "kubectl", "--out", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
