"""The rivals of the paraphrase tool, the figures of a row, and those of the validator."""

import json

import pytest

from eval.metrics import diversity
from eval.paraphrase.generator import ROWS, kept, row_figures, spread
from eval.paraphrase.validator import curve, errors
from eval.systems.baselines import UNASKED, Lexical
from samovar.paraphrase.check import Verdict
from samovar.paraphrase.core import BEYOND, Paraphrases
from samovar.records import ChatRequest, Completion, Cost, Reason, Sampling, Turn, Variant


class Chat:
    name, engine, languages = "smollm2-135m-instruct", "test", ("en",)

    def __init__(self):
        self.asked = []

    def complete(self, requests, stop=None):
        self.asked += requests
        return [Completion(f"reply {at}", "stop", 1, 1, 1.0) for at, _ in enumerate(requests)]


def asked(*prefixes, text="begin the show"):
    return [
        ChatRequest((Turn("user", text),), Sampling(0.7, seed=at), "own", prefix=prefix)
        for at, prefix in enumerate(prefixes)
    ]


def test_the_lexical_baseline_replaces_words_of_a_group_alone(tmp_path):
    path = tmp_path / "en.txt"
    path.write_text("# groups\nbegin start\nshow film\n", encoding="utf-8")
    requests = asked(*[""] * 30)
    chat = Chat()
    texts = {one.text for one in Lexical(chat, path, "en").complete(requests)}
    assert texts == {
        f"{verb} the {noun}" for verb in ("begin", "start") for noun in ("show", "film")
    }
    assert chat.asked == []
    assert Lexical(chat, path, "en").complete(asked("Please")) == [UNASKED]


def test_diversity_of_twins_and_of_strangers():
    twins = ["set a timer for ten minutes please"] * 3
    others = ["set a timer for ten minutes", "wake us before noon", "could you count down from 600"]
    assert diversity.self_bleu(twins) == pytest.approx(1)
    assert diversity.self_bleu(others) < 0.3
    assert diversity.distinct(twins) == pytest.approx(1 / 3)
    assert diversity.distinct(others) == 1
    with pytest.raises(ValueError, match="two texts"):
        diversity.self_bleu(["alone"])


def variant(text, *reasons, new_core=True):
    return Variant(text, not reasons, reasons, 0.96, 0.5, new_core, 0.9)


def test_figures_of_a_row():
    lost = Reason("names and slots", "lost: 7", "7")
    one = Paraphrases(
        "wake me at 7",
        2,
        (),
        (
            variant("please wake me at 7", new_core=False),
            variant("have me up at 7"),
            variant("get me up at 7", BEYOND),
            variant("wake me", lost),
        ),
        16,
        Cost(500.0, "m", "e"),
    )
    two = Paraphrases("stop", 2, (), (), 16, Cost(1500.0, "m", "e"))
    found = row_figures([one, two], [1, 0])
    assert found["accepted_per_command"] == 1 and found["new_core"] == found["intent_flips"] == 0.5
    assert found["acceptance_rate"] == 0.75, "what is surplus passed every check"
    assert found["with_five_or_more"] == 0 and found["drawn_per_command"] == 16
    assert (found["seconds_median"], found["seconds_most"]) == (1, 1.5)
    assert 0 < found["self_bleu"] < 1 and found["pinc"] == 0.5
    assert row_figures([two], [0])["new_core"] == 0


def test_rows_that_are_not_asked_for_stay_with_their_origin(tmp_path):
    path = tmp_path / "paraphrase-en.json"
    assert kept(path, ["tool"]) == {"wanted": 8, "rows": {}}
    rows = {"tool": {"figures": 1}, "base": {"figures": 2, "origin": "before"}}
    rows["gone"] = {"figures": 3}  # of a rival that is no longer measured
    path.write_text(json.dumps({"wanted": 8, "rows": rows, "times": 2.0, "origin": "run"}))
    stays = {"tool": {"figures": 1, "origin": "run"}, "base": rows["base"]}
    assert kept(path, ["light"]) == {"wanted": 8, "rows": stays}
    assert kept(path, list(ROWS)) == {"wanted": 8, "rows": {}}


PAIRS = [
    ("dim the lamp", "lower the light", True, "synonym"),
    ("dim the lamp", "less light, please", True, "synonym"),
    ("dim the lamp", "brighten the lamp", False, "verb"),
    ("call Ann", "Ann calls", False, "roles"),
]
VERDICTS = [Verdict(score >= 0.5, score, 0.9, ()) for score in (0.9, 0.4, 0.6, 0.1)]


def test_both_error_rates_are_told_by_kind():
    found = errors(PAIRS, VERDICTS)
    assert found["wrong_accepted"]["value"] == found["right_refused"]["value"] == 0.5
    assert found["accuracy"] == 0.5 and found["pairs"] == 4
    assert found["by_kind"] == {"roles": [0, 1], "synonym": [1, 2], "verb": [1, 1]}
    assert found["average_precision"] == pytest.approx((1 + 2 / 3) / 2, abs=1e-4)


def test_the_curve_says_what_each_threshold_reaches():
    points = curve(PAIRS, VERDICTS)
    assert [point["threshold"] for point in points] == [0.1, 0.4, 0.6, 0.9]
    assert [point["recall"] for point in points] == [1, 1, 0.5, 0.5]
    assert [point["precision"] for point in points] == [0.5, 0.6667, 0.5, 1]


def test_a_part_of_the_commands_is_spread_over_all_intents():
    rows = list("abcdefgh")
    assert spread(rows, 4) == ["a", "c", "e", "g"] and spread(rows, 3) == ["a", "c", "f"]
    assert spread(rows, 0) == spread(rows, 9) == rows
