"""The classifier of intents: from a small CLINC150 to a file that guesses as it was measured."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from samovar.figures import provenance
from samovar.paraphrase.nlu.intents import NONE, Intents
from training import intents

WORDS = {"lamp": "dim the lamp", "milk": "buy some milk", "song": "play a song"}
"""Intent → what its texts hold."""


class Letters:
    """Vectors that count letters."""

    name, revision = "letters", "1"

    def encode(self, texts, kind="symmetric", progress=None):
        rows = np.array([[text.count(c) for c in "abcdefghijklmnopqrstuvwxyz"] for text in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A CLINC150 of three intents and questions that are none of them."""

    def rows(count: int) -> list[tuple[str, str]]:
        return [
            (f"{text}{' now' * (at % 3)}", w) for at in range(count) for w, text in WORDS.items()
        ]

    none = [(f"quiz {'zx' * (at + 1)}", NONE) for at in range(8)]
    parts = {"train": rows(6), "val": rows(4), "oos_train": none[:4], "oos_val": none[4:]}
    folder = tmp_path / "sets" / "clinc150"
    folder.mkdir(parents=True)
    packed = gzip.compress(json.dumps(parts).encode())
    (folder / "clinc150_train_val.json.gz").write_bytes(packed)
    return folder.parent


def test_it_learns_and_says_how_often_it_is_right(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shelf = SimpleNamespace(encoder=Letters, settings=SimpleNamespace(assets=tmp_path))
    monkeypatch.setattr(intents, "shelf", lambda: shelf)
    written: dict[str, object] = {}
    monkeypatch.setattr(provenance, "write", lambda name, found, origin: written.update(found))
    intents.main(["--data-dir", str(data_dir)])
    assert written["accuracy"] == written["out_of_scope_recall"] == 1
    assert written["texts"] == 6 and written["out_of_scope_texts"] == 2
    assert len(written["trials"]) == len(intents.STRENGTHS) * len(intents.THRESHOLDS)
    served = Intents.load(tmp_path / "intents", "letters")
    assert (served.accuracy, served.tested, served.threshold) == (1, 6, written["threshold"])
    guesses = served.predict(Letters().encode([*WORDS.values(), "zzxx"]))
    assert [guess.intent for guess in guesses] == [*WORDS, NONE]
