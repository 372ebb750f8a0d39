import json
from pathlib import Path
from typing import Any

from samovar.phrases import Phrase
from samovar.tokenizer.shown.stages import Trained, stages, trained

STARTS = {"mean": Phrase("mean <of> pieces", "среднее кусочков")}


def interval(value: float) -> dict[str, float]:
    return {"value": value, "low": value - 0.1, "high": value + 0.1}


def state(start: str, stage: str, value: float) -> dict[str, Any]:
    names = ("domain", "general_change_percent", "margin", "reciprocal_rank")
    return {"start": start, "stage": stage, "seeds": [0], **{n: interval(value) for n in names}}


def written(folder: Path) -> Trained:
    """Return an experiment of two starts: the stage `layers` goes on from `rows`."""
    measured = {
        "terms": ["kubectl", "kubelet"],
        "tokens": {"domain": {"saved_percent": interval(9.5), "texts": 3}},
        "stages": [{"name": "rows", "after": "start"}, {"name": "layers", "after": "rows"}],
        "states": [
            *(state("unextended", stage, 1.0) for stage in ("start", "rows", "layers")),
            *(state("mean", stage, 2.0) for stage in ("start", "rows")),
        ],
    }
    (folder / "tokenizer-kubernetes.json").write_text(json.dumps(measured), encoding="utf-8")
    found = trained(folder)
    assert found is not None
    return found


def test_without_a_result_it_is_said_that_nothing_is_trained(tmp_path: Path) -> None:
    assert trained(tmp_path) is None
    assert "python -m training.tokenizer" in stages(None, STARTS, "en")
    (tmp_path / "tokenizer-kubernetes.json").write_text("{}", encoding="utf-8")
    assert trained(tmp_path) is None


def test_each_start_is_a_line_through_the_stages_it_reached(tmp_path: Path) -> None:
    body = stages(written(tmp_path), STARTS, "en")
    assert body.count("<figure>") == 4
    assert "2 terms save 9.5 % [9.4, 9.6]" in body
    assert "mean &lt;of&gt; pieces" in body and "not extended, same training" in body
    panel = body.split("<figure>")[1]
    assert panel.count("<circle") == 3 and panel.count("<polygon") == 2
    assert panel.count('class="whisker"') == 5
    ways = panel.count("<line") - panel.count('class="whisker"') - panel.count('class="grid"')
    assert ways == 3  # start to rows to layers, and start to rows


def test_the_figure_speaks_russian(tmp_path: Path) -> None:
    body = stages(written(tmp_path), STARTS, "ru")
    assert "среднее кусочков" in body and "9,5 %" in body
    assert "0: до обучения · 1: только новые строки · 2: LoRA на внимании и MLP" in body
