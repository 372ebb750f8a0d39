"""The harness asks our tasks in its own words, keeps every answer, and a loss rings."""

from __future__ import annotations

import io
import json
import sys
from argparse import Namespace
from dataclasses import replace
from typing import Any

import pytest
from harness_files import FORGOTTEN, written

from eval import harness, report
from eval.metrics.regression import changed
from eval.sets import harness_tasks
from eval.systems import chat_weights, harness_run
from eval.systems.chat_weights import ChatWeights
from eval.systems.harness_model import HarnessModel
from eval.systems.harness_run import Bench, Pass, Scores
from eval.tables import harness_table
from samovar import catalog
from samovar.errors import InputError
from samovar.models.files import adapters
from samovar.models.files.dequantised import dequantised
from samovar.models.shelf import Shelf
from samovar.settings import ROOT, Settings

MODEL = catalog.model("smollm2-135m-instruct")
SETTINGS = replace(Settings.from_env(), assets=ROOT / "tests" / "data")
TEA = adapters.find("test-tea", MODEL, SETTINGS)


@pytest.fixture(scope="module")
def weights() -> ChatWeights:
    return chat_weights.load(dequantised(MODEL, SETTINGS), "fp32")


def test_every_task_asks_in_the_words_of_the_harness(tmp_path):
    given = Namespace(
        data_dir=written(tmp_path), tasks=",".join(harness_tasks.TASKS), sizes="blimp=1"
    )
    tasks = harness.local(given)
    asked = {}
    for name, task in tasks.items():
        task.set_fewshot_seed(0)
        task.build_all_requests()
        asked[name] = [request.args for request in task.instances]
    assert len(asked["blimp"]) == 2 * 2  # of each of two paradigms one pair
    assert asked["rublimp"] == [("", " Коты спят."), ("", " Коты спит.")]
    assert asked["lambada"] == [("She made tea and drank the", " tea")]
    assert ("Question: What do bees make?\nAnswer:", " Honey") in asked["arc_challenge"]
    assert asked["piqa"][0] == ("Question: warm up soup\nAnswer:", " Freeze it.")
    assert [said for _, said in asked["truthfulqa_mc1"]] == [" No", " Yes", " Only in part"]
    context = asked["truthfulqa_mc1"][0][0]
    assert context.startswith("Q: What is human life expectancy")
    assert context.endswith("in Barcelona, Spain.\n\nQ: Is the moon made of cheese?\nA:")
    question = "Врачи борются за её жизнь.\nВопрос: верно ли, что «Её лечат»? Да или нет?\nОтвет:"
    assert asked["terra"] == [(question, " Да"), (question, " Нет")]
    golds = {name: task.doc_to_target(task.eval_docs[0]) for name, task in tasks.items()}
    assert golds["arc_challenge"] == golds["piqa"] == 1
    assert golds["truthfulqa_mc1"] == golds["terra"] == golds["blimp"] == 0


def test_items_are_chosen_the_same_way_and_more_of_them_only_add():
    items = [{"UID": f"p{at % 3}", "text": str(at)} for at in range(60)]
    few = harness_tasks.chosen(items, 4, "UID")
    assert len(few) == 12 and {one["UID"] for one in few} == {"p0", "p1", "p2"}
    many = harness_tasks.chosen(reversed(items), 9, "UID")
    assert all(one in many for one in few)
    assert [one["text"] for one in harness_tasks.chosen(items, 5)] != ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("sizes", ("blimp", "blimp=0", "blimp=-1", "hellaswag=3", "blimp=x"))
def test_a_wrong_size_is_refused(sizes):
    with pytest.raises(InputError, match="is no size"):
        harness.given_sizes(sizes)


def test_a_run_that_is_begun_again_asks_nothing_twice(weights, tmp_path):
    given = Namespace(data_dir=written(tmp_path), tasks="blimp,arc_challenge", sizes="")
    tasks = harness.local(given)
    bench = Bench(weights, MODEL.context, Shelf(SETTINGS).chat, tmp_path / "cache")
    first, again, tuned = bench.scored(tasks), bench.scored(tasks), bench.scored(tasks, TEA)
    assert first.requests == first.answered == 2 * 3 + 2 * 2 and first.tokens > 0
    assert (again.answered, again.tokens) == (0, 0)
    assert again.tasks == first.tasks
    assert tuned.answered == tuned.requests  # another model, other answers
    assert {name: row.metric for name, row in first.tasks.items()} == {
        "blimp": "acc",
        "arc_challenge": "acc_norm",
    }


def test_answers_are_kept_while_a_run_goes_on(weights, tmp_path, monkeypatch):
    tasks = harness.local(Namespace(data_dir=written(tmp_path), tasks="blimp", sizes=""))
    bench = Bench(weights, MODEL.context, Shelf(SETTINGS).chat, tmp_path / "cache")
    monkeypatch.setattr(harness_run, "HarnessModel", stopping(passes=1))
    with pytest.raises(KeyboardInterrupt):
        bench.scored(tasks)
    monkeypatch.undo()
    rest = bench.scored(tasks)
    assert 0 < rest.answered < rest.requests


def stopping(passes: int) -> type[HarnessModel]:
    """The model, its user losing patience after so many passes of a few tokens."""

    class Stopping(HarnessModel):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given, row=8)

        def _read(self, *given: Any) -> Any:
            if self.answered >= passes:
                raise KeyboardInterrupt
            return super()._read(*given)

    return Stopping


@pytest.mark.parametrize(
    ("lost", "gained", "of", "least", "rings"),
    (
        (20, 2, 100, 0.01, True),  # 18 points, two standard errors are 8.7
        (12, 8, 100, 0.01, False),  # 4 points, within chance
        (2, 20, 100, 0.01, False),  # a gain
        (0, 0, 100, 0.01, False),
        (30, 2, 4000, 0.01, False),  # beyond chance, but only 0.7 points
        (30, 2, 4000, 0.005, True),
    ),
)
def test_a_loss_rings_beyond_chance_and_beyond_what_is_let_pass(lost, gained, of, least, rings):
    before = [1.0] * lost + [0.0] * gained + [1.0] * (of - lost - gained)
    after = [0.0] * lost + [1.0] * gained + [1.0] * (of - lost - gained)
    change = changed(before, after, 0)
    assert change.alarming(least) is rings
    assert (change.gained, change.lost) == (gained, lost)
    assert change.difference.value == pytest.approx((gained - lost) / of)
    assert (change.p < 0.05) is (abs(gained - lost) > 10)


def made_up(values: list[float]) -> Pass:
    value = sum(values) / len(values)
    tasks = {
        "piqa": Scores("acc_norm", value, 0.02, tuple(values)),
        "terra": Scores("acc", 0.5, 0.1, (0.0, 1.0)),
    }
    return Pass(tasks, requests=204, answered=204, tokens=3000, seconds=10.0)


def test_the_table_names_what_got_worse():
    before = made_up([1.0] * 80 + [0.0] * 20)
    rows = harness_run.compared(before, made_up([1.0] * 50 + [0.0] * 50), 0.01, 0)
    result = {"model": "m", "adapter": "a", "precision": "fp32", **rows}
    said = "\n".join(harness_table.harness(result))
    assert "| **PIQA** | 100 | acc_norm | 0.800 ± 0.020 | 0.500 ± 0.020 | -0.300 (" in said
    assert "**PIQA got worse**: it lost 30.0 points, and two standard errors are 9.2." in said
    assert "| TERRa | 2 |" in said and "6,000 tokens read in 20 s" in said
    calm = harness_run.compared(before, before, 0.01, 0)
    assert harness_table.alarms(calm) == ["No task got worse beyond the stated loss."]


def test_the_command_writes_the_result_and_says_in_its_exit_code_whether_it_rang(tmp_path):
    data = written(tmp_path, FORGOTTEN)
    words = [f"--data-dir={data}", f"--cache={tmp_path}", f"--results={tmp_path}"]
    words += ["--model=smollm2-135m-instruct", "--precision=fp32", "--tasks=blimp,terra"]

    def code(*more: str) -> tuple[int, str]:
        out = io.StringIO()
        given = harness.options().parse_args([*words, *more])
        return harness.measured(given, SETTINGS, out), out.getvalue()

    rang, said = code("--adapter=test-tea")
    result = json.loads((tmp_path / "harness-smollm2-135m-instruct.json").read_text())
    assert rang == 1 and "**BLiMP got worse**" in said
    assert result["tasks"]["blimp"]["lost"] == result["tasks"]["blimp"]["size"] == 4
    assert result["origin"]["size"] == 4 + 1 and "lm-eval" in result["origin"]["libraries"]
    calm, said = code("--adapter=test-tea", "--least=100")
    assert calm == 0 and "No task got worse" in said
    alone, said = code()
    assert alone == 0 and "0 tokens read" in said  # answers of the runs before


def test_without_the_library_the_line_that_installs_it_is_said(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "lm_eval", None)  # as if it were not there
    assert harness.main([]) == 2
    assert "pip install -r requirements-dev.txt" in capsys.readouterr().err


def test_the_report_draws_it():
    assert report.TABLES["harness"].results == (f"harness-{harness.MODEL}",)
