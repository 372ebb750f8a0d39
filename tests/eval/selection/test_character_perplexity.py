"""Perplexity of a character's replies: only they count, and an adapter is compared reply by reply."""

from __future__ import annotations

import json
import math

import harbour
import numpy as np
import pytest
import tiny_qwen2
import torch

from eval.selection import character_perplexity
from eval.selection.character_perplexity import losses, row
from samovar.settings import Settings
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


def test_several_adapters_read_the_same_talks_and_tell_what_their_runs_cost(tmp_path, capsys):
    found = talks.talks(cleaned(harbour.lines(), harbour.SERIES).lines, harbour.SERIES, Cut())
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(talks.written(talks.pairs(found.parts["test"], harbour.SERIES, "en")))
    weights = tiny_qwen2.folder(tiny_qwen2.network(), tmp_path / "weights")
    settings = Settings(assets=tmp_path / "assets")
    folders = []
    for name, size in (("same", 0.0), ("other", 0.2)):
        tiny_qwen2.adapted(tiny_qwen2.network(), name, size, settings)
        folders.append(tmp_path / "assets" / "adapters" / name)
    facts = {"name": "other", "finished": True, "minutes": 9.5, "tokens_per_second": 300.0}
    facts |= {"steps": 40, "hardware": "a machine"}
    (folders[1] / "run.json").write_text(json.dumps(facts))
    (folders[1] / "curves.jsonl").write_text('{"step": 40, "validation_loss": 3.25}\n')

    given = ["--pairs", str(pairs), "--base", tiny_qwen2.ROW.id, "--weights", str(weights)]
    given += ["--most", "4", "--results", str(tmp_path)]
    assert character_perplexity.main([*given, "--adapters", *map(str, folders)]) == 0
    path = tmp_path / f"character-perplexity-house-{tiny_qwen2.ROW.id}.json"
    rows = json.loads(path.read_text())["rows"]
    assert list(rows) == ["base", "same", "other"] and rows["base"]["replies"] >= 4
    assert rows["same"]["perplexity"] == rows["base"]["perplexity"], "its B is zero"
    assert rows["other"]["change"]["value"] != 0 and rows["other"]["perplexity"]["low"] > 1
    assert rows["same"]["run"] is None and rows["other"]["run"]["validation_loss"] == 3.25
    assert f"{rows['other']['change']['value']:+.1%}" in capsys.readouterr().out
