"""The rivals of the paraphrase adapter, and the figures of a row."""

import json

import pytest

from eval.metrics import diversity
from eval.paraphrase import compared, kept, row_figures
from eval.systems.baselines import UNASKED, Greedy, Lexical, Unadapted
from eval.tables import paraphrase_tables
from samovar.paraphrase.core import Paraphrases
from samovar.records import (
    ChatRequest,
    Completion,
    Cost,
    Entailment,
    Reason,
    Sampling,
    Turn,
    Variant,
)


class Chat:
    name, engine, languages = "smollm2-135m-instruct", "test", ("en",)

    def __init__(self):
        self.asked = []

    def complete(self, requests, stop=None):
        self.asked += requests
        return [Completion(f"reply {at}", "stop", 1, 1, 1.0) for at, _ in enumerate(requests)]


def asked(text="begin the show", prefixes=("Could you", "", "")):
    return [
        ChatRequest((Turn("user", text),), Sampling(0.7, seed=at), "own", prefix=prefix)
        for at, prefix in enumerate(prefixes)
    ]


def test_the_base_gets_the_same_prompts_without_the_adapter():
    chat, requests = Chat(), asked()
    assert len(Unadapted(chat).complete(requests)) == 3
    assert {one.adapter for one in chat.asked} == {None}
    assert [(one.turns, one.sampling, one.prefix) for one in chat.asked] == [
        (one.turns, one.sampling, one.prefix) for one in requests
    ]


def test_greedy_answers_once_and_without_an_opening():
    chat = Chat()
    replies = Greedy(chat).complete(asked())
    assert [one.text for one in replies] == ["", "reply 0", ""]
    assert [(one.sampling.temperature, one.prefix, one.adapter) for one in chat.asked] == [
        (0, "", None)
    ]


def test_the_lexical_baseline_replaces_words_of_a_group_alone(tmp_path):
    path = tmp_path / "en.txt"
    path.write_text("# groups\nbegin start\nshow film\n", encoding="utf-8")
    requests = asked(prefixes=[""] * 30)
    chat = Chat()
    texts = {one.text for one in Lexical(chat, path, "en").complete(requests)}
    assert texts == {
        f"{verb} the {noun}" for verb in ("begin", "start") for noun in ("show", "film")
    }
    assert chat.asked == []
    assert Lexical(chat, path, "en").complete(asked(prefixes=["Please"])) == [UNASKED]


def test_diversity_of_twins_and_of_strangers():
    twins = ["set a timer for ten minutes please"] * 3
    others = ["set a timer for ten minutes", "wake us before noon", "could you count down from 600"]
    assert diversity.self_bleu(twins) == pytest.approx(1)
    assert diversity.self_bleu(others) < 0.3
    assert diversity.distinct(twins) == pytest.approx(1 / 3)
    assert diversity.distinct(others) == 1
    with pytest.raises(ValueError, match="two texts"):
        diversity.self_bleu(["alone"])


def variant(text, *reasons):
    sure = Entailment(0.9, 0.1, 0.0)
    return Variant(text, not reasons, reasons, 0.96, 0.5, sure, sure, 0.9)


def test_figures_of_a_row():
    surplus, slots = (
        Reason("surplus", "beyond n", "n = 2"),
        Reason("names and slots", "lost: 7", ""),
    )
    one = Paraphrases(
        "wake me at 7",
        2,
        (),
        (
            variant("please wake me at 7"),
            variant("could you wake me at 7"),
            variant("get me up at 7", surplus),
            variant("wake me", slots),
        ),
        16,
        Cost(500.0, "m", "e"),
    )
    two = Paraphrases("stop", 2, (), (), 16, Cost(1500.0, "m", "e"))
    found = row_figures([one, two])
    assert found["accepted_per_command"] == 1
    assert found["acceptance_rate"] == found["slots_kept"] == 0.75
    assert found["with_five_or_more"] == 0 and found["two_way_entailment"] == 1
    assert found["seconds_median"] == 1 and found["drawn_per_command"] == 16
    assert 0 < found["self_bleu"] < 1 and found["pinc"] == 0.5
    result = {"wanted": 2, "rows": {"lora": {"figures": found}}, "times": 2.0}
    equal = {"commands": 7, "self_bleu": [0.5, 0.6], "distinct_2": [0.7, 0.8]}
    result |= {"difference": [0.5, 1.5], "p": 0.01, "equal_numbers": equal}
    origin = {"command": "x", "commit": "y", "seed": 0, "hardware": "z", "libraries": {}}
    result["origin"] = {**origin, "wall_seconds": 1, "size": 2}
    table = "\n".join(paraphrase_tables.paraphrase(result))
    assert "| LoRA | 1.00 | 0% | 75%" in table and "2.00 times" in table
    assert "self-BLEU 0.50 against 0.60" in table
    later = {"figures": found, "origin": result["origin"] | {"command": "later"}}
    lines = paraphrase_tables.paraphrase(result | {"rows": result["rows"] | {"greedy": later}})
    assert [line[:28] for line in lines[-2:]] == [
        "- LoRA: `x` at y, seed 0, z,",
        "- base model, greedy: `later",
    ]


def test_rows_that_are_not_asked_for_stay_with_their_origin(tmp_path):
    path = tmp_path / "paraphrase-en.json"
    assert kept(path, ["lora"])["rows"] == {}
    rows = {"lora": {"figures": 1}, "sampled": {"figures": 2, "origin": "before"}}
    path.write_text(json.dumps({"wanted": 8, "rows": rows, "times": 2.0, "origin": "run"}))
    stays = {"lora": {"figures": 1, "origin": "run"}, "sampled": rows["sampled"]}
    assert kept(path, ["tool"]) == {"wanted": 8, "times": 2.0, "rows": stays}
    assert kept(path, ["lora"]) == {"wanted": 8, "rows": {"sampled": rows["sampled"]}}


def answer(*texts):
    return Paraphrases("x", 8, (), tuple(map(variant, texts)), 16, Cost(1.0, "m", "e"))


def test_diversity_is_compared_at_equal_numbers():
    same = ["please dim the lamp now", "could you dim the lamp now"]
    ours = [answer(*same, "please dim the lamp", "dim the lamp please"), answer("wake me", "go on")]
    theirs = [answer(*same), answer("wake me up")]
    found = compared({"lora": ours, "sampled": theirs})
    assert found["times"] == 2 and found["equal_numbers"]["commands"] == 1
    for one, two in (found["equal_numbers"][key] for key in ("self_bleu", "distinct_2")):
        assert one == two > 0
    assert compared({"lora": ours}) == {}
