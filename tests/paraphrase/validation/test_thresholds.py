"""The thresholds of the validator: read whole or refused, and how two verifiers are joined."""

from __future__ import annotations

import json

import pytest
from told_models import THRESHOLDS

from samovar.errors import ModelError
from samovar.paraphrase.validation.thresholds import thresholds
from samovar.phrases import LANGUAGES
from samovar.records import to_json
from samovar.settings import ROOT

ROW = to_json(THRESHOLDS)


def test_two_verifiers_are_joined_on_their_logits():
    joined = THRESHOLDS.joined
    assert joined(0.5, 0.5) == pytest.approx(0.5) and joined(0.9, 0.9) == pytest.approx(0.9)
    assert joined(0.2, 0.9) > joined(0.9, 0.2), "the larger one weighs more here"
    assert joined(0.5, 0.3) < joined(0.5, 0.4) < joined(0.6, 0.4)
    assert 0 < joined(0.0, 0.0) < 0.01 and 0.99 < joined(1.0, 1.0) < 1


def test_the_committed_file_is_read():
    found = thresholds(ROOT / "data" / "paraphrase" / "verifier.json")
    assert set(found) == set(LANGUAGES)
    for row in found.values():
        assert 0 <= row.doubtful <= row.alone <= 1 and 0 <= row.joint <= row.draft <= 1


def test_each_language_has_its_own(tmp_path):
    path = tmp_path / "verifier.json"
    rows = {"en": ROW, "ru": ROW | {"alone": 0.7}}
    path.write_text(json.dumps({"thresholds": rows, "origin": {"seed": 0}}))
    found = thresholds(path)
    assert found["en"] == THRESHOLDS and found["ru"].alone == 0.7


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"thresholds": {}}',
        json.dumps({"thresholds": {"en": ROW}}).encode(),
        json.dumps({"thresholds": {"en": ROW, "ru": ROW | {"alone": "0.6"}}}).encode(),
        json.dumps({"thresholds": {"en": ROW, "ru": {**ROW, "alone": None}}}).encode(),
        json.dumps(
            {"thresholds": {"en": ROW, "ru": {k: v for k, v in ROW.items() if k != "joint"}}}
        ).encode(),
    ],
)
def test_a_missing_or_damaged_file_says_how_to_choose_them_again(tmp_path, content):
    path = tmp_path / "verifier.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"python -m eval\.selection\.verifier") as caught:
        thresholds(path)
    assert "verifier.json" in caught.value.say("ru")
