"""The whole experiment on a tiny model: stages, proof, figures, and going on where it stopped."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from functools import partial

import pytest
import torch
from domain import tea_guides
from peft import PeftModel
from transformers import AutoModelForCausalLM

from samovar import catalog
from samovar.errors import InputError
from samovar.models.vocabulary.merged import merge
from samovar.settings import ROOT, Settings
from samovar.tokenizer.export import rows_file
from samovar.tokenizer.vocabulary.pieces import tokenizer_of
from training.corpora import domain_text
from training.frame import recipe
from training.tokenizer import experiment, network, passages
from training.tokenizer.plan import TokenizerRecipe, tasks
from training.tokenizer.states import Place
from training.tokenizer.texts import drawn, first, parts

CONFIG = ROOT / "training" / "configs" / "tokenizer-kubernetes.yaml"
STATES = {
    "unextended": ["start", "rows", "matrix", "attention", "layers", "adapter"],
    "mean": ["start", "rows", "matrix", "attention", "layers", "adapter"],
    "random": ["start", "rows"],
}


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tea")
    (folder / "tea.yaml").write_text(tea_guides.RECIPE)
    tea_guides.data(folder / "sets")
    tea_guides.terms(folder / "data")
    return folder


@pytest.fixture
def arguments(places, tiny, monkeypatch):
    """Give the command line of the experiment, with more options behind."""
    settings = replace(Settings.from_env(), data=places / "data", assets=places / "assets")
    monkeypatch.setattr(
        "samovar.command.terminal.Settings.from_env", staticmethod(lambda: settings)
    )

    def given(*more):
        named = {"--data-dir": "sets", "--out": "run", "--results": "results", "--plots": "plots"}
        paths = [part for key, name in named.items() for part in (key, str(places / name))]
        return [str(places / "tea.yaml"), *paths, "--base", str(tiny), *more]

    return given


@pytest.fixture
def finished(places, arguments):
    """The result of the experiment; the second time nothing is left to train."""
    assert experiment.main(arguments()) == 0
    return json.loads((places / "results" / "tea.json").read_text())


def test_every_state_is_reached_and_measured(finished, places):
    reached = {}
    for row in finished["states"]:
        reached.setdefault(row["start"], []).append(row["stage"])
    assert reached == STATES
    seeds = {(row["start"], row["stage"]): row["seeds"] for row in finished["states"]}
    assert seeds["mean", "start"] == [0]  # does not depend on the seed: measured once
    assert seeds["random", "start"] == seeds["mean", "layers"] == [0, 1]
    assert (places / "plots" / "tea.png").stat().st_size > 10_000


def test_terms_save_tokens_and_general_text_is_untouched(finished):
    assert finished["terms"] == list(tea_guides.TERMS)
    assert finished["entries"] == 8
    assert finished["tokens"]["domain"]["saved_percent"]["value"] > 10
    assert finished["tokens"]["general"]["saved_percent"]["value"] == 0


def test_each_stage_learns_the_domain(finished):
    loss = {(row["start"], row["stage"]): row["domain"]["value"] for row in finished["states"]}
    for start in ("unextended", "mean"):
        for before, after in (("start", "rows"), ("rows", "matrix"), ("attention", "layers")):
            assert loss[start, after] < loss[start, before], (start, after)


def test_the_models_compared_read_the_same_text_in_the_same_steps(finished, places):
    rows = {}
    for path in (places / "run").glob("*-0/*.json"):
        row = json.loads(path.read_text())
        rows[row["start"], row["stage"]] = row
    for stage in STATES["mean"][1:]:
        own, other = rows["mean", stage], rows["unextended", stage]
        assert (own["steps"], own["characters"]) == (other["steps"], other["characters"])
        assert own["tokens"] < other["tokens"]


def test_every_state_of_the_first_start_is_proven(finished):
    assert [proof["stage"] for proof in finished["proofs"]] == STATES["mean"]
    assert all(proof["tied"] and proof["difference"] < 1e-4 for proof in finished["proofs"])


def test_what_both_models_write_can_be_read(finished):
    told = {(one["start"], one["stage"]) for one in finished["samples"]}
    assert told == {(start, stage) for start in ("unextended", "mean") for stage in STATES[start]}
    assert all(len(one["written"]) > 3 for one in finished["samples"])


def test_it_goes_on_where_it_stopped(finished, places, arguments):
    """A state that is missing is reached again from the one before; the others are not touched."""
    run = places / "run"
    lost = run / "mean-1" / "rows.json"
    before = json.loads(lost.read_text())
    old = {path: path.stat().st_mtime_ns for path in run.glob("*/*.json")}
    lost.unlink()
    (run / "mean-1" / "rows" / "run.json").unlink()
    assert experiment.main(arguments()) == 0
    again = json.loads(lost.read_text())
    assert {key: again[key] for key in ("domain", "cosine")} == {
        key: before[key] for key in ("domain", "cosine")
    }
    now = {path: path.stat().st_mtime_ns for path in run.glob("*/*.json")}
    assert {path for path in now if now[path] != old[path]} == {lost}


def test_an_interrupted_stage_is_finished_by_the_next_run(
    finished, places, arguments, tmp_path, monkeypatch
):
    """Ctrl-C when a stage is trained, but neither written nor measured; again one stage later."""
    given = [*arguments(), "--out", str(tmp_path)]
    save = network.save

    def interrupted(stage, path, model):
        if path.stem == stage:
            raise KeyboardInterrupt
        save(path, model)

    for stage, reached in (("rows", {"start"}), ("matrix", {"start", "rows"})):
        monkeypatch.setattr(network, "save", partial(interrupted, stage))
        assert experiment.main(given) == 130
        assert {path.stem for path in tmp_path.glob("*/*.json")} == reached
    own, other = (
        json.loads((folder / "unextended-0" / "rows.json").read_text())
        for folder in (tmp_path, places / "run")
    )
    assert {key: own[key] for key in ("domain", "general", "tokens")} == {
        key: other[key] for key in ("domain", "general", "tokens")
    }
    curve = (tmp_path / "unextended-0" / "rows" / "curves.jsonl").read_text().splitlines()
    steps = [json.loads(line)["step"] for line in curve]
    assert len(steps) == len(set(steps)) and max(steps) == own["steps"]


def test_another_tokenizer_of_the_base_is_another_experiment(
    finished, places, arguments, tiny, tmp_path, capsys
):
    copy = tmp_path / "tiny"
    shutil.copytree(tiny, copy)
    (copy / "tokenizer.json").write_text((tiny / "tokenizer.json").read_text() + "\n")
    assert experiment.main([*arguments(), "--base", str(copy)]) == 2
    assert "--fresh" in capsys.readouterr().err


def test_only_the_weights_that_ship_are_left(finished, places):
    left = [path.relative_to(places / "run") for path in (places / "run").rglob("*.safetensors")]
    assert [str(path) for path in left] == ["mean-0/adapter.safetensors"]
    assert not list((places / "run").rglob("checkpoint.pt"))


def test_another_recipe_in_the_same_folder_is_refused(finished, places, arguments, capsys):
    other = places / "other.yaml"
    other.write_text(tea_guides.RECIPE.replace("measured: 400", "measured: 500"))
    assert experiment.main([str(other), *arguments()[1:]]) == 2
    assert "--fresh" in capsys.readouterr().err


def test_a_trial_stays_in_its_folder(places, arguments, tmp_path):
    given = arguments()
    for option in ("--results", "--plots"):
        at = given.index(option)
        del given[at : at + 2]
    given[given.index("--out") + 1] = str(tmp_path)
    assert experiment.main([*given, "--most", "1", "--process", "2", "2"]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"mean-0"}
    assert experiment.main([*given, "--most", "1"]) == 0
    result = json.loads((tmp_path / "tea-trial.json").read_text())
    assert {tuple(row["seeds"]) for row in result["states"]} == {(0,)}
    assert (tmp_path / "tea-trial.png").is_file()


def test_a_folder_keeps_the_precision_in_which_it_was_begun(tmp_path):
    """What the machine finds faster the next time does not matter any more."""
    chosen = recipe.load(CONFIG, TokenizerRecipe)
    chosen = replace(chosen, training=replace(chosen.training, precision="auto"))
    cpu = torch.device("cpu")
    for said in ("bf16", "fp32"):
        place = Place(tmp_path, tmp_path / said, {}, cpu)
        place.folder.mkdir()
        (place.folder / "precision").write_text(said)
        assert experiment.settled(chosen, place).training.precision == said
    new = Place(tmp_path, tmp_path / "new", {}, cpu)
    begun = experiment.settled(chosen, new).training.precision
    assert begun in ("bf16", "fp32") and (new.folder / "precision").read_text() == begun


def test_processes_share_whole_chains():
    order = list(tasks(recipe.load(CONFIG, TokenizerRecipe)))
    first, second = (experiment.turn(order, process, 2) for process in (1, 2))
    assert sorted(map(order.index, first + second)) == list(range(len(order)))
    assert not {task.folder for task in first} & {task.folder for task in second}
    assert 0.8 < len(first) / len(second) < 1.25
    with pytest.raises(InputError, match="`process` is 3"):
        experiment.turn(order, 3, 2)


def test_what_ships_gives_the_figures_again_on_the_base(finished, places, arguments, tiny):
    """Rows and LoRA as a stranger finds them, on the base as it comes: the loss measured, but for bf16."""
    assert experiment.main(arguments("--export")) == 0
    folder = places / "assets" / "vocabularies" / "tea-tiny"
    rows = rows_file.read(folder / "rows.safetensors", catalog.model("smollm2-135m-instruct"))
    model = AutoModelForCausalLM.from_pretrained(tiny)
    merge(model, rows.first, rows.embedding)
    model = PeftModel.from_pretrained(model, folder / "adapter").merge_and_unload()
    grown = rows_file.extension(rows, (tiny / "tokenizer.json").read_text(), "tiny", folder)
    chosen = recipe.load(places / "tea.yaml", TokenizerRecipe)
    text = domain_text.read(places / "sets" / "guides")
    held = first(drawn(parts(text).test, 0), chosen.measured)
    read = passages.passages(held, tokenizer_of(grown.source), 0)
    losses = passages.measured(model, read, 2, torch.device("cpu"))
    row = json.loads((places / "run" / "mean-0" / "adapter.json").read_text())
    assert losses == pytest.approx(row["domain"], rel=2e-3)
