"""The choice of the reranker's weight: its sets, its reranked questions, its rule and its table."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from eval.selection import rerank_weight
from eval.selection.rerank_weight import ALONE, GRID, Reranked
from eval.sets import development_sets
from eval.sets.development_sets import SETS, held_out
from eval.systems.cached_reranker import RememberedScores
from eval.tables.search import rerank
from samovar.settings import ROOT
from training.corpora import questions
from training.corpora.topic import Topic
from training.encoder import EncoderRecipe
from training.frame import recipe
from training.lessons.retrieval.held_out import parts
from training.reranker import RerankRecipe

CONFIGS = ROOT / "training" / "configs"


def topics(data: Path) -> list[Topic]:
    """Return 120 topics in two languages, each pair of translations with a question in both."""
    return [
        Topic(f"t{at}", text, (f"Where is {at}?", f"Где {at}?"), origin)
        for origin in (questions.XQUAD, questions.RUBQ)
        for at in range(60)
        for text in (f"Here is number {at}.", f"Здесь число {at}.")
    ]


@pytest.mark.parametrize(("asked", "written"), [("ru", "en"), ("en", "en"), ("", "")])
def test_no_question_is_asked_that_trains(asked: str, written: str, monkeypatch) -> None:
    monkeypatch.setattr(questions, "topics", topics)
    monkeypatch.setattr(development_sets, "HELD_OUT", 40)  # of twelve runs of topics
    found = held_out(questions.XQUAD, asked, written)(Path())
    training, held = parts(topics(Path()), development_sets.HELD_OUT)
    trained = {text for one in training if one.origin == questions.XQUAD for text in one.questions}
    assert found.queries and not trained & {query.text for query in found.queries}
    assert all(query.text.startswith("Где") == (asked == "ru") for query in found.queries if asked)
    assert len(found.documents) == (60 if written else 120), "texts that train stand among them"
    texts = {one.id: one.text for one in found.documents}
    for query in found.queries:
        number = query.text.rstrip("?").split()[-1]
        right = {texts[id] for id in query.relevant}
        wanted = {f"Here is number {number}.", f"Здесь число {number}."}
        assert right == {text for text in wanted if not written or text.startswith("Here")}
    assert {one.origin for one in held} == {questions.XQUAD, questions.RUBQ}


def test_both_recipes_keep_back_as_much_as_the_sets_take() -> None:
    for name, kind in (("search-e5", EncoderRecipe), ("rerank-e5", RerankRecipe)):
        found = recipe.load(CONFIGS / f"{name}.yaml", kind)
        assert found.held_out == development_sets.HELD_OUT


def test_readers_of_other_data(tmp_path: Path) -> None:
    def write(name: str, content: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")

    write("piqa/dev.jsonl", '{"goal": "boil", "sol1": "heat it", "sol2": "cool it"}\n' * 2)
    write("piqa/dev-labels.lst", "0\n1\n")
    choices = [{"text": "ice", "label": "A"}, {"text": "steam", "label": "B"}]
    row = {"question": {"stem": "Hot water is", "choices": choices}, "answerKey": "B"}
    write("openbookqa/openbookqa_test.jsonl", json.dumps(row))
    header = "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\n"
    write("truthfulqa/TruthfulQA.csv", f"{header}a,b, Is tea  hot?,Often,Often;Yes,Never,x\n")
    lines = [f"message {at},{'ab'[at % 2]}" for at in range(8)]
    write("banking77/train.csv", "\n".join(["text,category", *lines]))
    found = {
        name: SETS[name](tmp_path) for name in ("piqa", "openbookqa", "truthfulqa", "banking77")
    }
    said = {
        name: [(query.text, sorted(query.relevant)) for query in one.queries]
        for name, one in found.items()
    }
    assert said == {
        "piqa": [("boil", ["0", "1"])],
        "openbookqa": [("Hot water is", ["0"])],
        "truthfulqa": [("Is tea hot?", ["0"])],
        "banking77": [("message 6", ["a 0", "a 1", "a 2"]), ("message 7", ["b 0", "b 1", "b 2"])],
    }
    texts = {name: [one.text for one in each.documents] for name, each in found.items()}
    assert texts["piqa"] == ["heat it", "cool it"] and texts["openbookqa"] == ["steam"]
    assert texts["banking77"] == [f"message {at}" for at in (0, 2, 4, 1, 3, 5)]


def test_a_weight_moves_what_is_near() -> None:
    one = Reranked(("a", "b", "c"), (0.9, 0.89, 0.5), (0.0, 1.0, 2.0), 0.2, frozenset("b"))
    assert one.order(0.0) == ["a", "b", "c"]
    assert one.order(0.1) == ["b", "a", "c"]
    assert one.order(None) == ["c", "b", "a"]


def reranked(right: str, scores: tuple[float, float]) -> Reranked:
    return Reranked(("a", "b"), (0.9, 0.89), scores, 1.0, frozenset(right))


def test_the_weight_with_the_highest_mean_is_chosen_unless_a_set_loses() -> None:
    gains = rerank_weight.weighed(
        [reranked("b", (0.0, 1.0))] * 20 + [reranked("a", (1.0, 0.0))] * 20
    )
    assert gains["ndcg_10"]["0.3"] == 1.0 > gains["ndcg_10"]["0.0"] == gains["ndcg_10"]["0.005"]
    first = next(weight for weight in GRID if weight > 0.01)
    assert rerank_weight.chosen({"one": gains}) == first, "of equal ones the smallest"
    loses = rerank_weight.weighed([reranked("a", (0.0, 1.0))] * 40)
    assert loses["compared"]["0.3"]["loses"] and not loses["compared"]["0.005"]["loses"]
    assert rerank_weight.chosen({"one": gains, "two": loses}) == 0.0


def test_the_table_marks_the_choice_and_every_loss() -> None:
    both = [reranked("b", (0.0, 1.0))] * 20, [reranked("a", (0.0, 1.0))] * 20
    measured = {
        name: {"documents": 1200, "queries": 20, **rerank_weight.weighed(read)}
        for name, read in zip(("squad", "piqa"), both, strict=True)
    }
    result = {
        "sets": measured,
        "mean": rerank_weight.means(measured),
        "chosen": rerank_weight.chosen(measured),
        "reranker": "own",
        "encoder": "e5",
        "read": 30,
    }
    lines = rerank.rerank_weight(result)
    assert "| **not reranked** | weight 0.002 |" in lines[0] and lines[0].endswith(f"{ALONE} |")
    assert lines[2].startswith("| SQuAD (1,200, 20) | 0.631 |") and "*" not in lines[2]
    assert lines[3].endswith("| 0.631* |") and lines[4].startswith("| mean |")
    assert len({line.count("|") for line in lines[:5]}) == 1


def test_each_pair_is_read_once() -> None:
    class Counted:
        name = "counted"
        read = 0

        def score(self, question, passages):
            self.read += len(passages)
            return np.array([len(question) + len(one) for one in passages], np.float32)

    inner = Counted()
    found = RememberedScores(inner)
    assert found.name == "counted"
    assert found.score("ab", ["c", "cc", "c"]).tolist() == [3, 4, 3] and inner.read == 2
    assert found.score("ab", ["cc", "ccc"]).tolist() == [4, 5] and inner.read == 3
    assert found.score("a", ["c"]).tolist() == [2] and inner.read == 4
    assert found.score("a", []).shape == (0,)
