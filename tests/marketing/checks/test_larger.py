"""The larger judge: what it reads, when it is asked, and how both judges decide together."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_adapters

from samovar.errors import ModelError
from samovar.marketing.checks.judge import Judge
from samovar.marketing.checks.larger import model, prompt
from samovar.marketing.checks.larger.joint import FILE, Joint, thresholds
from samovar.marketing.checks.larger.model import Larger
from samovar.marketing.facts.brief import parsed
from samovar.models.shelf import Shelf
from samovar.phrases import LANGUAGES
from samovar.records import Entailment
from samovar.settings import ROOT, Settings

FLASK = parsed(
    "Name: Tundra Flask\nHolds 1.5 litres. Weighs 350 grams.\nForbidden: that it never breaks"
)
BOTH = Joint(0.0, 0.5, 0.5, 0.1, 0.9, 0.5)
SMALL = "smollm2-135m-instruct"


class Small:
    """Support statements as told."""

    name = "adverts-e5"

    def __init__(self, **told: float) -> None:
        self.told = told

    def classify(self, pairs):
        return [Entailment(self.told[said], 0.0, 0.0) for _, said in pairs]


class Told:
    """The same of a larger judge, which keeps what it is asked."""

    def __init__(self, support: float) -> None:
        self.support = support
        self.asked: list[str] = []

    def supports(self, brief, statements, language):
        self.asked += statements
        return [self.support] * len(statements)


class Same:
    """Encode every text alike."""

    def encode(self, texts, kind):
        import numpy as np

        return np.ones((len(texts), 1), np.float32)


def test_the_whole_sheet_stands_before_a_sentence():
    request = prompt.asked(FLASK, "It holds\n1.5 litres.", "en", "adverts-qwen")
    assert "Holds 1.5 litres; Weighs 350 grams" in request.turns[1].text
    assert "Never say: that it never breaks" in request.turns[1].text
    assert (request.prefix, request.adapter) == ("It holds 1.5 litres.\n", "adverts-qwen")
    assert request.sampling.max_tokens == 1
    assert prompt.turns(FLASK, "ru") != prompt.turns(FLASK, "en") == request.turns


def test_the_larger_judge_is_asked_where_the_small_one_is_not_sure():
    larger = Told(0.5)
    judge = Judge(Small(sure=0.95, maybe=0.5, never=0.05), Same(), 0.3, larger, BOTH)
    found = judge.judged(FLASK, ["sure", "maybe", "never"], "en")
    assert larger.asked == ["maybe"]
    assert [one.supported for one in found] == [True, True, False]
    assert [round(one.support, 3) for one in found] == [0.95, 0.5, 0.05]


@pytest.mark.parametrize(("told", "supported"), [(0.9, True), (0.1, False)])
def test_both_decide_together(told: float, supported: bool):
    judge = Judge(Small(maybe=0.5), Same(), 0.3, Told(told), BOTH)
    [found] = judge.judged(FLASK, ["maybe"], "en")
    assert found.supported == supported and found.support == pytest.approx(BOTH.joined(0.5, told))


def test_of_two_neighbours_the_larger_judge_reads_the_better_one():
    told = {"a": 0.95, "b": 0.4, "c": 0.95, "a b": 0.5, "b c": 0.6}
    larger = Told(0.2)
    judge = Judge(Small(**told), Same(), 0.3, larger, BOTH)
    found = judge.read(FLASK, ["a", "b", "c"], "en")
    assert larger.asked == ["b", "b c"]
    assert found[1].support == pytest.approx(BOTH.joined(0.6, 0.2))


@pytest.mark.parametrize(("larger", "joint"), [(None, BOTH), (Told(0.0), None)])
def test_without_a_larger_judge_or_its_thresholds_the_small_one_decides(larger, joint):
    judge = Judge(Small(maybe=0.4), Same(), 0.3, larger, joint)
    [found] = judge.judged(FLASK, ["maybe"], "en")
    assert (found.support, found.supported) == (0.4, True)
    assert larger is None or larger.asked == []


def test_a_machine_without_the_adapter_loads_nothing(tmp_path: Path):
    shelf = Shelf(replace(Settings.from_env({}), assets=tmp_path))
    assert Larger.found(shelf) is None and shelf.loaded() == set()


def test_the_adapter_of_the_machine_is_asked(monkeypatch: pytest.MonkeyPatch):
    assets = tiny_adapters.ADAPTERS.parent
    own = replace(Settings.from_env({}), assets=assets, chat_engine="llamacpp")
    shelf = Shelf(own)
    monkeypatch.setitem(model.ADAPTERS, SMALL, "test-tea")
    try:
        larger = Larger.found(shelf)
        assert larger is not None and larger.adapter == "test-tea"
        said = ["It holds 1.5 litres.", "It sings."]
        found = larger.supports(FLASK, said, "en")
        for text, support in zip(said, found, strict=True):
            asked = prompt.asked(FLASK, text, "en", "test-tea")
            again = shelf.chat(SMALL).weigh(asked, ("yes", "no"))
            assert again[0] == pytest.approx(support, abs=0.02) and 0 < support < 1
        assert found[0] != found[1]
    finally:
        shelf.close()


def test_the_committed_thresholds_are_read():
    found = thresholds(ROOT / "data" / "marketing" / FILE)
    assert set(found) == set(LANGUAGES)
    for own in found.values():
        assert 0 < own.alone < 1
        assert own.joint is None or own.joint.doubtful < own.joint.certain


@pytest.mark.parametrize("text", ["", "{}", '{"thresholds": {"en": {"alone": "much"}}}'])
def test_a_bad_file_of_thresholds_says_what_writes_it(tmp_path: Path, text: str):
    path = tmp_path / FILE
    path.write_text(text)
    with pytest.raises(ModelError) as caught:
        thresholds(path)
    assert "eval.selection.adverts" in caught.value.say("ru")


def test_thresholds_with_and_without_the_larger_judge(tmp_path: Path):
    joint = dict.fromkeys(("intercept", "small", "larger", "doubtful", "certain"), 0.5)
    rows = {"en": {"alone": 0.2, "joint": {**joint, "threshold": 0.4}}, "ru": {"alone": 0.1}}
    path = tmp_path / FILE
    path.write_text(json.dumps({"thresholds": rows}))
    found = thresholds(path)
    assert found["ru"].joint is None
    assert found["en"].joint is not None and found["en"].joint.threshold == 0.4
