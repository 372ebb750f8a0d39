import json
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from samovar.errors import InputError, ModelError
from samovar.settings import Settings
from samovar.tokenizer.export.folder import write_rows
from samovar.tokenizer.export.rows_file import ABOUT
from samovar.tokenizer.export.wish import Wish, prepared
from samovar.tokenizer.shown.written import written
from samovar.tokenizer.trained.continuation import LIMIT, MOST, continuation, continued, load, place


def test_the_vocabulary_trained_on_this_base_is_found(tmp_path: Path) -> None:
    settings = replace(Settings.from_env(), assets=tmp_path)
    assert place(settings) is None
    for name, base in (("damaged", ""), ("one", "another-model"), ("two", "smollm2-135m-instruct")):
        folder = tmp_path / "vocabularies" / name
        folder.mkdir(parents=True)
        header = json.dumps({"base": base, "protocol": 0})
        about = save({"x": np.zeros(1)}, {ABOUT: header})
        (folder / "rows.safetensors").write_bytes(about if base else b"no")
    assert place(settings) == folder
    with pytest.raises(ModelError, match="protocol"):
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
