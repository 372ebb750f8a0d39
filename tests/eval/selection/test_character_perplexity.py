"""Perplexity of a character's replies: only they count, and an adapter is compared reply by reply."""

from __future__ import annotations

import json
import math

import harbour
import numpy as np
import pytest
import torch

from eval.selection import character_perplexity
from eval.selection.character_perplexity import losses, row
from training.lessons.character import talks
from training.lessons.character.lines import cleaned
from training.lessons.character.windows import Cut
from training.lessons.chat.conversations import Lesson


class Even:
    """A model of ten words that finds each as likely as any other, and the word 7 twice as likely."""

    device = torch.device("cpu")

    def __call__(self, input_ids, use_cache):
        logits = torch.zeros(1, input_ids.shape[1], 10)
        logits[..., 7] = math.log(2)
        return type("Output", (), {"logits": logits})


def test_each_reply_is_counted_apart_and_nothing_else():
    lesson = Lesson([1, 2, 7, 3, 4], [7, 7, 5], (range(2, 4),))
    found = losses(Even(), [lesson])
    seven, other = math.log(11 / 2), math.log(11)
    assert found.tolist() == pytest.approx(np.array([[seven + other, 2], [2 * seven + other, 3]]))


def test_a_row_tells_perplexity_and_change():
    base = np.array([[4.0, 2], [6.0, 3], [8.0, 4]])
    same, better = row(base, base), row(base * [0.5, 1], base)
    assert same["perplexity"]["value"] == pytest.approx(math.exp(2))
    assert same["change"] == {"value": 0, "low": 0, "high": 0} and same["tokens"] == 9
    assert better["change"]["value"] == pytest.approx(math.exp(-1) - 1)


def test_a_folder_without_an_adapter_is_refused(tmp_path, capsys):
    found = talks.talks(cleaned(harbour.lines(), harbour.SERIES).lines, harbour.SERIES, Cut())
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(talks.written(talks.pairs(found.parts["test"], harbour.SERIES, "en")))
    (tmp_path / "adapter").mkdir()
    (tmp_path / "adapter" / "samovar.json").write_text(json.dumps({"base": "another"}))
    given = ["--pairs", str(pairs), "--adapters", str(tmp_path / "adapter")]
    assert character_perplexity.main(given) == 2
    assert "holds no adapter of smollm2-135m-instruct" in capsys.readouterr().err
