import threading
from dataclasses import replace
from pathlib import Path

import pytest

from samovar.errors import InputError, ModelError
from samovar.settings import Settings
from samovar.tokenizer.export.folder import write_rows
from samovar.tokenizer.exporting import Wish, prepared
from samovar.tokenizer.shown.written import written
from samovar.tokenizer.trained.continuation import LIMIT, MOST, continuation, continued, load, place


def test_the_trained_vocabulary_is_found_where_there_is_one(tmp_path: Path) -> None:
    settings = replace(Settings(), assets=tmp_path)
    assert place(settings) is None
    folder = tmp_path / "vocabularies" / "own"
    folder.mkdir(parents=True)
    (folder / "rows.safetensors").write_bytes(b"")
    assert place(settings) == folder
    with pytest.raises(ModelError, match=r"rows\.safetensors"):
        load(folder, settings)


@pytest.mark.parametrize("text", ["", "  ", "x" * (LIMIT + 1), "a\x00"])
def test_a_bad_sentence_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        continued(text, threading.Event())


def test_both_continue_the_same_sentence(tmp_path: Path) -> None:
    settings = Settings.from_env()
    write_rows(tmp_path, prepared(Wish(terms=("kubectl",)), settings), "en")
    found = continuation("Run kubectl and", load(tmp_path, settings), threading.Event())
    base, grown = found.writings
    assert (base.grown, grown.grown) == (False, True)
    assert base.read - grown.read == 3  # " kubectl" was four tokens
    assert 0 < len(base.pieces) <= MOST
    assert all(piece.id < found.first for piece in base.pieces)
    body = written(found, "ru").body
    assert "С обученным словарём" in body and "Run kubectl and …" in body
