from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from byte_level.families import source
from safetensors.numpy import save_file

from samovar.catalog import MODELS, PROFILES, Model, model
from samovar.errors import ModelError, StoreError
from samovar.tokenizer.export import rows_file
from samovar.tokenizer.export.rows_file import NewRows, extension, read, write
from samovar.tokenizer.extension import extend

MODEL = model(PROFILES["embedded"]["chat"])
MATRIX = np.random.default_rng(1).normal(size=(49_152, 4)).astype(np.float32)


def rows(case: bool = False) -> NewRows:
    grown = extend(source("gpt-2"), ["kubectl", "the", "умный контракт"], case)
    embedding = np.arange(len(grown.added) * 4, dtype=np.float32).reshape(-1, 4)
    return NewRows(grown.terms, case, grown.added, grown.first, embedding, -embedding, "mean")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write(tmp_path / "rows.safetensors", rows(), MODEL, MATRIX)
    return tmp_path / "rows.safetensors"


@pytest.mark.parametrize("case", [False, True])
def test_what_is_read_is_what_was_written(case: bool, tmp_path: Path) -> None:
    write(tmp_path / "rows", rows(case), MODEL, MATRIX)
    found, expected = read(tmp_path / "rows", MODEL), rows(case)
    assert replace(found, embedding=0, output=0) == replace(expected, embedding=0, output=0)  # type: ignore[arg-type]
    assert np.array_equal(found.embedding, expected.embedding)
    assert rows_file.base_of(tmp_path / "rows") == MODEL.id
    assert found.output is not None and np.array_equal(found.output, -expected.embedding)
    again = extension(found, source("gpt-2"), MODEL.id, tmp_path / "rows")
    assert again == extend(source("gpt-2"), ["kubectl", "the", "умный контракт"], case)


@pytest.mark.parametrize(
    "other",
    [
        model("qwen2.5-coder-1.5b-instruct"),
        replace(MODEL, files=(replace(MODEL.files[0], sha256="0" * 64),)),
    ],
    ids=["another model", "other weights"],
)
def test_rows_of_another_base_are_refused(other: Model, path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        read(path, other)
    said = str(caught.value)
    assert f"belong to {MODEL.id} (b179c9523d0e…)" in said and f"not to {other.id}" in said
    assert f"Export onto {MODEL.id}" in said and "Экспортируйте" in caught.value.say("ru")


def test_another_protocol_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_file, "PROTOCOL", 2)
    with pytest.raises(ModelError, match=r"has protocol 1; this version reads protocol 2"):
        read(path, MODEL)


@pytest.mark.parametrize("content", [b"", b"text", b"\x00" * 400], ids=["empty", "a text", "zeros"])
def test_a_damaged_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "rows").write_bytes(content)
    with pytest.raises(ModelError, match="is damaged"):
        read(tmp_path / "rows", MODEL)
    assert rows_file.base_of(tmp_path / "rows") is None


def test_a_missing_file_and_a_foreign_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no file of new rows"):
        read(tmp_path / "none", MODEL)
    save_file({"x": np.zeros(2, np.float32)}, tmp_path / "foreign")
    with pytest.raises(ModelError, match="protocol None"):
        read(tmp_path / "foreign", MODEL)


def test_rows_that_are_fewer_than_forms_are_refused(tmp_path: Path) -> None:
    short = rows()
    write(tmp_path / "rows", replace(short, embedding=short.embedding[:-1]), MODEL, MATRIX)
    with pytest.raises(ModelError, match="damaged: 3 rows from 49152 on"):
        read(tmp_path / "rows", MODEL)


def test_a_vocabulary_that_gives_other_ids_is_refused(path: Path) -> None:
    shifted = replace(rows(), first=50_000)
    with pytest.raises(ModelError, match="gives other ids"):
        extension(replace(shifted, added=shifted.added[1:]), source("gpt-2"), MODEL.id, path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write(tmp_path / "none" / "rows", rows(), MODEL, MATRIX)


def test_every_base_is_named_as_transformers_loads_it() -> None:
    bases = [row for row in MODELS if row.role == "chat" and row.source != "hub"]
    assert set(rows_file.REPOS) <= {row.id for row in bases}
    assert not [row.id for row in bases if "GGUF" in rows_file.repo(row)]
